/**
 * The times sources write: seconds or milliseconds, ISO 8601 with or without an offset, BSON dates.
 * Null, 0 and what is no time stay null; the raw value is kept beside the reading.
 */
import type { CanonicalTime } from '../canonical.ts';
import { isRecord, toJson } from './json-value.ts';

/** A number above this is milliseconds, else seconds: 1e11 s is the year 5138, 1e11 ms is 1973. */
const millisecondsFrom = 1e11;
/** The range of `Date` (ECMA-262, section 21.4.1.1). */
const furthestMs = 8.64e15;

const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const numeric = /^\d{1,16}(?:\.\d+)?$/;

export const noTime: CanonicalTime = { ms: null, raw: null };

/** Read a time, whatever shape it has. An ISO time without an offset is taken as UTC. */
export function sourceTime(value: unknown): CanonicalTime {
  if (value === null || value === undefined) return noTime;
  return { ms: milliseconds(value), raw: rawOf(value) };
}

function milliseconds(value: unknown): number | null {
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value === 'string') return fromString(value.trim());
  if (isRecord(value)) return milliseconds(value.$date ?? value.$numberLong);
  return null;
}

function fromNumber(value: number): number | null {
  const ms = Math.round(value > millisecondsFrom ? value : value * 1000);
  return value > 0 && ms <= furthestMs ? ms : null;
}

function fromString(text: string): number | null {
  if (numeric.test(text)) return fromNumber(Number(text));
  const match = iso.exec(text);
  if (match === null) return null;
  const timed = text.length > 10;
  const ms = Date.parse(timed && match[1] === undefined ? `${text.replace(' ', 'T')}Z` : text);
  return Number.isNaN(ms) || ms === 0 ? null : ms;
}

const rawOf = (value: unknown): string | null =>
  (typeof value === 'string' ? value.toWellFormed() : toJson(value))?.slice(0, 100) ?? null;
