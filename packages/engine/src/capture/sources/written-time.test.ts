import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writtenTime } from './written-time.ts';

it.each([
  ['Jan 5, 2026, 10:00:05 AM CET', '2026-01-05T09:00:05.000Z'],
  ['Jan 5, 2026, 12:00:05\u202fAM UTC', '2026-01-05T00:00:05.000Z'],
  ['5 Jan 2026, 22:00:05 CEST', '2026-01-05T20:00:05.000Z'],
  ['January 10, 2026 10:00am', '2026-01-10T10:00:00.000Z'],
  ['January 10, 2026 10:00pm', '2026-01-10T22:00:00.000Z'],
  ['2026-01-10@10h00m07s', '2026-01-10T10:00:07.000Z'],
  ['2026-1-2 @10h 05m 07s 120ms', '2026-01-02T10:05:07.120Z'],
  ['2/17/2026 2:36:11 PM +00:00', '2026-02-17T14:36:11.000Z'],
  ['2/17/2026 2:36 PM -0130', '2026-02-17T16:06:00.000Z'],
  ['2026-02-17T14:36:11', '2026-02-17T14:36:11.000Z'],
])('reads %s', (text, iso) => {
  expect(writtenTime(text).time).toEqual({ ms: Date.parse(iso), raw: text });
});

it.each(['Jan 5, 2026, 10:00:05 AM XYZ', '13/40/2026 2:36 PM', 'soon', ''])('does not guess at %s', (text) => {
  expect(writtenTime(text).time.ms).toBeNull();
});

it('never throws', () => {
  fc.assert(fc.property(fc.anything(), (value) => void writtenTime(value)));
});
