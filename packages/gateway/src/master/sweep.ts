/** Throws away what time has ended: challenges, proofs, tokens, sessions, counters. Never a row somebody may still use. */
import type { Master } from './db.ts';
import { regularly } from './regularly.ts';
import { forgetOldUsage } from './usage.ts';

const day = 86_400_000;
/** How long an ended session is remembered, so that its holder reads "ended" and not "unknown". */
const rememberEndedMs = day;

/** One pass. Safe on many nodes at once. */
export async function sweep(master: Master, now: Date): Promise<void> {
  const longEnded = new Date(now.getTime() - rememberEndedMs);
  await master.db.deleteFrom('auth_challenges').where('expires_at', '<=', now).execute();
  await master.db.deleteFrom('replay').where('expires_at', '<=', now).execute();
  await master.db.deleteFrom('rate_limits').where('expire', '<=', now.getTime()).execute();
  await master.db.deleteFrom('device_requests').where('expires_at', '<=', longEnded).execute();
  await master.db.deleteFrom('recovery_requests').where('expires_at', '<=', longEnded).execute();
  // A code that comes back after its time is still known to have been used.
  const payloads = master.db.deleteFrom('oauth_payloads');
  await payloads.where('model', '<>', 'AuthorizationCode').where('expires_at', '<=', now).execute();
  await payloads.where('expires_at', '<=', longEnded).execute();
  await master.db.deleteFrom('tokens').where('expires_at', '<=', longEnded).execute();
  await master.db.deleteFrom('sessions').where('absolute_expires_at', '<=', longEnded).execute();
  await forgetOldUsage(master, now.getTime());
}

/**
 * Sweeps again and again until stopped. A pass that fails is made up for by the next.
 *
 * @returns stops it, after the pass under way
 */
export const sweepRegularly = (master: Master, clock: () => number, everyMs = 60_000): (() => Promise<void>) =>
  regularly(() => sweep(master, new Date(clock())), everyMs).stop;
