import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Label, labelsOf, type Named } from './graph-labels.ts';

const room = { width: 1_100, height: 560 };
const widthOf = ({ name }: Named): number => 7 * name.length;
const node = (name: string, x: number, y: number, radius = 5): Named => ({ name, x, y, radius });

/** What a name covers, as it is written. */
const boxOf = ({ of, x, y }: Label<Named>) => ({ left: x, right: x + widthOf(of), top: y - 7, bottom: y + 7 });

const someNode = fc.record({
  name: fc.string({ minLength: 1, maxLength: 30 }),
  x: fc.double({ min: -200, max: 1_300, noNaN: true }),
  y: fc.double({ min: -200, max: 800, noNaN: true }),
  radius: fc.double({ min: 2, max: 11, noNaN: true }),
});

it('no name covers another, the dot of another that is named, or the edge, however many there are', () => {
  fc.assert(
    fc.property(fc.array(someNode, { maxLength: 300 }), fc.nat(20), (nodes, first) => {
      const labels = labelsOf(nodes, first, room, widthOf);
      const boxes = labels.map(boxOf);
      for (const [at, { left, right, top, bottom }] of boxes.entries()) {
        expect(left >= 0 && right <= room.width && top >= 0 && bottom <= room.height).toBe(true);
        for (const [other, box] of boxes.entries()) {
          if (other === at) continue;
          const { x, y, radius } = labels[other]?.of ?? node('', -99, -99);
          expect(left < box.right && box.left < right && top < box.bottom && box.top < bottom).toBe(false);
          expect(left < x + radius && x - radius < right && top < y + radius && y - radius < bottom).toBe(false);
        }
      }
    }),
    { numRuns: 60 },
  );
});

it('of two that lie over each other the more important one keeps its name', () => {
  const labels = labelsOf([node('first', 100, 100), node('second', 101, 100)], 0, room, widthOf);
  expect(labels.map(({ of }) => of.name)).toEqual(['first']);
});

it('a name goes where there is room: to the left at the right edge, below between two neighbours', () => {
  const [atEdge] = labelsOf([node('at the edge', 1_090, 100)], 0, room, widthOf);
  expect(atEdge?.x).toBeLessThan(1_085 - 70);
  const labels = labelsOf(
    [node('left of it', 20, 100), node('right of it', 220, 100), node('m', 110, 100)],
    0,
    room,
    widthOf,
  );
  expect(labels.map(({ of }) => of.name)).toContain('m');
});

it('many are thinned out, the most important stay, and what is attended to comes before all', () => {
  const nodes = Array.from({ length: 5_000 }, (_, at) =>
    node(`number ${at}`, (at * 7_919) % room.width, (at * 104_729) % room.height),
  );
  const labels = labelsOf(nodes, 0, room, widthOf);
  expect(labels.length).toBeGreaterThan(30);
  expect(labels.length).toBeLessThan(80);
  expect(labels[0]?.of.name).toBe('number 0');
  const small = { width: 340, height: 430 };
  expect(labelsOf(nodes, 0, small, widthOf).length).toBeLessThan(20);
  const attended = [node('chosen', 300, 300), ...nodes];
  expect(labelsOf(attended, 1, room, widthOf)[0]?.of.name).toBe('chosen');
});
