/** Tokens for scripts: a session their owner hands out, narrow and short, whose secret is shown once. */
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { uuidv7 } from '@vivim/contract/random';
import type { NewToken, TokenRequest } from '@vivim/contract/sessions';
import { appendAudit } from '../../master/audit.ts';
import { type HandedOut, handOutSession } from '../../master/session-opening.ts';
import type { AuthDeps } from '../deps.ts';
import type { Principal } from '../gateway.ts';
import { apiAudience } from './issue-session.ts';
import { makePersonalToken } from './secrets.ts';
import { tokensAtMost } from './session-limits.ts';

const dayMs = 86_400_000;

/** @throws AppError saying why there is no token */
function assertMade(made: HandedOut, { status }: Principal): void {
  if (made === 'too-many')
    throw new AppError('rate_limited', `You have ${tokensAtMost} tokens already; end one that is not used.`);
  if (made === 'taken') throw new AppError('request_invalid', 'Choose another id; this one is taken.', { field: 'id' });
  if (made === 'gone') throw new AppError(status === 'deleting' ? 'account_deleting' : 'session_revoked');
}

/** @throws AppError `rate_limited` where there are too many already, `account_deleting`, `session_revoked` */
export async function createToken(deps: AuthDeps, principal: Principal, request: TokenRequest): Promise<NewToken> {
  const nowMs = deps.clock();
  const { token, hash } = makePersonalToken();
  const expiresAt = new Date(nowMs + request.days * dayMs);
  const sessionId = request.id ?? uuidv7(nowMs);
  const scopes = [...new Set(request.scopes)];
  const made = await handOutSession(
    deps.master,
    {
      sessionId,
      userId: principal.userId,
      actor: principal.sessionId,
      deviceId: principal.deviceId,
      kind: 'pat',
      jkt: null,
      clientId: null,
      clientName: null,
      nameCt: request.nameCt ?? null,
      network: request.network ?? null,
      scopes,
      audience: apiAudience,
      tokens: [{ hash, type: 'pat', expiresAt }],
      idleExpiresAt: expiresAt,
      absoluteExpiresAt: expiresAt,
    },
    tokensAtMost,
    new Date(nowMs),
  );
  assertMade(made, principal);
  const { userId, sessionId: actor } = principal;
  const meta = { scopes: scopes.join(' ') };
  await appendAudit(
    deps.master,
    { chain: userId, event: 'token.created', actor, ref: sessionId, meta },
    new Date(nowMs),
  );
  return { token, sessionId, expiresAt: isoTime(expiresAt.getTime()) };
}
