/**
 * `/mcp`: the Model Context Protocol, for applications a person let in, and for what they use themselves: a device with its key
 * (`vivim mcp`) and a token of theirs. Everything it says and means is the engine's.
 */
import { AppError } from '@vivim/contract/errors';
import { headers as names } from '@vivim/contract/http';
import { mcpScopes } from '@vivim/contract/mcp';
import type { Hono } from 'hono';
import { authenticate, type Door } from '../auth/gateway.ts';
import { type Resource, resourceAnswer, resourceRefusal } from '../oauth/refusal.ts';
import { mcpAudience } from '../oauth/resources.ts';
import { type Ask, askedBy, type Env } from './ask.ts';
import { assertNoIdentityClaim } from './claims.ts';
import { describeFailure } from './describe-failure.ts';
import type { GatewayHttpDeps } from './gateway-deps.ts';
import { guardApi } from './guard.ts';
import { proxyToEngine } from './proxy.ts';
import { toEngine } from './to-engine.ts';

/**
 * What a client is told to ask for: all that tools need, of which the person takes away what they do not want. Some clients never ask
 * a second time, and what they were not given at first they could not be given at all.
 */
const askedScopes = mcpScopes.join(' ');

/** A page of this server asks its API; a cookie opens nothing here. */
const door: Door = { audience: mcpAudience, own: ['dpop', 'pat'] };

/** @throws AppError of {@link authenticate}, `method_not_allowed`, `user_id_not_allowed`, `account_deleting` */
async function admitApplication(deps: GatewayHttpDeps, c: Ask) {
  const asked = askedBy(c, deps.trustedProxies);
  await guardApi(deps.auth, asked);
  if (asked.method !== 'POST') throw new AppError('method_not_allowed', 'Use POST.');
  const principal = await authenticate(deps.auth, asked, door);
  assertNoIdentityClaim(asked.headers, new URL(asked.url).searchParams);
  if (principal.status === 'deleting') throw new AppError('account_deleting');
  return principal;
}

export function mountMcp(app: Hono<Env>, deps: GatewayHttpDeps): void {
  const resource: Resource = { origin: deps.auth.origins.primary, audience: mcpAudience, scope: askedScopes };
  const own = { [names.origin]: deps.auth.origins.primary };
  app.all('/mcp', async (c) => {
    c.set('route', '/mcp');
    const traceId = c.get('traceId');
    try {
      const principal = await admitApplication(deps, c);
      const answer = await toEngine(deps.open, c, {
        principal,
        outlives: false,
        pass: (ended) => proxyToEngine(deps.fleet, principal, c.req.raw, traceId, c.env, ended, false, own),
      });
      return await resourceAnswer(answer, resource, traceId);
    } catch (error) {
      if (!(error instanceof AppError))
        deps.log.error({ ...describeFailure(error), trace: traceId, route: '/mcp' }, 'failed');
      return resourceRefusal(error, resource, traceId);
    }
  });
}
