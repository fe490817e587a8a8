/**
 * Times as programs write them for people: `Jan 5, 2026, 10:00:05 AM CET`, `January 10, 2026 10:00am`,
 * `2/17/2026 2:36:11 PM +00:00` (month first), `2026-01-10@10h00m00s`. One without a zone is taken as UTC, as ISO times are.
 * Pure.
 */
import type { CanonicalTime } from '../canonical.ts';
import { asText } from './json-value.ts';
import { sourceTime } from './source-time.ts';

/** A time that was read already. A class, so that nothing of a source's own can be taken for one. */
export class WrittenTime {
  readonly time: CanonicalTime;
  constructor(time: CanonicalTime) {
    this.time = time;
  }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Hours from UTC of the abbreviations that mean one zone to nearly everybody. */
const zones: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['GMT', 0],
  ['Z', 0],
  ['WET', 0],
  ['WEST', 1],
  ['BST', 1],
  ['CET', 1],
  ['CEST', 2],
  ['EET', 2],
  ['EEST', 3],
  ['MSK', 3],
  ['JST', 9],
  ['EST', -5],
  ['EDT', -4],
  ['CDT', -5],
  ['MST', -7],
  ['MDT', -6],
  ['PST', -8],
  ['PDT', -7],
]);

const clock = String.raw`(\d{1,2}):(\d{2})(?::(\d{2}))?\s?([ap]\.?m\.?)?(?:\s*([A-Z]{1,5}|[+-]\d{1,2}:?\d{2}))?`;
const named = new RegExp(String.raw`^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4}),?(?: at)? ${clock}$`, 'i');
const dayFirst = new RegExp(String.raw`^(\d{1,2})\.? ([A-Za-z]{3,9})\.? (\d{4}),?(?: at)? ${clock}$`, 'i');
const slashed = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4}),? ${clock}$`, 'i');
const marked = /^(\d{4})-(\d{1,2})-(\d{1,2}) ?@ ?(\d{1,2})h ?(\d{1,2})m ?(\d{1,2})s(?: ?(\d{1,3})ms)?$/;

/** Read a time in any of these shapes, or in one of {@link sourceTime}. */
export function writtenTime(value: unknown): WrittenTime {
  const known = sourceTime(value);
  const text = asText(value);
  if (known.ms !== null || text === null) return new WrittenTime(known);
  return new WrittenTime({ ms: millisecondsOf(text.replace(/[\s\u00A0\u202F]+/g, ' ').trim()), raw: known.raw });
}

function millisecondsOf(text: string): number | null {
  if (text.length > 60) return null;
  const mark = marked.exec(text);
  if (mark !== null) {
    const [, year, month, day, hour, minute, second, ms = '0'] = mark;
    return utc(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second), Number(ms));
  }
  const slash = slashed.exec(text);
  if (slash !== null) return withClock(Number(slash[3]), Number(slash[1]), Number(slash[2]), slash.slice(4));
  const name = named.exec(text);
  if (name !== null) return withClock(Number(name[3]), monthOf(name[1]), Number(name[2]), name.slice(4));
  const first = dayFirst.exec(text);
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

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return 0;
  const signed = /^([+-])(\d{1,2}):?(\d{2})$/.exec(zone);
  if (signed !== null) return (signed[1] === '-' ? -1 : 1) * (Number(signed[2]) * 60 + Number(signed[3])) * 60_000;
  const hours = zones.get(zone.toUpperCase());
  return hours === undefined ? null : hours * 3_600_000;
}

function utc(year: number, month: number, day: number, hour: number, minute: number, second: number, ms: number) {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null;
  const time = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  return Number.isNaN(time) || time === 0 ? null : time;
}
