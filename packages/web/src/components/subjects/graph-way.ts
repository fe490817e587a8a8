/** The way by the arrow keys: from one node of the map to the next in a direction. Pure. */

export type Direction = 'left' | 'right' | 'up' | 'down';

interface Point {
  readonly x: number;
  readonly y: number;
}

const toward: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** What lies aside counts for more than what lies ahead: a step to the right is to go to the right. */
const aside = 2;

/**
 * The nearest one in a direction, as a person sees it: within the quarter that opens toward it.
 * @param places on the screen, y downward, of every node there is to go to
 * @returns its place in the list, or null where nothing lies there
 */
export function nextToward(from: Point, direction: Direction, places: readonly Point[]): number | null {
  const { x, y } = toward[direction];
  let found: number | null = null;
  let nearest = Number.POSITIVE_INFINITY;
  for (const [place, at] of places.entries()) {
    const ahead = (at.x - from.x) * x + (at.y - from.y) * y;
    const beside = Math.abs((at.x - from.x) * y + (at.y - from.y) * x);
    if (ahead <= 0 || beside > ahead || ahead + aside * beside >= nearest) continue;
    nearest = ahead + aside * beside;
    found = place;
  }
  return found;
}
