import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextToward } from './graph-way.ts';

it('goes to the nearest in the direction, not to what lies aside or behind', () => {
  const places = [
    { x: 0, y: 0 },
    { x: 50, y: 5 },
    { x: 20, y: 60 },
    { x: -30, y: 0 },
    { x: 200, y: 0 },
  ];
  const [from = { x: 0, y: 0 }] = places;
  expect(nextToward(from, 'right', places)).toBe(1);
  expect(nextToward(from, 'left', places)).toBe(3);
  expect(nextToward(from, 'down', places)).toBe(2);
  expect(nextToward(from, 'up', places)).toBe(null);
});

const point = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }) });

it('every step goes on that way, so going on ends, and every node can be left toward any other', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 2, maxLength: 60 }), (places) => {
      const [from = { x: 0, y: 0 }, other = { x: 0, y: 0 }] = places;
      const right = nextToward(from, 'right', places);
      if (right !== null) expect(places[right]?.x).toBeGreaterThan(from.x);
      if (from.x === other.x && from.y === other.y) return;
      const ways = (['left', 'right', 'up', 'down'] as const).map((way) => nextToward(from, way, places));
      expect(ways.some((way) => way !== null)).toBe(true);
    }),
  );
});
