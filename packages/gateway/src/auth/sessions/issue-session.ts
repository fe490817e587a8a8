/** Gives out sessions: the tokens a client keeps, and the row master keeps of them. Never decides who somebody is. */
import { AppError } from '@vivim/contract/errors';
import { type SessionGrant, scopes } from '@vivim/contract/identity';
import { uuidv7 } from '@vivim/contract/random';
import { appendAudit } from '../../master/audit.ts';
import { markSpaceReady, type RoutingRow } from '../../master/routing.ts';
import { openSession, type ProvenKey, rotateRefresh } from '../../master/session-opening.ts';
import type { AuthDeps } from '../deps.ts';
import { sha256 } from '../digest.ts';
import type { AuthRequest } from '../origins.ts';
import { readBinding } from './binding.ts';
import { makeToken } from './secrets.ts';
import { accessTokenMs, refreshGraceMs, sessionLimits } from './session-limits.ts';

export interface Login {
  readonly grant: SessionGrant;
  /** What a browser is to keep; null for everybody else. */
  readonly cookie: { readonly token: string; readonly maxAgeSeconds: number } | null;
}

/** The audience of sessions of the API itself. */
export const apiAudience = 'v1';

const base = (sessionId: string, routing: Pick<RoutingRow, 'userId'>) => ({
  session_id: sessionId,
  user_id: routing.userId,
});

/**
 * Opens a session for the holder of a key.
 *
 * @param jkt the key it is bound to; null for a page, which gets a cookie
 * @throws AppError `key_not_authorized`, `account_locked`, or what making a space that is missing failed with
 */
export async function issueSession(deps: AuthDeps, key: ProvenKey, jkt: string | null): Promise<Login> {
  const nowMs = deps.clock();
  const kind = jkt === null ? 'cookie' : 'dpop';
  const { idle, absolute } = sessionLimits[kind];
  const sessionId = uuidv7(nowMs);
  const absoluteExpiresAt = new Date(nowMs + absolute);
  const [first, refresh] = [makeToken(), makeToken()];
  const tokens =
    kind === 'cookie'
      ? [{ hash: first.hash, type: 'cookie', expiresAt: absoluteExpiresAt } as const]
      : [
          { hash: first.hash, type: 'access', expiresAt: new Date(nowMs + accessTokenMs) } as const,
          { hash: refresh.hash, type: 'refresh', expiresAt: absoluteExpiresAt } as const,
        ];
  const opened = await openSession(
    deps.master,
    {
      sessionId,
      kind,
      jkt,
      scopes,
      audience: apiAudience,
      tokens,
      idleExpiresAt: new Date(nowMs + idle),
      absoluteExpiresAt,
    },
    key,
    new Date(nowMs),
  );
  if (opened === null) throw new AppError('key_not_authorized');
  if (opened === 'locked') throw new AppError('account_locked');
  const { routing } = opened;
  await appendAudit(
    deps.master,
    { chain: routing.userId, event: 'session.opened', actor: key.kid, ref: sessionId, meta: { kind } },
    new Date(nowMs),
  );
  await ensureSpace(deps, routing);
  if (kind === 'cookie') {
    const maxAgeSeconds = absolute / 1_000;
    const grant = { ...base(sessionId, routing), token_type: 'cookie', expires_in: maxAgeSeconds } as const;
    return { grant, cookie: { token: first.token, maxAgeSeconds } };
  }
  const grant: SessionGrant = {
    ...base(sessionId, routing),
    token_type: 'DPoP',
    expires_in: accessTokenMs / 1_000,
    access_token: first.token,
    refresh_token: refresh.token,
  };
  return { grant, cookie: null };
}

/** A space whose making was cut short is made at the next login. */
async function ensureSpace(deps: AuthDeps, routing: RoutingRow): Promise<void> {
  if (routing.state !== 'creating') return;
  await deps.createSpace(routing);
  await markSpaceReady(deps.master, routing.userId);
}

/**
 * Trades a refresh token for new tokens. One that was used before ends its session: somebody else holds it.
 *
 * @throws AppError `invalid_grant`, a `dpop_…` code
 */
export async function refreshSession(
  deps: AuthDeps,
  refreshToken: string,
  request: AuthRequest,
): Promise<SessionGrant> {
  const proof = readBinding(deps, request);
  if (proof === null) throw new AppError('dpop_required');
  const nowMs = deps.clock();
  const [access, refresh] = [makeToken(), makeToken()];
  const expiresAt = new Date(nowMs + accessTokenMs);
  const result = await rotateRefresh(
    deps.master,
    {
      tokenHash: sha256(refreshToken),
      proof,
      access: { hash: access.hash, type: 'access', expiresAt },
      refresh: { hash: refresh.hash, type: 'refresh', expiresAt },
      graceMs: refreshGraceMs,
      idleExpiresAt: new Date(nowMs + sessionLimits.dpop.idle),
    },
    new Date(nowMs),
  );
  if (result.outcome === 'replayed') throw new AppError('dpop_replay');
  if (result.outcome === 'reused') {
    const { userId, sessionId } = result;
    const event = { chain: userId, event: 'session.refresh_reused', actor: 'guest', ref: sessionId } as const;
    await appendAudit(deps.master, event, new Date(nowMs));
  }
  if (result.outcome !== 'renewed') throw new AppError('invalid_grant');
  return {
    ...base(result.sessionId, result),
    token_type: 'DPoP',
    expires_in: accessTokenMs / 1_000,
    access_token: access.token,
    refresh_token: refresh.token,
  };
}
