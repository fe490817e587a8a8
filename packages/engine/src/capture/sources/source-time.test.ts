import { expect, it } from 'vitest';
import { sourceTime } from './source-time.ts';

const spring = Date.UTC(2025, 2, 1, 12);

it.each([
  ['seconds', spring / 1e3, spring],
  ['seconds with a fraction', spring / 1e3 + 0.25, spring + 250],
  ['milliseconds', spring, spring],
  ['microseconds', spring * 1e3, spring],
  ['nanoseconds, as text', `${spring}000000`, spring],
  ['ISO 8601', '2025-03-01T12:00:00Z', spring],
  ['a day', '2025-03-01', Date.UTC(2025, 2, 1)],
  ['a BSON date', { $date: { $numberLong: String(spring) } }, spring],
  ['nothing', 0, null],
  ['a year nobody lives in', 9_999_999_999, null],
  ['the same as text', '9999-12-31T00:00:00Z', null],
  ['what is no number', Number.POSITIVE_INFINITY, null],
])('%s', (_, written, ms) => {
  expect(sourceTime(written).ms).toBe(ms);
});

it('keeps what was written beside what was read', () => {
  expect(sourceTime(1e30)).toEqual({ ms: null, raw: '1e+30' });
});
