/** Dates, numbers and sizes as the reader's locale writes them. Never a word of prose: those are in strings.ts. */
import { clocksDifferMs, systemClock } from '@vivim/contract/clock';
import { intlLocale } from './language.ts';
import { strings } from './strings.ts';

const whole = new Intl.NumberFormat(intlLocale);
const tenth = new Intl.NumberFormat(intlLocale, { maximumFractionDigits: 1 });
const share = new Intl.NumberFormat(intlLocale, { style: 'percent', maximumFractionDigits: 0 });
const dayFormat = new Intl.DateTimeFormat(intlLocale, { dateStyle: 'medium' });
const timeFormat = new Intl.DateTimeFormat(intlLocale, { dateStyle: 'medium', timeStyle: 'short' });
const clockFormat = new Intl.DateTimeFormat(intlLocale, { timeStyle: 'short' });
const shortMonthFormat = new Intl.DateTimeFormat(intlLocale, { month: 'short', timeZone: 'UTC' });
const monthFormat = new Intl.DateTimeFormat(intlLocale, { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** @param ratio 0–1 */
export const percent = (ratio: number): string => share.format(ratio);

/** @param iso ISO 8601, or null where the time is unknown */
export const day = (iso: string | null): string =>
  iso === null ? strings.unknownDate : dayFormat.format(new Date(iso));

const hereAndNow = new Intl.RelativeTimeFormat(intlLocale, { numeric: 'auto' });
const dayOfYearFormat = new Intl.DateTimeFormat(intlLocale, { day: 'numeric', month: 'short' });

const isOneDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();

/** In a list, as short as it is clear: the hour of today, yesterday by its name, a day of this year without the year. */
export function dayInList(iso: string | null, now = systemClock()): string {
  if (iso === null) return strings.unknownDate;
  const [then, today, yesterday] = [new Date(iso), new Date(now), new Date(now)];
  yesterday.setDate(today.getDate() - 1);
  if (isOneDay(then, today)) return clockFormat.format(then);
  if (isOneDay(then, yesterday)) return hereAndNow.format(-1, 'day');
  return then.getFullYear() === today.getFullYear() ? dayOfYearFormat.format(then) : dayFormat.format(then);
}

/** Whether it is of a day that has not come: some clock was wrong. @param iso null: no time is known */
export const isToCome = (iso: string | null, now = systemClock()): boolean =>
  iso !== null && Date.parse(iso) > now + clocksDifferMs;

export const dayAndTime = (iso: string | null): string =>
  iso === null ? strings.unknownDate : timeFormat.format(new Date(iso));

/** The hour of a day that is near. */
export const time = (iso: string): string => clockFormat.format(new Date(iso));

/** Whether both are of one day of the reader's calendar. */
export const isSameDay = (iso: string, other: string | null): boolean =>
  other !== null && isOneDay(new Date(iso), new Date(other));

/** An hour of the day that is told in UTC, as the reader's clock has it today. @param hour 0–23 */
export function hourOfDay(hour: number): string {
  const at = new Date(systemClock());
  at.setUTCHours(hour, 0, 0, 0);
  return clockFormat.format(at);
}

/** @param month `YYYY-MM` */
export const monthName = (month: string): string => monthFormat.format(new Date(`${month}-01T00:00:00Z`));

/** As short as a label above a calendar has to be: `Nov`. @param month `2026-11` */
export const monthShort = (month: string): string => shortMonthFormat.format(new Date(`${month}-01T00:00:00Z`));

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Decimal units, as file managers show them. */
export function bytes(count: number): string {
  const step = Math.min(byteUnits.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3));
  const unit = byteUnits[step] ?? 'byte';
  return new Intl.NumberFormat(intlLocale, {
    style: 'unit',
    unit,
    // Of a single byte some languages have no plural in short.
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  }).format(count / 1000 ** step);
}

/** A span of time, rounded the way a person says it. */
export function duration(seconds: number): string {
  const [value, unit] =
    seconds < 90
      ? [Math.max(seconds, 0), 'second']
      : seconds < 5_400
        ? [seconds / 60, 'minute']
        : [seconds / 3_600, 'hour'];
  return new Intl.NumberFormat(intlLocale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: seconds < 10 ? 1 : 0,
  }).format(value);
}

export const milliseconds = (ms: number): string => (ms < 10 ? tenth.format(ms) : whole.format(Math.round(ms)));

/** The ends of a DID, enough to tell two apart. */
export const shortDid = (did: string): string => (did.length <= 24 ? did : `${did.slice(0, 14)}…${did.slice(-6)}`);

/** Where the person is, by the name of the IANA database: what "yesterday" means. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
