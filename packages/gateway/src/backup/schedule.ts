/** When the next run is: an interval after the last whole one, give or take a tenth, so that many servers do not come at once. */
import { randomBytes } from '@vivim/contract/random';

/** Between 0 and 1. */
const chance = (): number => Buffer.from(randomBytes(4)).readUInt32BE() / 2 ** 32;

/** A run that failed is tried again sooner. */
const retryShare = 8;
const soonestMs = 1_000;

/** Milliseconds from now. @param lastMs when the last run ended; null: never @param failed whether something in it did */
export function delayUntilNext(
  everyMs: number,
  lastMs: number | null,
  failed: boolean,
  nowMs: number,
  random: () => number = chance,
): number {
  const interval = failed ? everyMs / retryShare : everyMs;
  const jittered = interval * (0.9 + 0.2 * random());
  if (lastMs === null) return Math.max(soonestMs, (everyMs / 20) * random());
  return Math.max(soonestMs, lastMs + jittered - nowMs);
}
