/** What is pinned leaves with a space and comes back with it; what was erased is not named by a pin again. */
import { describe, expect, it } from 'vitest';
import { databaseOfSpace, jsonArchiveOf, live, settle, standing } from '../../../../../test/kit/archives.ts';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { newErasing, rawPages, wordsIn } from '../../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';

const bread = dialogue('bread', 'Bread', ['My sourdough is flat.', 'Fold it.']);
const roses = dialogue('roses', 'Roses', ['My roses bloom in May.', 'Nice.']);

const idOf = (space: UserSpace, title: string) =>
  space.read((r) => r.conversations.page({ limit: 9 })).items.find((one) => one.title === title)?.id ?? '';
const unitOf = (space: UserSpace, title: string) =>
  space.read((r) => {
    const pk = r.bundles.material.conversation(idOf(space, title))?.pk ?? 0;
    return r.bundles.material.unitsOfConversation(pk, 9)[0]?.acu.id;
  });
const told = (space: UserSpace) =>
  space.read((r) => r.pins.page({ limit: 9 })).items.map(({ kind, name, recipe, of }) => ({ kind, name, recipe, of }));
const bring = (space: UserSpace, bytes: Buffer, name = 'archive.zip') =>
  newCapture(space, standing).bring({ bytes, name });

function pinAll(space: UserSpace): void {
  space.write((w) => {
    w.pins.make({ kind: 'unit', of: unitOf(space, 'Bread') as never }, 1);
    w.pins.make({ kind: 'unit', of: unitOf(space, 'Roses') as never, recipe: 'coding' as never }, 2);
    const memory = w.memories.state({ text: 'The shed is locked.', kind: 'fact' } as never, 'v', 1);
    w.pins.make({ kind: 'memory', of: memory.id }, 3);
    return null;
  });
}

describe('pins', () => {
  it('move with the space, as an archive and as a database, and name the same things there', async () => {
    const alice = newSpace();
    await live(alice, [[bread, roses]]);
    pinAll(alice);
    expect(told(alice).map(({ name }) => name)).toEqual([
      'The shed is locked.',
      'My roses bloom in May.',
      'My sourdough is flat.',
    ]);
    const { alice: moved, bob } = twoSpaces();
    for (const _ of [1, 2]) expect((await bring(moved, await jsonArchiveOf(alice))).error).toBeNull();
    await settle(moved);
    expect(told(moved)).toEqual(told(alice));
    const home = newSpace({ ownerId: alice.location.ownerId });
    await bring(home, await databaseOfSpace(alice), 'space.sqlite');
    expect(told(home)).toEqual(told(alice));
    expect(told(bob)).toEqual([]);
  });

  it('of what is erased go with it out of the file, stay out when they come again, and leave the others', async () => {
    const { alice, bob } = twoSpaces();
    const people = [newErasing(alice), newErasing(bob)] as const;
    for (const [i, space] of [alice, bob].entries()) {
      await people[i]?.bring(JSON.stringify([bread, roses]));
      await people[i]?.settle();
      pinAll(space);
    }
    const archive = await jsonArchiveOf(alice);
    const unit = unitOf(alice, 'Roses') as string;
    await people[0].erase('conversation', idOf(alice, 'Roses'));
    const left = ['The shed is locked.', 'My sourdough is flat.'];
    expect(told(alice).map(({ name }) => name)).toEqual(left);
    alice.emptyLog();
    expect(wordsIn(rawPages(alice.location), [unit])).toEqual([]);
    await bring(alice, archive);
    await settle(alice);
    expect(told(alice).map(({ name }) => name)).toEqual(left);
    expect(told(bob)).toHaveLength(3);
  });
});
