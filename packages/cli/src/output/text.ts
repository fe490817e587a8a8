/** Values as a person reads them in a terminal. Pure. */
import { stripVTControlCharacters } from 'node:util';
import { withoutUnsafe } from '@vivim/contract/harmless-text';
import { shorten } from '@vivim/contract/shorten';

/**
 * Captured text made harmless for a terminal: an export may hold escape sequences, and nobody else's words may move
 * the cursor, retitle the window or hide a line. Line feeds and tabs stay.
 */
export const plain = (text: string): string => withoutUnsafe(stripVTControlCharacters(text));

/** One line of at most `width` characters. */
export function oneLine(text: string, width: number): string {
  return shorten(plain(text).replace(/\s+/g, ' ').trim(), width);
}

export const titleOf = (title: string | null): string =>
  title === null || title.trim() === '' ? 'Untitled' : oneLine(title, 80);

/** `2024-03-12`, or a dash where the source gave no time. */
export const day = (iso: string | null): string => iso?.slice(0, 10) ?? '—';

/** `1 conversation`, `2 conversations`, `2 entities`. */
export const count = (number: number, singular: string, plural = `${singular}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? singular : plural}`;

/** Decimal units, as file managers show them. */
export function bytes(number: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = number;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value >= 100 || unit === 0 ? value.toFixed(0) : value.toFixed(1)} ${units[unit]}`;
}

/** `0:07`, `2:31`, `1:02:09`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** `0.4 s`, `12 s`, `3:02 min`. */
export const spanOf = (ms: number): string =>
  ms < 10_000
    ? `${(ms / 1000).toFixed(1)} s`
    : ms < 60_000
      ? `${Math.round(ms / 1000)} s`
      : `${duration(ms / 1000)} min`;

/** A period somebody set: `6 hours`, `90 minutes`, `1 day`. */
export function periodOf(ms: number): string {
  const units = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1_000, 'second'],
  ] as const;
  const [unit, name] = units.find(([length]) => ms >= length && ms % length === 0) ?? [1_000, 'second'];
  return count(Math.round(ms / unit), name);
}

/** Columns padded to the widest cell; the last one is left as long as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows
    .map((row) =>
      row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '),
    )
    .map((line) => line.trimEnd())
    .join('\n');
}
