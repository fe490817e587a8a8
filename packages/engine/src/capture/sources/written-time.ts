/**
 * Times as programs write them for people, in English: `Jan 5, 2026, 10:00:05 AM CET`, `January 10, 2026 10:00am`,
 * `2/17/2026 2:36:11 PM +00:00` (month first), `2026-01-10@10h00m00s`. One without a zone is taken as UTC, as ISO times are.
 * Other languages stand in `local-time.ts`. Pure.
 */
import type { CanonicalTime } from '../canonical.ts';
import { asText } from './json-value.ts';
import { localTime } from './local-time.ts';
import { sourceTime } from './source-time.ts';
import { offsetOf, utc } from './time-zones.ts';

/** A time that was read already. A class, so that nothing of a source's own can be taken for one. */
export class WrittenTime {
  readonly time: CanonicalTime;
  constructor(time: CanonicalTime) {
    this.time = time;
  }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const clock = String.raw`(\d{1,2}):(\d{2})(?::(\d{2}))?\s?([ap]\.?m\.?)?(?:\s*([A-Z]{1,5}|[+-]\d{1,2}:?\d{2}))?`;
const named = new RegExp(String.raw`^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4}),?(?: at)? ${clock}$`, 'i');
const dayFirstNamed = new RegExp(String.raw`^(\d{1,2})\.? ([A-Za-z]{3,9})\.? (\d{4}),?(?: at)? ${clock}$`, 'i');
const slashed = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4}),? ${clock}$`, 'i');
const marked = /^(\d{4})-(\d{1,2})-(\d{1,2}) ?@ ?(\d{1,2})h ?(\d{1,2})m ?(\d{1,2})s(?: ?(\d{1,3})ms)?$/;

/**
 * Read a time in any of these shapes, or in one of {@link sourceTime}.
 * @param dayFirst whether `5/1/2026` is the fifth of January; where it is not said, it is the first of May
 */
export function writtenTime(value: unknown, dayFirst: boolean = false): WrittenTime {
  const known = sourceTime(value);
  const text = asText(value);
  if (known.ms !== null || text === null) return new WrittenTime(known);
  const plain = text
    .slice(0, 200)
    .replace(/[\s\u00A0\u202F]+/g, ' ')
    .replace(/[\u200E\u200F]/g, '')
    .trim();
  return new WrittenTime({ ms: millisecondsOf(plain, dayFirst) ?? localTime(plain, dayFirst), raw: known.raw });
}

/**
 * Whether the dates of a table have the day in front: one says so where its first number is no month. Where none does, the table may.
 * @param unless what holds where no date says either
 */
export function isDayFirst(times: readonly string[], unless: boolean): boolean {
  const numbers = times.flatMap((time) => {
    const match = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}/.exec(time);
    return match === null ? [] : [[Number(match[1]), Number(match[2])] as const];
  });
  if (numbers.some(([first]) => first > 12)) return true;
  return unless && !numbers.some(([, second]) => second > 12);
}

function millisecondsOf(text: string, dayFirst: boolean): number | null {
  if (text.length > 60) return null;
  const mark = marked.exec(text);
  if (mark !== null) {
    const [, year, month, day, hour, minute, second, ms = '0'] = mark;
    return utc(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second), Number(ms));
  }
  const slash = slashed.exec(text);
  if (slash !== null) {
    const [one, two] = [Number(slash[1]), Number(slash[2])];
    const [month, day] = dayFirst || one > 12 ? [two, one] : [one, two];
    return withClock(Number(slash[3]), month, day, slash.slice(4));
  }
  const name = named.exec(text);
  if (name !== null) return withClock(Number(name[3]), monthOf(name[1]), Number(name[2]), name.slice(4));
  const first = dayFirstNamed.exec(text);
  return first === null ? null : withClock(Number(first[3]), monthOf(first[2]), Number(first[1]), first.slice(4));
}

const monthOf = (name = ''): number => months.indexOf(name.slice(0, 3).toLowerCase()) + 1;

function withClock(year: number, month: number, day: number, rest: readonly (string | undefined)[]): number | null {
  const [hours = '', minutes = '', seconds = '0', half, zone] = rest;
  const given = Number(hours);
  const hour = half === undefined ? given : (given % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
  const ms = utc(year, month, day, hour, Number(minutes), Number(seconds), 0);
  const offset = offsetOf(zone);
  return ms === null || offset === null ? null : ms - offset;
}
