/**
 * Which names of a map are written, and where, so that none lies over another or over the dot of another that is named. What is not
 * written is told when it is attended to, or as the map comes nearer. Pure: knows places on the screen, no graph and no canvas.
 */

/** A node that may be named. Pixels from the upper left corner of the map. */
export interface Named {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly name: string;
}

/** Where a name is written: its left end, and the middle of its height. */
export interface Label<T extends Named> {
  readonly of: T;
  readonly x: number;
  readonly y: number;
}

export interface Room {
  readonly width: number;
  readonly height: number;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Pixels: between a dot and its name, between two names, and how high a name is. */
const gap = 4;
const air = { across: 6, down: 2 };
const high = 15;
/** Pixels of the map a name has to itself on average: beyond that nobody reads them. */
const roomOfName = 8_000;
/** Nodes that are tried for each name there is room for; those after them are the least important ones. */
const triedForEach = 8;
/** Boxes are looked up by squares of so many pixels, so that each is compared with its neighbours alone. */
const square = 64;

const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** What is taken of the map. */
class Taken {
  readonly #squares = new Map<string, Box[]>();

  *#under({ left, top, right, bottom }: Box): Iterable<string> {
    for (let across = Math.floor(left / square); across <= Math.floor(right / square); across++)
      for (let down = Math.floor(top / square); down <= Math.floor(bottom / square); down++) yield `${across} ${down}`;
  }
  take(box: Box): void {
    for (const at of this.#under(box)) {
      const there = this.#squares.get(at);
      if (there === undefined) this.#squares.set(at, [box]);
      else there.push(box);
    }
  }
  isFree(box: Box): boolean {
    for (const at of this.#under(box)) if (this.#squares.get(at)?.some((other) => meet(other, box))) return false;
    return true;
  }
}

/** To the right of its dot, to the left, below, above: what is tried first is what is read easiest. */
const sides = (node: Named, wide: number): readonly { readonly x: number; readonly y: number }[] => [
  { x: node.x + node.radius + gap, y: node.y },
  { x: node.x - node.radius - gap - wide, y: node.y },
  { x: node.x - wide / 2, y: node.y + node.radius + high / 2 + 1 },
  { x: node.x - wide / 2, y: node.y - node.radius - high / 2 - 1 },
];

function inward({ x, y }: { readonly x: number; readonly y: number }, wide: number, { width, height }: Room) {
  const within = (at: number, most: number): number => Math.max(0, Math.min(at, most));
  return {
    x: air.across / 2 + within(x - air.across / 2, width - wide - air.across),
    y: (high + air.down) / 2 + within(y - (high + air.down) / 2, height - high - air.down),
  };
}

/**
 * @param nodes the most important first
 * @param first how many of them come before the rest and count against no limit: what is attended to
 * @param widthOf of a name as it is written, in pixels
 */
export function labelsOf<T extends Named>(
  nodes: Iterable<T>,
  first: number,
  { width, height }: Room,
  widthOf: (node: T) => number,
): Label<T>[] {
  const most = Math.max(1, Math.floor((width * height) / roomOfName));
  const taken = new Taken();
  const labels: Label<T>[] = [];
  let seen = 0;
  let tried = 0;
  for (const node of nodes) {
    const attended = seen++ < first;
    if (!attended && (labels.length >= most || tried >= most * triedForEach)) break;
    const { x, y, radius } = node;
    if (x < 0 || y < 0 || x > width || y > height) continue;
    tried += 1;
    const dot: Box = { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
    const wide = widthOf(node);
    const boxAt = (at: { x: number; y: number }): Box => ({
      left: at.x - air.across / 2,
      top: at.y - high / 2 - air.down / 2,
      right: at.x + wide + air.across / 2,
      bottom: at.y + high / 2 + air.down / 2,
    });
    const inside = ({ left, top, right, bottom }: Box): boolean =>
      left >= 0 && top >= 0 && right <= width && bottom <= height;
    // A dot under another's name has none of its own: which of the two is meant could not be told.
    if (!taken.isFree(dot)) continue;
    const free = sides(node, wide).find((at) => inside(boxAt(at)) && taken.isFree(boxAt(at)));
    // The first of all is named even in a corner: over its own dot, where there is no room beside it.
    const place =
      free ?? (labels.length === 0 ? inward({ x: x + radius + gap, y }, wide, { width, height }) : undefined);
    if (place === undefined) continue;
    taken.take(dot);
    taken.take(boxAt(place));
    labels.push({ of: node, ...place });
  }
  return labels;
}
