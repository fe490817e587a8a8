/** Challenges for passkeys: 32 random bytes, good once, for two minutes. Master keeps their SHA-256. */

import { AppError } from '@vivim/contract/errors';
import { challengeLifetimeSeconds } from '@vivim/contract/identity';
import type { UserId } from '@vivim/contract/ids';
import { randomBytes, uuidv7 } from '@vivim/contract/random';
import { type StoredCeremony, storeCeremony, takeCeremony } from '../../master/challenges.ts';
import type { AuthDeps } from '../deps.ts';
import { sha256 } from '../digest.ts';
import { countChallenge } from '../knocks.ts';

export interface Ceremony {
  readonly challengeId: string;
  readonly challenge: Uint8Array<ArrayBuffer>;
}

/** How long a browser waits for its user. */
export const ceremonyMs = challengeLifetimeSeconds * 1_000;

/**
 * @param of whom it is for, where that is known, and the key a program's session is or will be bound to
 * @param address of the one who asks; only its network is counted, hashed
 * @throws AppError `rate_limited`
 */
export async function beginCeremony(
  deps: AuthDeps,
  purpose: StoredCeremony['purpose'],
  of: { readonly userId: UserId | null; readonly jkt: string | null },
  address: string,
): Promise<Ceremony> {
  await countChallenge(deps, address);
  const challenge = randomBytes(32);
  const nowMs = deps.clock();
  const challengeId = uuidv7(nowMs);
  const expiresAt = new Date(nowMs + ceremonyMs);
  await storeCeremony(deps.master, { challengeId, purpose, challengeHash: sha256(challenge), ...of, expiresAt });
  return { challengeId, challenge };
}

/** Takes it out before anything of the answer is looked at. @throws AppError `challenge_unknown` */
export async function spendCeremony(
  deps: AuthDeps,
  challengeId: string,
  purpose: StoredCeremony['purpose'],
): Promise<StoredCeremony> {
  const ceremony = await takeCeremony(deps.master, challengeId, purpose, new Date(deps.clock()));
  if (ceremony === null) throw new AppError('challenge_unknown');
  return ceremony;
}
