import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTree, newestLeaf, pathTo, type TreeNode } from './tree.ts';

/** Any graph of nodes: parents that exist, that do not, that lead in circles; nodes that hold nothing. */
const graph = fc
  .array(
    fc.record({ parent: fc.option(fc.nat(14), { nil: null }), empty: fc.boolean(), order: fc.array(fc.nat(14)) }),
    {
      maxLength: 12,
    },
  )
  .map((nodes) =>
    nodes.map(
      (node, ix): TreeNode<number> => ({
        key: `n${ix}`,
        parentKey: node.parent === null ? null : `n${node.parent}`,
        value: node.empty ? null : ix,
        childOrder: node.order.map((child) => `n${child}`),
      }),
    ),
  );

describe('a tree built from any nodes', () => {
  it('holds every node that holds something once, parents before children', () => {
    fc.assert(
      fc.property(graph, (nodes) => {
        const tree = buildTree(nodes);
        const held = nodes.filter((node) => node.value !== null).map((node) => node.key);
        expect(tree.placed.map((node) => node.key).toSorted()).toEqual(held.toSorted());
        const seen = new Set<string>();
        for (const node of tree.placed) {
          if (node.parentKey !== null) expect(seen.has(node.parentKey)).toBe(true);
          seen.add(node.key);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('numbers siblings from 0 without a gap', () => {
    fc.assert(
      fc.property(graph, (nodes) => {
        const groups = Map.groupBy(
          buildTree(nodes).placed.filter((node) => node.parentKey !== null),
          (node) => node.parentKey,
        );
        for (const group of groups.values()) {
          expect(group.map((node) => node.siblingIx).toSorted((a, b) => a - b)).toEqual(group.map((_, ix) => ix));
        }
      }),
    );
  });

  it('has a path from the newest leaf to a root', () => {
    fc.assert(
      fc.property(graph, (nodes) => {
        const tree = buildTree(nodes);
        const leaf = newestLeaf(tree, (value) => value);
        const path = [...pathTo(tree, leaf)];
        expect(leaf === null).toBe(tree.placed.length === 0);
        if (leaf === null) return;
        expect(path[0]).toBe(leaf);
        expect(tree.byKey.get(path.at(-1) ?? '')?.parentKey).toBeNull();
        expect(tree.placed.some((node) => node.parentKey === leaf)).toBe(false);
      }),
    );
  });

  it('names what it had to change', () => {
    const node = (key: string, parentKey: string | null): TreeNode<string> => ({ key, parentKey, value: key });
    const tree = buildTree([node('a', 'gone'), node('b', 'c'), node('c', 'b'), node('d', 'd'), node('e', 'a')]);
    expect(tree.orphans).toEqual(['a']);
    expect(tree.cut).toEqual(['b', 'd']);
    expect(tree.placed.map((placed) => [placed.key, placed.parentKey])).toEqual([
      ['a', null],
      ['e', 'a'],
      ['b', null],
      ['c', 'b'],
      ['d', null],
    ]);
  });

  it('is not ended by a chain deeper than the stack', () => {
    const chain = Array.from({ length: 200_000 }, (_, ix) => ({
      key: `${ix}`,
      parentKey: ix === 0 ? null : `${ix - 1}`,
      value: ix,
    }));
    expect(buildTree(chain).placed.at(-1)?.key).toBe('199999');
  });
});
