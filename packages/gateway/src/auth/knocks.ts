/**
 * How often a guest may knock: challenges for one network, failed signatures for one DID. Refuses for a while, locks
 * nobody out for good, and remembers neither address nor DID in the clear.
 */
import { isIP } from 'node:net';
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { Master } from '../master/db.ts';
import { type AttemptCount, countAttempt, readAttempts } from '../master/rate-limits.ts';
import { sha256 } from './digest.ts';

/** Zero lifts a limit. */
export interface KnockLimits {
  readonly challengesPerMinute: number;
  readonly failedVerifiesPerQuarterHour: number;
}

export interface KnockDeps {
  readonly master: Master;
  readonly clock: Clock;
  readonly limits: KnockLimits;
}

const minute = 60_000;

/** The network an address belongs to: /24 of IPv4, /48 of IPv6. */
export function addressPrefix(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(plain) === 4) return plain.split('.').slice(0, 3).join('.');
  if (isIP(plain) !== 6) return 'unknown';
  const [head = ''] = plain.split('%');
  const [left = '', right] = head.split('::');
  const groups = left === '' ? [] : left.split(':');
  const missing = right === undefined ? 0 : 8 - groups.length - (right === '' ? 0 : right.split(':').length);
  const start = [...groups, ...Array<string>(missing).fill('0'), ...(right ?? '').split(':')].slice(0, 3);
  return start.map((group) => Number.parseInt(group || '0', 16).toString(16)).join(':');
}

function refuse({ windowEndsAt }: AttemptCount, nowMs: number, detail: string): never {
  const retryAfterSeconds = Math.max(1, Math.ceil((windowEndsAt.getTime() - nowMs) / 1_000));
  throw new AppError('rate_limited', detail, { retryAfterSeconds });
}

/** @throws AppError `rate_limited` */
export async function countChallenge({ master, clock, limits }: KnockDeps, address: string): Promise<void> {
  if (limits.challengesPerMinute === 0) return;
  const nowMs = clock();
  const attempt = { scope: 'challenge', keyHash: sha256(addressPrefix(address)) };
  const counted = await countAttempt(master, attempt, minute, new Date(nowMs));
  if (counted.count > limits.challengesPerMinute) refuse(counted, nowMs, 'Too many challenges from your network.');
}

const failures = (did: string) => ({ scope: 'verify-failed', keyHash: sha256(did) });

/**
 * Failures are counted, tries are not, so that programs of one person may sign in side by side. Tries that run at the
 * same moment can pass the mark together; each still needs a challenge of its own.
 *
 * @throws AppError `rate_limited`
 */
export async function assertFewFailures({ master, clock, limits }: KnockDeps, did: string): Promise<void> {
  if (limits.failedVerifiesPerQuarterHour === 0) return;
  const nowMs = clock();
  const known = await readAttempts(master, failures(did), new Date(nowMs));
  if (known !== null && known.count >= limits.failedVerifiesPerQuarterHour) {
    refuse(known, nowMs, 'Too many failed signatures for this DID.');
  }
}

export async function countFailure({ master, clock }: KnockDeps, did: string): Promise<void> {
  await countAttempt(master, failures(did), 15 * minute, new Date(clock()));
}
