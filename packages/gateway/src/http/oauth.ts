/** The paths of the authorization server for applications, and what clients read before they come. */
import { AppError, errorStatus, errorTitles } from '@vivim/contract/errors';
import type { Hono } from 'hono';
import { oauthPaths, resourceMetadata, serverMetadata } from '../oauth/metadata.ts';
import { oauthServer } from '../oauth/mount.ts';
import { registerClient } from '../oauth/registration.ts';
import { audiences, resourceMetadataUrl } from '../oauth/resources.ts';
import { type Ask, askedBy, type Env } from './ask.ts';
import { readJson } from './body.ts';
import type { GatewayHttpDeps } from './gateway-deps.ts';
import { guardApi } from './guard.ts';
import { secureHeaders } from './security-headers.ts';

/** Bytes of a registration. */
const registrationLimit = 32 * 1024;

/** The errors of RFC 6749 speak in these two members. */
function oauthRefusal(error: AppError): Response {
  const { code, retryAfterSeconds } = error;
  const known = code === 'request_invalid' || code === 'request_too_large' ? 'invalid_request' : code;
  const description = code === 'internal' ? errorTitles.internal : error.message;
  return Response.json(
    { error: known, error_description: description },
    {
      status: errorStatus[code],
      headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
    },
  );
}

export function mountOAuth(app: Hono<Env>, deps: GatewayHttpDeps): void {
  const { auth, log } = deps;
  const { primary } = auth.origins;
  const secure = primary.startsWith('https:');
  const oauth = {
    master: auth.master,
    clock: auth.clock,
    origins: auth.origins,
    ...deps.oauth,
    onFailure: (name: string) => log.error({ route: '/oauth', name }, 'failed'),
  };
  const serve = oauthServer(oauth);

  const metadata = (path: string, value: object) => {
    const text = JSON.stringify(value);
    app.get(path, (c) => {
      c.set('route', path);
      return c.body(text, 200, { 'content-type': 'application/json', 'cache-control': 'no-cache' });
    });
  };
  metadata(oauthPaths.metadata, serverMetadata(primary));
  for (const audience of audiences)
    metadata(new URL(resourceMetadataUrl(primary, audience)).pathname, resourceMetadata(primary, audience));

  /** Refuses in the words of OAuth what never reaches it. */
  const guarded = async (c: Ask, route: string, answer: (asked: ReturnType<typeof askedBy>) => Promise<Response>) => {
    c.set('route', route);
    try {
      const asked = askedBy(c, deps.trustedProxies);
      await guardApi(auth, asked);
      return await answer(asked);
    } catch (error) {
      if (error instanceof AppError && error.code !== 'not_found') return oauthRefusal(error);
      throw error;
    }
  };

  app.post(oauthPaths.register, (c) =>
    guarded(c, oauthPaths.register, async ({ address }) => {
      const { value } = await readJson(c.req.raw, registrationLimit);
      const registered = await registerClient(oauth, value, address);
      if (registered.outcome === 'registered') return Response.json(registered.client, { status: 201 });
      return Response.json({ error: registered.error, error_description: registered.description }, { status: 400 });
    }),
  );
  app.all('/oauth/*', (c) =>
    guarded(c, '/oauth', async (asked) => {
      // The cookies of a question are of one host: whoever comes under another name of this server goes to its own.
      const here = new URL(auth.origins.resource(c.req.raw));
      const { search, pathname } = new URL(asked.url);
      if (asked.method === 'GET' && here.origin !== primary) return c.redirect(`${primary}${pathname}${search}`);
      const { incoming, outgoing } = c.env;
      if (incoming === undefined || outgoing === undefined) throw new AppError('internal');
      const headers = new Headers();
      secureHeaders(headers, { secure, api: true });
      for (const [name, value] of headers) outgoing.setHeader(name, value);
      const status = await serve(asked, { incoming, outgoing });
      // It has been answered on the connection; this is for the log alone.
      return new Response(null, { status, headers: { 'x-hono-already-sent': 'true' } });
    }),
  );
}
