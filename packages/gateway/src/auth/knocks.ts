/**
 * How often a guest may knock. Refuses for a while, never keeps out who holds the key, and remembers neither address nor
 * DID in the clear.
 */
import { AppError } from '@vivim/contract/errors';
import type { Master } from '../master/db.ts';
import type { RateRule } from '../master/rate-limits.ts';
import { networkOf } from './addresses.ts';
import { sha256 } from './digest.ts';

/** Zero lifts a limit. */
export interface KnockLimits {
  readonly challengesPerMinute: number;
  readonly failedVerifiesPerQuarterHour: number;
  readonly registrationsPerDay: number;
}

export interface KnockDeps {
  readonly master: Master;
  readonly limits: KnockLimits;
}

/** @throws AppError `rate_limited` with the seconds to wait */
export async function countKnock(master: Master, rule: RateRule, key: string, detail: string): Promise<void> {
  const waitMs = await master.rateLimits.count(rule, sha256(key));
  if (waitMs === null) return;
  throw new AppError('rate_limited', detail, { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1_000)) });
}

/** @throws AppError `rate_limited` */
export function countChallenge({ master, limits }: KnockDeps, address: string): Promise<void> {
  const rule = { scope: 'challenge', points: limits.challengesPerMinute, seconds: 60 };
  return countKnock(master, rule, networkOf(address), 'Too many challenges from your network.');
}

/** @throws AppError `rate_limited` */
export function countRegistration({ master, limits }: KnockDeps, address: string): Promise<void> {
  const rule = { scope: 'register', points: limits.registrationsPerDay, seconds: 86_400 };
  return countKnock(master, rule, networkOf(address), 'Too many new accounts from your network today.');
}

/**
 * Counts a request to be let in to an account. The name asked for is counted, whoever has it: a crowd of strangers must not
 * fill anybody's list, and the answer tells nothing about the name.
 *
 * @throws AppError `rate_limited`
 */
export function countRequest(
  { master }: Pick<KnockDeps, 'master'>,
  way: 'device' | 'guardians',
  account: string,
): Promise<void> {
  const rule = { scope: `request-${way}`, points: 10, seconds: 3_600 };
  return countKnock(master, rule, account, 'Too many have asked to be let in to this account; try again later.');
}

/**
 * Counts a signature that failed. Only failures are counted and refused: a correct one passes at any time, since anybody
 * can fail for a DID that is not theirs.
 *
 * @throws AppError `rate_limited` when there were too many for this DID
 */
export function countFailure({ master, limits }: KnockDeps, did: string): Promise<void> {
  const rule = { scope: 'verify-failed', points: limits.failedVerifiesPerQuarterHour, seconds: 900 };
  return countKnock(master, rule, did, 'Too many failed signatures for this DID.');
}
