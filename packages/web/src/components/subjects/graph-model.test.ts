import type { Graph, GraphNode } from '@vivim/contract/graph';
import { expect, it } from 'vitest';
import { findNodes, nodeAt, radiusOf, spiral, tiesOf } from './graph-model.ts';

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

it('a point means the node it lies on, or the nearest within reach', () => {
  const places = new Float32Array([0, 0, 10, 0, 100, 100]);
  const radii = (place: number): number => [6, 1, 4][place] ?? 0;
  expect(nodeAt({ x: 1, y: 0 }, places, radii, 2)).toBe(0);
  expect(nodeAt({ x: 9.5, y: 0 }, places, radii, 2)).toBe(1);
  expect(nodeAt({ x: 105, y: 100 }, places, radii, 2)).toBe(2);
  expect(nodeAt({ x: 107, y: 100 }, places, radii, 2)).toBeNull();
  expect(nodeAt({ x: 0, y: 0 }, new Float32Array(), radii, 2)).toBeNull();
});
