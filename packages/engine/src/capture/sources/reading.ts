/** The bytes of one record, opened: as JSON, as JSON lines, as text. Pure; says what cannot be read instead of throwing. */
import type { CanonicalIssue, Reading, SourceContext } from '../canonical.ts';
import { fromJson, isRecord } from './json-value.ts';

/** A record nothing came of, and why. */
export function skippedReading(
  code: string,
  detail: string,
  known: { readonly externalId?: string | null; readonly title?: string | null } = {},
): Reading {
  const issue: CanonicalIssue = { severity: 'skipped', code, path: '', detail };
  return { outcome: 'skipped', externalId: known.externalId ?? null, title: known.title ?? null, issue };
}

export const notAConversation = (detail: string, known: { externalId?: string | null; title?: string | null } = {}) =>
  skippedReading('conversation_malformed', detail, known);

/** A reader of records that are one JSON value. */
export const jsonReader =
  (read: (value: unknown, context: SourceContext) => Reading) =>
  (bytes: Buffer, context: SourceContext): Reading => {
    let value: unknown;
    try {
      value = JSON.parse(bytes.toString('utf8'));
    } catch {
      return skippedReading('json_invalid', 'The entry is not valid JSON.');
    }
    return madeFrom(read(value, context), [value]);
  };

/** A reading with what it was made from. */
export const madeFrom = (reading: Reading, given: readonly unknown[]): Reading =>
  reading.outcome === 'conversation' ? { ...reading, given } : reading;

export interface JsonLines {
  /** Of the lines that are JSON, in order. */
  readonly values: readonly unknown[];
  /** Numbers of the lines that are none, from 1. */
  readonly bad: readonly number[];
  /** Which piece of a session it is, from 1. */
  readonly piece: number;
  /** The first line of the session, in a piece of it that does not hold it; null in every other. */
  readonly first: unknown;
}

/**
 * What stands in front of every piece of a session but the first: which piece it is, and the session's own first line,
 * which in most logs says whose it is. A first line that is a message is left out: it would be said again in every piece, where
 * nobody who erases it looks.
 */
export const pieceLine = (piece: number, firstLine: Buffer): Buffer =>
  Buffer.from(`${JSON.stringify({ vivimPiece: piece, first: JSON.parse(repeatable(firstLine).toString('utf8')) })}\n`);

/** What later pieces repeat of a first line: all of it, or `null`. */
export function repeatable(firstLine: Buffer): Buffer {
  const first = firstLine.length > mostFirstLine ? undefined : fromJson(firstLine.toString('utf8'));
  return isRecord(first) && !('message' in first) ? firstLine : Buffer.from('null');
}
const mostFirstLine = 256 * 1024;

/** The lines of a record of JSON lines. One that is a single JSON value over many lines counts as one line, a list as its rows. */
export function jsonLines(bytes: Buffer): JsonLines {
  const text = bytes.toString('utf8');
  const lines = text.split('\n');
  const full = lines.filter((line) => line.trim() !== '').length;
  if (lines.length > 1 && fromJson(lines[0] ?? '') === undefined) {
    const value = fromJson(text);
    if (value !== undefined) return { values: Array.isArray(value) ? value : [value], bad: [], piece: 1, first: null };
  }
  const values: unknown[] = [];
  const bad: number[] = [];
  let piece = 1;
  let first: unknown = null;
  lines.forEach((line, ix) => {
    if (line.trim() === '') return;
    const value = fromJson(line);
    if (value === undefined) bad.push(ix + 1);
    else if (ix === 0 && isRecord(value) && typeof value.vivimPiece === 'number') {
      piece = value.vivimPiece;
      first = value.first ?? null;
    } else if (full === 1 && Array.isArray(value)) values.push(...value);
    else values.push(value);
  });
  return { values, bad, piece, first };
}

/** What is said of lines that are no JSON. A log that was being written to ends in the middle of one. */
export const badLineIssues = (bad: readonly number[]): CanonicalIssue[] =>
  bad.map((line) => ({
    severity: 'degraded',
    code: 'line_not_readable',
    path: `line/${line}`,
    detail: 'The line is not JSON; the lines around it came in.',
  }));
