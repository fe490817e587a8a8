/** What stays out of contexts leaves with a space and comes back with it; what was erased here is not named by it again. */
import type { ExclusionSubject } from '@vivim/contract/exclusion';
import { describe, expect, it } from 'vitest';
import { databaseOfSpace, jsonArchiveOf, live, settle, standing } from '../../../../../test/kit/archives.ts';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { newErasing, rawPages, wordsIn } from '../../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';

const bread = dialogue('bread', 'Sourdough bread', ['My sourdough bread is flat. More sourdough bread!', 'Fold it.']);
const roses = dialogue('roses', 'Roses', ['My roses bloom. The roses are red.', 'Nice.']);

const idOf = (space: UserSpace, title: string) =>
  space.read((r) => r.conversations.page({ limit: 9 })).items.find((one) => one.title === title)?.id ?? '';
const topicOf = (space: UserSpace, label: string) =>
  space.read((r) => r.topics.list({ limit: 50 }, 0)).items.find((one) => one.label.startsWith(label))?.id ?? '';
const keepOut = (space: UserSpace, kind: string, of: string) =>
  space.write((w) => w.exclusions.make({ kind, of } as ExclusionSubject, 1));
const told = (space: UserSpace) =>
  space.read((r) => r.exclusions.page({ limit: 9 })).items.map(({ kind, name, at }) => ({ kind, name, at }));
const bring = (space: UserSpace, bytes: Buffer, name = 'archive.zip') =>
  newCapture(space, standing).bring({ bytes, name });

async function keeping(): Promise<UserSpace> {
  const space = newSpace();
  await live(space, [[bread, roses]]);
  keepOut(space, 'conversation', idOf(space, 'Roses'));
  keepOut(space, 'topic', topicOf(space, 'sourdough'));
  keepOut(space, 'source', 'grok');
  return space;
}

describe('exclusions', () => {
  it('move with the space, as an archive and as a database, and name the same things there', async () => {
    const alice = await keeping();
    const { alice: moved, bob } = twoSpaces();
    const run = await bring(moved, await jsonArchiveOf(alice));
    expect(run.error).toBeNull();
    await settle(moved);
    expect(told(moved)).toEqual(told(alice));
    expect(moved.read((r) => [...r.exclusions.subjects('topic')])).toEqual([topicOf(moved, 'sourdough')]);
    const home = newSpace({ ownerId: alice.location.ownerId });
    await bring(home, await databaseOfSpace(alice), 'space.sqlite');
    expect(told(home)).toEqual(told(alice));
    expect(told(bob)).toEqual([]);
  });

  it('come into a space of another history under its own names, once', async () => {
    const archive = await jsonArchiveOf(await keeping());
    const other = newSpace();
    await live(other, [[dialogue('garden', 'Garden', ['My shed is green. The shed is old.', 'Nice.'])]]);
    for (const _ of [1, 2]) {
      await bring(other, archive);
      await settle(other);
    }
    expect(told(other)).toHaveLength(3);
    expect(other.read((r) => [...r.exclusions.subjects('topic')])).toEqual([topicOf(other, 'sourdough')]);
  });

  it.each([['conversation', 'Roses'] as const, ['topic', 'sourdough'] as const])(
    'of a %s that is erased go with it out of the file, stay out when they come again, and leave the others',
    async (kind, name) => {
      const { alice, bob } = twoSpaces();
      const people = [newErasing(alice), newErasing(bob)] as const;
      for (const [i, space] of [alice, bob].entries()) {
        await people[i]?.bring(JSON.stringify([bread, roses]));
        await people[i]?.settle();
        keepOut(space, 'conversation', idOf(space, 'Roses'));
        keepOut(space, 'topic', topicOf(space, 'sourdough'));
      }
      const archive = await jsonArchiveOf(alice);
      const id = kind === 'topic' ? topicOf(alice, name) : idOf(alice, name);
      await people[0].erase(kind, id);
      const left = kind === 'topic' ? ['Roses'] : ['sourdough bread'];
      expect(told(alice).map((one) => one.name)).toEqual(left);
      alice.emptyLog();
      if (kind === 'conversation') expect(wordsIn(rawPages(alice.location), [id])).toEqual([]);
      await bring(alice, archive);
      await settle(alice);
      expect(told(alice).map((one) => one.name)).toEqual(left);
      expect(told(bob)).toHaveLength(2);
    },
  );
});
