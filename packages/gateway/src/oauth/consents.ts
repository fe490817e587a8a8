/**
 * Asking a person whether an application may come in, and what to do with the answer. An allowed application gets a session
 * of its own, listed and ended like every other; nothing is remembered for the next time.
 */
import { AppError } from '@vivim/contract/errors';
import { type GrantableScope, grantableScopes } from '@vivim/contract/identity';
import type { ConsentAnswer, ConsentDecision, ConsentRequest } from '@vivim/contract/oauth';
import { uuidv7 } from '@vivim/contract/random';
import { z } from 'zod';
import type { AuthDeps } from '../auth/deps.ts';
import { sha256 } from '../auth/digest.ts';
import type { Principal } from '../auth/gateway.ts';
import type { AuthRequest } from '../auth/origins.ts';
import { sessionLimits } from '../auth/sessions/session-limits.ts';
import { openConsent } from '../master/application-sessions.ts';
import { appendAudit } from '../master/audit.ts';
import { answerInteraction, findPayload } from '../master/oauth-payloads.ts';
import { shownName } from './client-name.ts';
import { isSameBrowser } from './connect-page.ts';
import { oauthPaths } from './metadata.ts';
import { describeRedirect } from './redirect-uris.ts';
import { type Audience, audienceOf } from './resources.ts';

/** What of a stored question is looked at. */
const Asked = z.looseObject({
  params: z.looseObject({
    client_id: z.string(),
    redirect_uri: z.string(),
    scope: z.string(),
    resource: z.string(),
  }),
  prompt: z.looseObject({
    details: z.looseObject({ clientName: z.string().optional(), clientUri: z.string().optional() }),
  }),
});

interface Question {
  readonly hash: Uint8Array;
  readonly request: ConsentRequest;
  readonly audience: Audience;
}

/** The code that follows has to be traded within this time; until then the session is nobody's. */
const untradedMs = 2 * 60_000;

/** @throws AppError `not_found` where there is no such question, in this browser */
async function findQuestion(deps: AuthDeps, uid: string, asked: AuthRequest): Promise<Question> {
  const hash = sha256(uid);
  const found = isSameBrowser(asked.headers, uid)
    ? await findPayload(deps.master, { model: 'Interaction', idHash: hash }, new Date(deps.clock()))
    : null;
  if (found === null) throw new AppError('not_found');
  const { params, prompt } = Asked.parse(found.payload);
  const { host, loopback } = describeRedirect(params.redirect_uri);
  const audience = audienceOf(deps.origins.primary, params.resource);
  if (audience === null) throw new AppError('not_found');
  const scopes = new Set(params.scope.split(' '));
  return {
    hash,
    audience,
    request: {
      uid,
      client: {
        id: params.client_id,
        name: shownName(prompt.details.clientName, host),
        uri: prompt.details.clientUri ?? null,
        redirectHost: host,
        loopback,
      },
      scopes: grantableScopes.filter((scope) => scopes.has(scope)),
      resource: params.resource,
    },
  };
}

/** @throws AppError `not_found` */
export async function describeConsent(deps: AuthDeps, uid: string, asked: AuthRequest): Promise<ConsentRequest> {
  return (await findQuestion(deps, uid, asked)).request;
}

export interface ConsentReply {
  readonly uid: string;
  readonly decision: z.output<typeof ConsentDecision>;
  readonly asked: AuthRequest;
}

/**
 * @returns where the browser is to go: from there it is sent back to the application
 * @throws AppError `not_found`, also for a question that was answered before; `request_invalid` for scopes nobody asked for
 */
export async function answerConsent(deps: AuthDeps, principal: Principal, reply: ConsentReply): Promise<ConsentAnswer> {
  const { uid, decision, asked } = reply;
  const question = await findQuestion(deps, uid, asked);
  const answered =
    decision.decision === 'deny'
      ? await refuse(deps, question)
      : await allow(deps, principal, question, chosenScopes(question, decision.scopes));
  if (!answered) throw new AppError('not_found');
  return { redirectTo: `${deps.origins.primary}${oauthPaths.authorize}/${uid}` };
}

function chosenScopes({ request }: Question, chosen: readonly GrantableScope[] | undefined): readonly GrantableScope[] {
  const scopes = request.scopes.filter((scope) => chosen?.includes(scope) ?? true);
  const unasked = chosen?.find((scope) => !request.scopes.includes(scope));
  if (unasked !== undefined)
    throw new AppError('request_invalid', `The application did not ask for ${unasked}.`, { field: 'scopes' });
  if (scopes.length === 0)
    throw new AppError('request_invalid', 'Allow at least one thing, or deny.', { field: 'scopes' });
  return scopes;
}

function refuse(deps: AuthDeps, { hash }: Question): Promise<boolean> {
  const result = { error: 'access_denied', error_description: 'The person said no.' };
  return answerInteraction(deps.master, hash, result, new Date(deps.clock()));
}

async function allow(
  deps: AuthDeps,
  { userId, deviceId, sessionId: actor }: Principal,
  { hash, request, audience }: Question,
  scopes: readonly GrantableScope[],
): Promise<boolean> {
  const now = deps.clock();
  const sessionId = uuidv7(now);
  const opened = await openConsent(
    deps.master,
    {
      askedHash: hash,
      result: { login: { accountId: userId, remember: false }, consent: { grantId: sessionId } },
      sessionId,
      userId,
      actor,
      deviceId,
      clientId: request.client.id,
      clientName: request.client.name,
      scope: scopes.join(' '),
      audience,
      idleExpiresAt: new Date(now + untradedMs),
      absoluteExpiresAt: new Date(now + sessionLimits.oauth.absolute),
    },
    new Date(now),
  );
  if (!opened) return false;
  const meta = { client: request.client.redirectHost, scopes: scopes.join(' ') };
  await appendAudit(deps.master, { chain: userId, event: 'app.connected', actor, ref: sessionId, meta }, new Date(now));
  return true;
}
