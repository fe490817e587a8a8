/**
 * The authorization server for applications (OAuth 2.1), by oidc-provider: what it may do, and what of it is switched off.
 * Who the person is and what they allow is decided on their own page, each time anew; the library keeps no session and
 * shows no page.
 */
import { generateKeyPairSync, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { grantableScopes } from '@vivim/contract/identity';
import { type ErrorOut, errors, interactionPolicy, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { networkOf } from '../auth/addresses.ts';
import { encodeBase64url } from '../auth/base64url.ts';
import { sha256 } from '../auth/digest.ts';
import { dpopAlgorithms } from '../auth/sessions/dpop.ts';
import { accessTokenMs, sessionLimits } from '../auth/sessions/session-limits.ts';
import { createAdapter } from './adapter.ts';
import { documentFetch } from './client-document.ts';
import { bindBrowser, interactionSeconds } from './connect-page.ts';
import type { OAuthDeps } from './deps.ts';
import { errorPage } from './error-page.ts';
import { clientAuthMethods, oauthPaths } from './metadata.ts';
import { isAllowedRedirect } from './redirect-uris.ts';
import { audienceOf } from './resources.ts';

/** What a client that names no scope asks for. */
const usualScope = 'memory:read';
/** Documents of applications that are fetched for one network. */
const documentsPerHour = { scope: 'oauth-documents', points: 60, seconds: 3_600 };
const supportedScope = grantableScopes.join(' ');

/** @throws errors.InvalidTarget, errors.InvalidScope for what no person could allow */
function assertAskable(ctx: KoaContextWithOIDC): void {
  const resources = Object.keys(ctx.oidc.resourceServers ?? {});
  if (resources.length !== 1) throw new errors.InvalidTarget('name one resource');
  const asked = ctx.oidc.requestParamScopes;
  if (grantableScopes.some((scope) => asked.has(scope))) return;
  throw new errors.InvalidScope('none of the scopes asked for exists here', [...asked].join(' '));
}

/** One question, asked every time: a consent is never remembered, and being signed in is never enough. */
const consent = () =>
  new interactionPolicy.Prompt(
    { name: 'consent', requestable: true },
    ({ oidc: { client } }) => ({ clientName: client?.clientName, clientUri: client?.clientUri }),
    new interactionPolicy.Check('consent_needed', 'the person has to be asked', 'consent_required', (ctx) => {
      assertAskable(ctx);
      return ctx.oidc.result?.consent === undefined;
    }),
  );

/** The library wants a key for tokens this server never makes. */
const unusedKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });

const onPage = (ctx: KoaContextWithOIDC) => /^(authorization|resume)$/.test(ctx.oidc.route);

function renderError(ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): void {
  // What is wrong with a client's document is that there is no such client.
  const known =
    error instanceof errors.InvalidClientMetadata && onPage(ctx) ? { ...out, error: 'invalid_client' } : out;
  if (!onPage(ctx) || ctx.accepts('html', 'json') !== 'html') {
    ctx.body = known;
    return;
  }
  ctx.type = 'html';
  ctx.body = errorPage(known.error, known.error_description);
}

/**
 * @param addressOf of who sent a request
 * @returns answers the paths of {@link oauthPaths}
 */
export function createProvider(deps: OAuthDeps, addressOf: (request: IncomingMessage) => string): Provider {
  const { master, clock } = deps;
  const issuer = deps.origins.primary;
  const off = { enabled: false };
  const provider = new Provider(issuer, {
    adapter: createAdapter({ master, clock, issuer }),
    jwks: { keys: [{ ...unusedKey(), use: 'sig' }] },
    routes: {
      authorization: oauthPaths.authorize,
      token: oauthPaths.token,
      revocation: oauthPaths.revoke,
    },
    scopes: [...grantableScopes],
    responseTypes: ['code'],
    clientAuthMethods: [...clientAuthMethods],
    clientDefaults: {
      application_type: 'native',
      grant_types: ['authorization_code', 'refresh_token'],
      id_token_signed_response_alg: 'ES256',
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    enabledJWA: { dPoPSigningAlgValues: [...dpopAlgorithms] },
    clockTolerance: 0,
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: async () => false,
    revokeGrantPolicy: () => true,
    clientBasedCORS: () => false,
    findAccount: async (_ctx, accountId) => ({ accountId, claims: async () => ({ sub: accountId }) }),
    loadExistingGrant: async ({ oidc: { provider: own, result } }) =>
      result?.consent?.grantId === undefined ? undefined : own.Grant.find(result.consent.grantId),
    interactions: { policy: [consent()], url: (ctx, { uid }) => bindBrowser(ctx, uid) },
    cookies: {
      names: { session: 'vivim-oauth-session', interaction: 'vivim-oauth-page', resume: 'vivim-oauth-resume' },
      short: { httpOnly: true, sameSite: 'lax' },
      long: { httpOnly: true, sameSite: 'lax' },
    },
    ttl: {
      AccessToken: accessTokenMs / 1_000,
      AuthorizationCode: 60,
      Grant: sessionLimits.oauth.absolute / 1_000,
      Interaction: interactionSeconds,
      RefreshToken: sessionLimits.oauth.idle / 1_000,
      Session: interactionSeconds,
    },
    renderError,
    fetch: documentFetch(deps.fetch),
    fetchResponseBodyLimits: { 'client_id metadata document': 16 * 1024 },
    features: {
      devInteractions: off,
      rpInitiatedLogout: off,
      pushedAuthorizationRequests: off,
      userinfo: off,
      dPoP: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
      },
      clientIdMetadataDocument: {
        enabled: true,
        ack: 'draft-02',
        allowFetch: async (ctx) =>
          (await master.rateLimits.count(documentsPerHour, sha256(networkOf(addressOf(ctx.req))))) === null,
        allowClient: async (_ctx, client) => (client.redirectUris ?? []).every(isAllowedRedirect),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: async (_ctx, _client, oneOf) => {
          if (oneOf === undefined) throw new errors.InvalidTarget('name the resource the token is for');
          return oneOf;
        },
        useGrantedResource: async () => true,
        getResourceServerInfo: async (_ctx, resource) => {
          if (audienceOf(issuer, resource) === null) throw new errors.InvalidTarget('this server has no such resource');
          return { scope: supportedScope, audience: resource, accessTokenFormat: 'opaque' };
        },
      },
    },
  });
  // Master has a secret's hash, so it is the hash of what is shown that is compared.
  provider.Client.prototype.compareClientSecret = function compareClientSecret(shown: string) {
    const expected = Buffer.from(this.clientSecret ?? '');
    const actual = Buffer.from(encodeBase64url(sha256(shown)));
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  };
  // The protocol and the host of the request are set by mount.ts to the server's own.
  provider.proxy = true;
  provider.silent = true;
  provider.use(async (ctx, next) => {
    if (ctx.path === oauthPaths.authorize && ctx.query.scope === undefined)
      ctx.query = { ...ctx.query, scope: usualScope };
    await next();
    // A session of the library's would be a second way to be signed in, and its page is ours.
    const kept = [ctx.response.get('set-cookie')]
      .flat()
      .filter((cookie) => !/^vivim-oauth-(session|page)=/.test(cookie));
    if (kept.length > 0 && kept[0] !== '') ctx.set('set-cookie', kept);
    else ctx.remove('set-cookie');
    if (ctx.status === 303) ctx.status = 302;
  });
  provider.on('server_error', (_ctx, error) => deps.onFailure(error.name));
  return provider;
}
