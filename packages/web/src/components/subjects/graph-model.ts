/** The graph as the page works with it: what is tied to what, and how large each is drawn. Pure. */
import type { Graph, GraphNode } from '@vivim/contract/graph';

export interface Tie {
  readonly node: GraphNode;
  /** 0–1 */
  readonly weight: number;
}

/** Of each node by its id, what it is tied to, the strongest first. */
export function tiesOf(graph: Graph): ReadonlyMap<string, readonly Tie[]> {
  const ties = new Map<string, Tie[]>(graph.nodes.map(({ id }) => [id, []]));
  for (const [from, to, weight] of graph.edges) {
    const [a, b] = [graph.nodes[from], graph.nodes[to]];
    if (a === undefined || b === undefined) continue;
    ties.get(a.id)?.push({ node: b, weight });
    ties.get(b.id)?.push({ node: a, weight });
  }
  for (const of of ties.values()) of.sort((a, b) => b.weight - a.weight);
  return ties;
}

const smallest = 3.5;
const largest = 11;
/** Square pixels of the map for each node at which nodes have their full size, and what is left of it where they are crowded. */
const roomy = 1_500;
const leastScale = 0.5;

/** How much smaller nodes are drawn where many share little room, 0.5–1. @param area of the map, in square pixels */
export const scaleOf = (nodes: number, area: number): number =>
  Math.max(leastScale, Math.min(1, Math.sqrt(area / (Math.max(1, nodes) * roomy))));

/**
 * Radius in pixels: the area goes with the messages.
 * @param most messages of the one that has most of them
 * @param scale how much of its full size a node has here (`scaleOf`)
 */
export const radiusOf = ({ messages }: GraphNode, most: number, scale = 1): number =>
  scale * (smallest + (largest - smallest) * Math.sqrt(Math.min(1, messages / Math.max(1, most))));

/** Nodes whose name holds these words, the most important first. */
export function findNodes(graph: Graph, typed: string, most: number): GraphNode[] {
  const q = typed.trim().toLowerCase();
  return q === '' ? [] : graph.nodes.filter(({ name }) => name.toLowerCase().includes(q)).slice(0, most);
}

/** Turn of the golden angle: a spiral no two points of which lie together. */
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/** Where a node begins, the same each time: the most important in the middle. */
export function spiral(place: number): { x: number; y: number } {
  const radius = Math.sqrt(place + 1) * 10;
  return { x: radius * Math.cos(place * goldenAngle), y: radius * Math.sin(place * goldenAngle) };
}

/** How far from what it is tied to a node begins, in the unit of {@link spiral}. */
const apart = 12;

/**
 * Where each node begins, x before y: where it was drawn before, else beside the one of those it is tied to most, else on the spiral.
 * So a map that grows goes on from what one has looked at.
 * @param before places of nodes by their ids
 */
export function beginningsOf(
  { nodes, edges }: Graph,
  before: ReadonlyMap<string, { readonly x: number; readonly y: number }>,
): Float32Array {
  const at = nodes.map(({ id }) => before.get(id));
  // Heaviest first: what is tied most decides.
  const near = new Map<number, number>();
  for (const [from, to] of edges)
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const)
      if (at[one] === undefined && at[other] !== undefined && !near.has(one)) near.set(one, other);
  const places = new Float32Array(2 * nodes.length);
  for (const place of nodes.keys()) {
    const known = at[place];
    const friend = at[near.get(place) ?? -1];
    const { x, y } =
      known ??
      (friend === undefined
        ? spiral(place)
        : { x: friend.x + apart * Math.cos(place * goldenAngle), y: friend.y + apart * Math.sin(place * goldenAngle) });
    places.set([x, y], 2 * place);
  }
  return places;
}

/**
 * The node at a point: the one whose edge is nearest, of those within reach of it. Looks at each, which takes 5,000 nodes a
 * twentieth of a millisecond; an index would cost more to keep than it saves.
 * @param places x and y of each, as the layout tells them
 * @param radii of each, in the unit of the places
 * @param reach how far beside a node still means it, in the same unit
 */
export function nodeAt(
  { x, y }: { readonly x: number; readonly y: number },
  places: Float32Array,
  radii: (place: number) => number,
  reach: number,
): number | null {
  let found: number | null = null;
  let nearest = reach;
  for (let place = 0; 2 * place < places.length; place++) {
    const across = (places[2 * place] ?? 0) - x;
    const down = (places[2 * place + 1] ?? 0) - y;
    const beside = Math.sqrt(across * across + down * down) - radii(place);
    if (beside > nearest || (beside === nearest && found !== null)) continue;
    nearest = beside;
    found = place;
  }
  return found;
}
