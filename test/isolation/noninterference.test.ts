/**
 * Noninterference: whatever Bob does, and whenever, Alice sees what she would see without him, byte for byte but for ids
 * and times. Hundreds of steps at random, other ones in every run; `npm run soak -- noninterference` plays a hundred thousand.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDatabase } from '../kit/masters.ts';
import { runs } from '../kit/property-runs.ts';
import { prove } from './noninterference/prove.ts';
import { openPlace, type Place } from './noninterference/site.ts';

describe.each([
  ['pooled', runs(1_600, 160)],
  ['dedicated', runs(480, 160)],
] as const)('%s engines', (mode, steps) => {
  let place: Place;
  const endings: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const database = await makeDatabase();
    endings.push(database.drop);
    place = await openPlace(mode, database.target);
    endings.push(place.close);
  });
  afterAll(async () => {
    for (const end of endings.reverse()) await end();
  });

  it(`what Alice sees in ${steps} steps of both does not depend on Bob`, { timeout: 300_000 }, async () => {
    expect((await prove(place, { steps })).steps).toBe(steps);
  });
});
