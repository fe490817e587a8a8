/**
 * The clock. The only module that may read the machine's time for a decision;
 * everything else is handed a {@link Clock}, so that tests can move it.
 */

/** Milliseconds since the Unix epoch, UTC. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** An ISO 8601 time in UTC with milliseconds, or null where the time is unknown. Null stays null. */
export function isoTime(ms: number): string;
export function isoTime(ms: number | null): string | null;
export function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** Clocks of two computers may differ by so much, and a day may have begun elsewhere: a time further ahead is that of a wrong one. */
export const clocksDifferMs = 86_400_000;
