/** The reader's path through a tree of messages, whole trees and broken ones. */
import { OutlineMessage } from '@vivim/contract/outline';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choicesTo, choose, pathOf, siblingsOf, treeOf } from './branches.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const idOf = (n: number): string => `m_${'a'.repeat(30)}${letters[Math.floor(n / 26)]}${letters[n % 26]}`;
const message = (n: number, parent: number | null, siblingIx = 0, onActivePath = false): OutlineMessage =>
  OutlineMessage.parse({
    id: idOf(n),
    parent,
    siblingIx,
    role: 'user',
    authorKind: 'human',
    at: null,
    hidden: false,
    onActivePath,
    size: 1,
    files: 0,
    opening: null,
  });
const none = new Map<string, string>();

/** 0 — 1 — 3, and 2 beside 1 with 4 under it; the source shows 0, 1, 3. */
const forked = treeOf([
  message(0, null, 0, true),
  message(1, 0, 0, true),
  message(2, 0, 1),
  message(3, 1, 0, true),
  message(4, 2, 0),
]);

describe('the path', () => {
  it('is the branch the source shows, until another is chosen', () => {
    expect(pathOf(forked, none)).toEqual([0, 1, 3]);
    expect(pathOf(forked, choose(forked, none, 2))).toEqual([0, 2, 4]);
    expect(siblingsOf(forked, 1)).toEqual([1, 2]);
  });

  it('leads to a message on any branch, and keeps what was chosen elsewhere', () => {
    expect(pathOf(forked, choicesTo(forked, 4))).toEqual([0, 2, 4]);
    expect(pathOf(forked, choicesTo(forked, 3, choose(forked, none, 2)))).toEqual([0, 1, 3]);
  });

  it('goes on from one beginning to the next; beginnings that are versions of each other are one', () => {
    const flat = treeOf([
      message(0, null, 0, true),
      message(1, null, 0, true),
      message(2, null, 1),
      message(3, null, 0, true),
    ]);
    expect(flat.beginnings).toHaveLength(3);
    expect(pathOf(flat, none)).toEqual([0, 1, 3]);
    expect(siblingsOf(flat, 2)).toEqual([1, 2]);
    expect(pathOf(flat, choose(flat, none, 2))).toEqual([0, 2, 3]);
  });

  it('shows something of a tree without an active branch', () => {
    expect(pathOf(treeOf([message(0, null), message(1, 0, 0), message(2, 0, 1)]), none)).toEqual([0, 2]);
    expect(pathOf(treeOf([]), none)).toEqual([]);
  });

  it('of any tree names every message at most once, each under the one before it, and reaches any message asked for', () => {
    const trees = fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 1, maxLength: 30 }).map((rows) => {
      const children = new Map<number | null, number>();
      return treeOf(
        rows.map(([at, active], n) => {
          const parent = n === 0 || at % (n + 1) === n ? null : at % n;
          const siblingIx = parent === null ? 0 : (children.get(parent) ?? 0);
          children.set(parent, siblingIx + 1);
          return message(n, parent, siblingIx, active);
        }),
      );
    });
    fc.assert(
      fc.property(trees, fc.nat(), (tree, any) => {
        const target = any % tree.items.length;
        const path = pathOf(tree, choicesTo(tree, target));
        expect(path).toContain(target);
        expect(new Set(path).size).toBe(path.length);
        path.forEach((place, n) => {
          const parent = tree.items[place]?.parent ?? null;
          if (parent !== null) expect(path[n - 1]).toBe(parent);
        });
      }),
    );
  });
});
