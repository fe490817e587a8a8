import type { Graph, GraphNode } from '@vivim/contract/graph';
import { expect, it } from 'vitest';
import { beginningsOf, findNodes, nodeAt, radiusOf, scaleOf, spiral, tiesOf } from './graph-model.ts';

const node = (name: string, messages = 1): GraphNode => ({
  id: `t_${name}` as GraphNode['id'],
  kind: 'topic',
  type: null,
  name,
  conversations: 1,
  messages,
  importance: 0.5,
  lastSeenAt: null,
});
const graph: Graph = {
  nodes: [node('Bread'), node('Rye bread'), node('Chess')],
  edges: [
    [0, 1, 0.2],
    [0, 2, 0.9],
  ],
  left: 0,
};

it('each node knows what it is tied to, the strongest first', () => {
  const ties = tiesOf(graph);
  expect(ties.get('t_Bread')?.map((tie) => tie.node.name)).toEqual(['Chess', 'Rye bread']);
  expect(ties.get('t_Chess')?.map((tie) => tie.node.name)).toEqual(['Bread']);
});

it('nodes are found by any part of their name', () => {
  expect(findNodes(graph, ' BREAD ', 5).map(({ name }) => name)).toEqual(['Bread', 'Rye bread']);
  expect(findNodes(graph, ' ', 5)).toEqual([]);
});

it('what is said more is larger, and no two nodes begin in one place', () => {
  expect(radiusOf(node('much', 900), 900)).toBeGreaterThan(radiusOf(node('little', 3), 900));
  expect(radiusOf(node('all there is', 3), 3)).toBe(radiusOf(node('much', 900), 900));
  expect(Number.isFinite(radiusOf(node('none', 0), 0))).toBe(true);
  const places = Array.from({ length: 500 }, (_, place) => JSON.stringify(spiral(place)));
  expect(new Set(places).size).toBe(500);
});

it('nodes are smaller where many share little room, and never less than half', () => {
  const [desk, phone] = [1_100 * 560, 340 * 430];
  expect(scaleOf(50, desk)).toBe(1);
  expect(scaleOf(400, phone)).toBeLessThan(scaleOf(400, desk));
  expect(scaleOf(5_000, phone)).toBe(0.5);
  expect(scaleOf(0, desk)).toBe(1);
  expect(radiusOf(node('much', 900), 900, 0.5)).toBe(radiusOf(node('much', 900), 900) / 2);
});

it('a map that grows begins where it was: what is new beside what it is tied to most', () => {
  const [bread, rye, chess] = [graph.nodes[0]?.id ?? '', 2, 4];
  const before = new Map([[bread, { x: 500, y: -300 }]]);
  const places = beginningsOf(graph, before);
  expect([...places.slice(0, 2)]).toEqual([500, -300]);
  for (const at of [rye, chess])
    expect(Math.hypot((places[at] ?? 0) - 500, (places[at + 1] ?? 0) + 300)).toBeCloseTo(12, 3);
  expect([...places.slice(2, 4)]).not.toEqual([...places.slice(4, 6)]);
  // Nothing was drawn before: each on the spiral.
  const first = beginningsOf(graph, new Map());
  expect(first[2]).toBeCloseTo(spiral(1).x, 3);
  expect(first[3]).toBeCloseTo(spiral(1).y, 3);
  expect(beginningsOf({ nodes: [], edges: [], left: 0 }, before)).toHaveLength(0);
});

it('a point means the node it lies on, or the nearest within reach', () => {
  const places = new Float32Array([0, 0, 10, 0, 100, 100]);
  const radii = (place: number): number => [6, 1, 4][place] ?? 0;
  expect(nodeAt({ x: 1, y: 0 }, places, radii, 2)).toBe(0);
  expect(nodeAt({ x: 9.5, y: 0 }, places, radii, 2)).toBe(1);
  expect(nodeAt({ x: 105, y: 100 }, places, radii, 2)).toBe(2);
  expect(nodeAt({ x: 107, y: 100 }, places, radii, 2)).toBeNull();
  expect(nodeAt({ x: 0, y: 0 }, new Float32Array(), radii, 2)).toBeNull();
});
