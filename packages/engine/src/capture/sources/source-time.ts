/**
 * The times sources write: seconds down to nanoseconds, ISO 8601 with or without an offset, BSON dates.
 * Null, 0, what is no time and what lies beyond reason stay null; the raw value is kept beside the reading.
 */
import type { CanonicalTime } from '../canonical.ts';
import { isRecord, toJson } from './json-value.ts';

/** Above these a number is no longer seconds, milliseconds, microseconds: 1e11 s is the year 5138, 1e11 ms is 1973. */
const millisecondsFrom = 1e11;
const microsecondsFrom = 1e14;
const nanosecondsFrom = 1e17;
/** Nothing was said later than this; a time that says so is a mistake. */
const latestMs = Date.UTC(2200, 0);

const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const numeric = /^\d{1,19}(?:\.\d+)?$/;

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
  const ms = Math.round(value / perMillisecond(value));
  return value > 0 && ms <= latestMs ? ms : null;
}

function perMillisecond(value: number): number {
  if (value > nanosecondsFrom) return 1e6;
  if (value > microsecondsFrom) return 1e3;
  return value > millisecondsFrom ? 1 : 1e-3;
}

function fromString(text: string): number | null {
  if (numeric.test(text)) return fromNumber(Number(text));
  const match = iso.exec(text);
  if (match === null) return null;
  const timed = text.length > 10;
  const ms = Date.parse(timed && match[1] === undefined ? `${text.replace(' ', 'T')}Z` : text);
  return Number.isNaN(ms) || ms === 0 || ms > latestMs ? null : ms;
}

const rawOf = (value: unknown): string | null =>
  (typeof value === 'string' ? value.toWellFormed() : toJson(value))?.slice(0, 100) ?? null;
