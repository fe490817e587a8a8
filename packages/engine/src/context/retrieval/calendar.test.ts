import { expect, it } from 'vitest';
import { startOf } from './calendar.ts';

it.each([
  ['2025-03-02', 'UTC', '2025-03-02T00:00:00.000Z'],
  ['2025-03-02', 'Europe/Berlin', '2025-03-01T23:00:00.000Z'],
  ['2025-07-02', 'Europe/Berlin', '2025-07-01T22:00:00.000Z'],
  ['2025-03-02', 'Pacific/Auckland', '2025-03-01T11:00:00.000Z'],
  ['2025-03-02', 'America/New_York', '2025-03-02T05:00:00.000Z'],
  ['2025-03-02', 'Nowhere/Land', '2025-03-02T00:00:00.000Z'],
  ['2025-03-02T10:00:00+02:00', 'Pacific/Auckland', '2025-03-02T08:00:00.000Z'],
])('%s in %s begins at %s', (given, zone, at) => {
  expect(new Date(startOf(given, zone)).toISOString()).toBe(at);
});
