/** The reader's path through a tree of messages, whole trees and broken ones. */
import { Message } from '@vivim/contract/conversation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choicesTo, choose, pathOf } from './branches.ts';

const idOf = (n: number): string => `m_${'a'.repeat(31)}${String.fromCharCode(97 + n)}`;

function message(n: number, parent: number | null, onActivePath = false): Message {
  return Message.parse({
    id: idOf(n),
    conversationId: `c_${'a'.repeat(32)}`,
    externalId: null,
    parentId: parent === null ? null : idOf(parent),
    role: 'user',
    authorName: null,
    authorKind: 'human',
    model: null,
    channel: null,
    status: null,
    createdAt: null,
    hidden: false,
    hiddenReason: null,
    onActivePath,
    siblings: [],
    parts: [],
    citations: [],
    feedback: [],
  });
}
const ids = (messages: readonly Message[]): string[] => messages.map(({ id }) => id);

describe('branches', () => {
  const tree = [message(0, null, true), message(1, 0, true), message(2, 0), message(3, 1, true), message(4, 2)];

  it('follows the active branch until told otherwise', () => {
    expect(ids(pathOf(tree, new Map()))).toEqual([0, 1, 3].map(idOf));
    const other = choose(new Map(), message(1, 0), idOf(2));
    expect(ids(pathOf(tree, other))).toEqual([0, 2, 4].map(idOf));
  });

  it('brings a message off the active branch into view, and knows when it is not there', () => {
    const choices = choicesTo(tree, idOf(4));
    expect(ids(pathOf(tree, choices ?? new Map()))).toContain(idOf(4));
    expect(choicesTo(tree, idOf(20))).toBeNull();
  });

  it('shows what hangs on a parent the export lost', () => {
    expect(ids(pathOf([message(5, 9)], new Map()))).toEqual([idOf(5)]);
  });

  it('reaches every message of any tree, and ends on any graph', () => {
    const parents = fc.array(fc.option(fc.nat(19)), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(parents, (list) => {
        const forest = list.map((parent, n) => message(n, parent === null || parent >= n ? null : parent));
        for (const { id } of forest) expect(ids(pathOf(forest, choicesTo(forest, id) ?? new Map()))).toContain(id);
        const tangled = list.map((parent, n) => message(n, parent));
        expect(pathOf(tangled, new Map()).length).toBeLessThanOrEqual(tangled.length);
        choicesTo(tangled, idOf(0));
      }),
    );
  });
});
