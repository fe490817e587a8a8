/**
 * How often a guest may knock: challenges for one network, failed signatures for one DID. Refuses for a while, never keeps
 * out who holds the key, and remembers neither address nor DID in the clear.
 */
import { isIP } from 'node:net';
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { Master } from '../master/db.ts';
import { type AttemptCount, countAttempt } from '../master/rate-limits.ts';
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

/**
 * Counts a signature that failed. Only failures are counted and refused: a correct one passes at any time, since anybody
 * can fail for a DID that is not theirs.
 *
 * @throws AppError `rate_limited` when there were too many for this DID
 */
export async function countFailure({ master, clock, limits }: KnockDeps, did: string): Promise<void> {
  if (limits.failedVerifiesPerQuarterHour === 0) return;
  const nowMs = clock();
  const attempt = { scope: 'verify-failed', keyHash: sha256(did) };
  const counted = await countAttempt(master, attempt, 15 * minute, new Date(nowMs));
  if (counted.count > limits.failedVerifiesPerQuarterHour) {
    refuse(counted, nowMs, 'Too many failed signatures for this DID.');
  }
}
