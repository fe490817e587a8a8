/** Dates as a list tells them: no longer than they have to be. */
import { expect, it } from 'vitest';
import { dayInList, isSameDay, isToCome } from './format.ts';

const now = new Date(2026, 10, 27, 15, 30).getTime();
const iso = (...at: [number, number, number, number]): string => new Date(...at).toISOString();

it('is the hour of today, yesterday by its name, a day of this year without the year, and the whole date before', () => {
  expect(dayInList(iso(2026, 10, 27, 9), now)).toMatch(/9/);
  expect(dayInList(iso(2026, 10, 27, 9), now)).not.toMatch(/27|2026/);
  expect(dayInList(iso(2026, 10, 26, 23), now)).toBe('yesterday');
  expect(dayInList(iso(2026, 2, 4, 12), now)).toMatch(/4/);
  expect(dayInList(iso(2026, 2, 4, 12), now)).not.toMatch(/2026/);
  expect(dayInList(iso(2025, 11, 31, 12), now)).toMatch(/31.*2025|2025.*31/);
});

it('knows a day that has not come, and none that only began elsewhere', () => {
  expect(isToCome(iso(2029, 4, 15, 12), now)).toBe(true);
  expect(isToCome(iso(2026, 10, 28, 9), now)).toBe(false);
  expect(isToCome(iso(2020, 0, 1, 0), now)).toBe(false);
  expect(isToCome(null, now)).toBe(false);
});

it('knows two moments of one day', () => {
  expect(isSameDay(iso(2026, 1, 3, 0), iso(2026, 1, 3, 23))).toBe(true);
  expect(isSameDay(iso(2026, 1, 3, 23), iso(2026, 1, 4, 0))).toBe(false);
  expect(isSameDay(iso(2026, 1, 3, 23), null)).toBe(false);
});
