/** The order of what has no other than its times. Pure. */
import { sourceTime } from './source-time.ts';

/** Oldest first where all of them have a time, those of one time as they stand; else as they stand. */
export function oldestFirst<T>(events: readonly T[], timeOf: (event: T) => unknown): readonly T[] {
  const timed = events.map((event) => ({ event, ms: sourceTime(timeOf(event)).ms }));
  if (timed.some(({ ms }) => ms === null)) return events;
  return timed.toSorted((a, b) => (a.ms ?? 0) - (b.ms ?? 0)).map(({ event }) => event);
}

/** Something that was said, by whom and when. */
export interface Said {
  readonly human: boolean;
  readonly ms: number | null;
}

/** Which way a list goes from one to the next: by their times, and where both have one, by whether the person or the model is first. Above zero is forwards. */
export const forwards = (last: Said, next: Said): number =>
  last.ms === null || next.ms === null ? 0 : Math.sign(next.ms - last.ms) || Number(last.human) - Number(next.human);

/** A talk that may be listed newest first, oldest first. */
export function inOrder<T extends Said>(talk: readonly T[]): readonly T[] {
  const way = talk.reduce((sum, next, ix) => sum + (ix === 0 ? 0 : forwards(talk[ix - 1] ?? next, next)), 0);
  return oldestFirst(way < 0 ? talk.toReversed() : talk, ({ ms }) => ms);
}
