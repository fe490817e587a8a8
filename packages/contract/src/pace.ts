/**
 * How fast bytes move and how long the rest will take, over the last stretch of time: a pause long ago says nothing about now,
 * and neither does the one second just past. Pure: samples in, figures out.
 */

/** Bytes that had moved at a time: `[milliseconds, bytes]`. */
export type PaceSample = readonly [ms: number, bytes: number];

/** Figures speak of at most so much of the past, milliseconds. */
export const paceWindowMs = 20_000;
/** Samples lie at least so far apart, so that there are never many. Milliseconds. */
const apartMs = 1_000;
/** Less than this says nothing yet. Milliseconds. */
const knownAfterMs = 2_000;

/** The samples with one more; those that are past the window go, but for the one at its edge. */
export function withSample(samples: readonly PaceSample[], ms: number, bytes: number): readonly PaceSample[] {
  const last = samples.at(-1);
  // A clock that was set back, or bytes that are sent again: what was known is of another time.
  if (last !== undefined && (ms < last[0] || bytes < last[1])) return [[ms, bytes]];
  const before = samples.at(-2);
  const kept =
    before !== undefined && last !== undefined && last[0] - before[0] < apartMs ? samples.slice(0, -1) : samples;
  const edge = kept.findLastIndex(([at]) => ms - at >= paceWindowMs);
  return [...kept.slice(Math.max(0, edge)), [ms, bytes]];
}

/**
 * @param nowMs where nothing moved since the last sample, that counts as well
 * @returns bytes per second; null until there is enough to tell
 */
export function speedOf(samples: readonly PaceSample[], nowMs?: number): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return null;
  const ms = Math.max(last[0], nowMs ?? 0) - first[0];
  return ms < knownAfterMs ? null : ((last[1] - first[1]) / ms) * 1000;
}

/** What is left, in steps a person can follow: whole seconds at the end, five of them under ten minutes, else minutes. */
const steps = [
  [20, 1],
  [600, 5],
  [Number.POSITIVE_INFINITY, 60],
] as const;

/** @returns seconds, rounded up; null where the total or the speed is not known */
export function remainingSeconds(samples: readonly PaceSample[], total: number | null, nowMs?: number): number | null {
  const speed = speedOf(samples, nowMs);
  if (total === null || speed === null || speed <= 0) return null;
  const seconds = Math.max(0, total - (samples.at(-1)?.[1] ?? 0)) / speed;
  const step = steps.find(([below]) => seconds < below)?.[1] ?? 60;
  return Math.ceil(seconds / step) * step;
}
