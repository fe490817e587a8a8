/** A fresh signature for a session that is open, and what asks for one. */
import { AppError } from '@vivim/contract/errors';
import { type SignedChallenge, stepUpSeconds } from '@vivim/contract/identity';
import { renewSignature } from '../../master/session-opening.ts';
import { assertSigned, spendChallenge } from '../challenge.ts';
import type { AuthDeps } from '../deps.ts';
import type { Principal } from '../gateway.ts';

/** @throws AppError `stepup_required` */
export function assertFresh({ authTime }: Principal, nowMs: number): void {
  if (nowMs - authTime.getTime() > stepUpSeconds * 1_000) throw new AppError('stepup_required');
}

/**
 * A signature over a challenge of purpose `stepup`, by a key of the session's own person. For a session bound to a key the
 * challenge names that key, so that a signature meant for one session cannot freshen another.
 *
 * @throws AppError `challenge_unknown`, `signature_invalid`, `key_not_authorized`, `dpop_key_mismatch`, `rate_limited`
 */
export async function stepUp(deps: AuthDeps, principal: Principal, answer: SignedChallenge): Promise<void> {
  const challenge = await spendChallenge(deps, answer.challengeId, ['stepup']);
  if (challenge.jkt !== (principal.jkt ?? challenge.kid)) throw new AppError('dpop_key_mismatch');
  const { kid } = await assertSigned(deps, challenge, answer);
  const { sessionId } = principal;
  if (!(await renewSignature(deps.master, { sessionId, kid }, new Date(deps.clock()))))
    throw new AppError('key_not_authorized');
}
