/**
 * What a person hung on something that is erased goes with it, out of every page of the file; names and secrets go out of the words
 * of the rest; an archive takes all of it along and brings nothing back that was erased.
 */
import type { AnnotationStep } from '@vivim/contract/annotation';
import type { ConversationId, EntityId, MessageId } from '@vivim/contract/ids';
import { describe, expect, it } from 'vitest';
import { databaseOfSpace, jsonArchiveOf, standing } from '../../../../test/kit/archives.ts';
import { newCapture } from '../../../../test/kit/capture.ts';
import { newErasing, rawPages, wordsIn } from '../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';

const name = 'Ottolineqzname';
const talks = [
  dialogue('a', 'Harbour', [`My friend ${name} lives in Lisbon.`, 'Nice.', `Is ${name} at the harbour?`, 'Yes.']),
  dialogue('b', 'Bread', ['The bakery sells rye.', 'Good.']),
];
const idOf = (space: UserSpace, title: string) =>
  space.read((r) => r.conversations.page({ limit: 9 })).items.find((one) => one.title === title)?.id as ConversationId;
const messagesOf = (space: UserSpace, title: string) =>
  space.read((r) => r.conversations.messages(idOf(space, title), { limit: 9, branches: 'all' }))?.items ?? [];
const told = (space: UserSpace) =>
  space
    .read((r) => r.annotations.page({ limit: 50 }))
    .items.map(({ kind, text }) => `${kind} ${text ?? ''}`.trim())
    .reverse();
const found = (space: UserSpace, word: string) => space.read((r) => r.annotations.search(word, 9)).length;
const steps = (space: UserSpace): AnnotationStep[] => [
  { kind: 'tag', of: idOf(space, 'Harbour'), tag: 'qztagharbour', on: true },
  { kind: 'note', of: idOf(space, 'Harbour'), text: 'qznoteharbour' },
  { kind: 'note', of: messagesOf(space, 'Harbour')[1]?.id as MessageId, text: 'qznotemessage' },
  { kind: 'archive', of: idOf(space, 'Harbour'), on: true },
  { kind: 'note', of: idOf(space, 'Bread'), text: `Ask ${name} for qzbread.` },
  { kind: 'tag', of: idOf(space, 'Bread'), tag: `of ${name}`, on: true },
  { kind: 'bookmark', of: messagesOf(space, 'Bread')[0]?.id as MessageId, on: true },
];
const everything = [
  'tag qztagharbour',
  'note qznoteharbour',
  'note qznotemessage',
  'archive',
  `note Ask ${name} for qzbread.`,
  `tag of ${name}`,
  'bookmark',
];

async function twoHomes() {
  const { alice, bob } = twoSpaces();
  const homes = [newErasing(alice), newErasing(bob)] as const;
  for (const [ix, space] of [alice, bob].entries()) {
    await homes[ix]?.bring(JSON.stringify(talks));
    await homes[ix]?.settle();
    space.write((w) => w.annotations.take(steps(space), 1));
  }
  return { alice, bob, home: homes[0] };
}

const entityOf = (space: UserSpace) =>
  space.read((r) => r.entities.list({ limit: 50 }, 0)).items.find((one) => one.name.includes(name))?.id as EntityId;

describe('annotations', () => {
  it.each([
    {
      of: 'a conversation',
      kind: 'conversation' as const,
      id: (space: UserSpace) => idOf(space, 'Harbour'),
      words: ['qztagharbour', 'qznoteharbour', 'qznotemessage'],
      left: everything.slice(4),
    },
    {
      of: 'a message',
      kind: 'message' as const,
      id: (space: UserSpace) => messagesOf(space, 'Harbour')[1]?.id as string,
      words: ['qznotemessage'],
      left: everything.filter((one) => one !== 'note qznotemessage'),
    },
    {
      of: 'a person with every mention',
      kind: 'entity' as const,
      id: entityOf,
      words: [name],
      left: [...everything.slice(0, 4), 'note Ask […] for qzbread.', 'bookmark'],
    },
  ])('of $of go with it, and do not come again with an archive', async ({ kind, id, words, left }) => {
    const { alice, bob, home } = await twoHomes();
    expect(told(alice)).toEqual(everything);
    const archive = await jsonArchiveOf(alice);
    await home.erase(kind, id(alice), 'redact');
    await home.settle();
    expect(told(alice)).toEqual(left);
    alice.emptyLog();
    expect(wordsIn(rawPages(alice.location), words)).toEqual([]);
    for (const word of words) expect(found(alice, `"${word}"`)).toBe(0);
    await newCapture(alice, standing).bring({ bytes: archive, name: 'archive.zip' });
    await home.settle();
    expect(told(alice)).toEqual(left);
    expect(told(bob)).toEqual(everything);
    expect(found(bob, 'qzbread')).toBe(1);
  });

  it('move with a space, as an archive and as a database, and are found there', async () => {
    const { alice } = await twoHomes();
    const moved = newSpace();
    const archive = await jsonArchiveOf(alice);
    for (const _ of [1, 2]) await newCapture(moved, standing).bring({ bytes: archive, name: 'archive.zip' });
    expect(told(moved)).toEqual(everything);
    expect(found(moved, 'qznoteharbour')).toBe(1);
    const home = newSpace({ ownerId: alice.location.ownerId });
    await newCapture(home, standing).bring({ bytes: await databaseOfSpace(alice), name: 'space.sqlite' });
    expect(told(home)).toEqual(everything);
    expect(found(home, 'qzbread')).toBe(1);
  });
});
