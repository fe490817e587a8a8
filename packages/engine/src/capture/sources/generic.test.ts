import { describe, expect, it } from 'vitest';
import { type CanonicalConversation, noContext } from '../canonical.ts';
import { readGenericConversation } from './generic.ts';

const read = (messages: unknown[]): CanonicalConversation => {
  const reading = readGenericConversation({ externalId: 'c', messages }, noContext);
  if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
  return reading.conversation;
};
const tree = (messages: unknown[]) => read(messages).messages.map(({ key, parentKey }) => [key, parentKey]);

describe('the generic format', () => {
  it('chains messages that name no parents, even where a program wrote null', () => {
    const message = (externalId: string) => ({ externalId, parentId: null, role: 'user', content: 'x' });
    expect(tree([message('a'), message('b')])).toEqual([
      ['a', null],
      ['b', 'a'],
    ]);
  });

  it('follows parents where they are named', () => {
    expect(
      tree([
        { externalId: 'a', role: 'user', content: '1' },
        { externalId: 'b', parentId: 'a', role: 'assistant', content: '2' },
        { externalId: 'c', parentId: 'a', role: 'assistant', content: '3' },
        { externalId: 'd', role: 'user', content: '4' },
        { externalId: 'e', parentId: null, role: 'user', content: '5' },
      ]),
    ).toEqual([
      ['a', null],
      ['b', 'a'],
      ['c', 'a'],
      ['d', 'c'],
      ['e', null],
    ]);
  });

  it('gives a message without an id the same key again, and twins keys of their own', () => {
    const list = [
      { role: 'user', content: 'hi' },
      { role: 'user', content: 'hi' },
    ];
    const keys = tree(list).map(([key]) => key);
    expect(new Set(keys).size).toBe(2);
    expect(tree(list).map(([key]) => key)).toEqual(keys);
    const roots = [
      { role: 'user', content: 'hi', parentId: null },
      { role: 'user', content: 'hi', parentId: null },
      { role: 'user', content: 'x', parentId: 'gone' },
    ];
    expect(new Set(tree(roots).map(([key]) => key)).size).toBe(3);
  });

  it.each([
    ['user', 'user', 'human', null],
    ['AI', 'assistant', 'model', null],
    ['developer', 'system', 'runtime', null],
    ['Caroline', 'user', 'human', 'Caroline'],
  ])('takes the role %s as %s, %s', (role, expected, authorKind, authorName) => {
    expect(read([{ role, content: 'x' }]).messages[0]).toMatchObject({ role: expected, authorKind, authorName });
  });

  it('reads content in parts, and keeps what it does not know', () => {
    expect(
      read([{ role: 'user', content: ['a', { type: 'text', text: 'b' }, { image: 1 }] }]).messages[0]?.parts,
    ).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'text', text: 'b' },
      { kind: 'raw', text: null, json: '{"image":1}' },
    ]);
  });
});
