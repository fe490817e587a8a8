/**
 * Days, weeks, months and years as intervals of time in a person's own time zone. Pure; knows no words.
 */

/** Inclusive start, exclusive end, ms UTC. */
export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

export const dayMs = 86_400_000;

export interface Day {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  readonly day: number;
}

/** Minutes a zone is ahead of UTC at a time. A zone nobody knows counts as UTC. */
function offsetIn(zone: string): (ms: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    return () => 0;
  }
  return (ms) => {
    const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /GMT([+-])(\d+):?(\d*)/.exec(name) ?? [];
    return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes || 0));
  };
}

export interface Calendar {
  /** The day a time falls on. */
  dayOf(ms: number): Day;
  /** From the first day up to, not including, the second. Days beyond a month's end run on, as `Date` has them. */
  between(first: Day, end: Day): Interval;
}

/** @param zone of the IANA database, such as `Europe/Lisbon` */
export function calendarIn(zone: string): Calendar {
  const offsetMinutes = zone === 'UTC' ? () => 0 : offsetIn(zone);
  const midnight = ({ year, month, day }: Day): number => {
    const utc = Date.UTC(year, month - 1, day);
    return utc - offsetMinutes(utc) * 60_000;
  };
  return {
    dayOf: (ms) => {
      const there = new Date(ms + offsetMinutes(ms) * 60_000);
      return { year: there.getUTCFullYear(), month: there.getUTCMonth() + 1, day: there.getUTCDate() };
    },
    between: (first, end) => ({ fromMs: midnight(first), toMs: midnight(end) }),
  };
}

/**
 * A time that was given as an ISO 8601 day or time, ms UTC: a day begins where its person is.
 * @param zone of the IANA database
 */
export function startOf(given: string, zone: string): number {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(given) ?? [];
  if (year === undefined) return Date.parse(given);
  const at: Day = { year: Number(year), month: Number(month), day: Number(day) };
  return calendarIn(zone).between(at, at).fromMs;
}

export const addDays = ({ year, month, day }: Day, days: number): Day => {
  const moved = new Date(Date.UTC(year, month - 1, day + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
};

export const addMonths = ({ year, month }: Day, months: number): Day => {
  const moved = new Date(Date.UTC(year, month - 1 + months, 1));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: 1 };
};

/** 0 for Monday. */
export const weekdayOf = ({ year, month, day }: Day): number =>
  (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
