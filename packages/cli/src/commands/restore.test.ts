/** Which moment `vivim restore --at` means. */
import { expect, it } from 'vitest';
import { CliError } from '../cli-error.ts';
import { parseTime } from './restore.ts';

it('takes a day alone as all of that day in UTC, and a time as it stands', () => {
  expect(parseTime('2026-11-01')).toBe('2026-11-01T23:59:59.999Z');
  expect(parseTime('2026-11-01T12:00:00+02:00')).toBe('2026-11-01T10:00:00.000Z');
});

it.each(['yesterday', '2026-13-01', '2026-11-1', '1762000000', ''])('says what to write in place of "%s"', (text) => {
  expect(() => parseTime(text)).toThrow(CliError);
});
