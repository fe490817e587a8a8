/**
 * The bytes of files go with what showed them: from every page of the space, whoever brings the export again; and what another
 * conversation still shows stays. Bob's space is byte for byte what it was.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@vivim/contract/clock';
import { openUserSpace, type UserSpace } from '@vivim/engine/space/user-space';
import { describe, expect, it, onTestFinished } from 'vitest';
import { jsonArchiveOf } from '../kit/archives.ts';
import { chatgptConversation, imagePointer } from '../kit/chatgpt-export.ts';
import { newErasing, rawPages, wordsIn } from '../kit/erasing.ts';
import { newLocation, newSpace, twoSpaces } from '../kit/spaces.ts';
import { zipOf } from '../kit/zip-builder.ts';

const word = (name: string) => `qz${name}wx`;
/** Bytes that say a word now and then, over several pieces. */
const bytes = (name: string, size = 600_000): Buffer => {
  const line = Buffer.from(`${word(name)} ${'.'.repeat(500)}\n`);
  return Buffer.concat(Array.from({ length: Math.ceil(size / line.length) }, () => line));
};
const talk = (id: string, files: readonly string[], words = 'see these') =>
  chatgptConversation(id, `Talk ${id}`, [
    { id: `${id}1`, parts: [...files.map((file) => imagePointer(`sediment://file_${file}`)), words] },
    { id: `${id}2`, role: 'assistant', parts: ['I see.'] },
  ]);
const archive = (...talks: object[]) =>
  zipOf([
    { name: 'conversations.json', bytes: JSON.stringify(talks) },
    { name: `file_own-${word('ownname')}.bin`, bytes: bytes('own') },
    { name: `file_shared-${word('sharedname')}.bin`, bytes: bytes('shared') },
    { name: `file_lost-${word('lostname')}.bin`, bytes: bytes('lost') },
  ]);
const found = (space: UserSpace, names: readonly string[]) => wordsIn(rawPages(space.location), names.map(word));
const idOf = (space: UserSpace, title: string) =>
  space.read((r) => r.conversations.page({ limit: 200 })).items.find((one) => one.title === title)?.id as string;
const hash = (space: UserSpace) =>
  createHash('sha256')
    .update(readFileSync(join(space.location.directory, 'user.db')))
    .digest('hex');

describe('files that were erased', () => {
  it('are nowhere, do not come back with the same export, and what is shown elsewhere stays', async () => {
    const { alice, bob } = twoSpaces();
    const bobs = newErasing(bob);
    await bobs.bring({ bytes: archive(talk('a', ['own'])) });
    bob.emptyLog();
    const untouched = hash(bob);
    const home = newErasing(alice);
    const file = archive(talk('a', ['own', 'shared']), talk('b', ['shared']));
    await home.bring({ bytes: file });
    expect(found(alice, ['own', 'shared', 'lost', 'ownname'])).toHaveLength(4);
    await home.erase('conversation', idOf(alice, 'Talk a'));
    const all = ['own', 'ownname', 'shared', 'sharedname', 'lost', 'lostname'];
    expect(found(alice, all)).toEqual(['shared', 'sharedname', 'lost', 'lostname'].map(word));
    await home.bring({ bytes: file });
    expect(found(alice, all)).toEqual(['shared', 'sharedname', 'lost', 'lostname'].map(word));
    expect(hash(bob)).toBe(untouched);
  });

  it('go with the import that brought them where nothing mentions them', async () => {
    const alice = newSpace();
    const home = newErasing(alice);
    const run = await home.bring({ bytes: archive(talk('a', ['own'])) });
    await home.erase('import', run.id);
    const all = ['own', 'ownname', 'shared', 'sharedname', 'lost', 'lostname'];
    expect(found(alice, all)).toEqual([]);
    expect(alice.read((r) => r.blobs.total())).toEqual({ files: 0, bytes: 0 });
    await home.bring({ bytes: archive(talk('a', ['own'])) });
    expect(found(alice, all)).toEqual([]);
  });

  it('do not come back with an archive made before', async () => {
    const alice = newSpace();
    const home = newErasing(alice);
    const run = await home.bring({ bytes: archive(talk('a', ['own']), talk('b', ['shared'])) });
    const before = await jsonArchiveOf(alice);
    await home.erase('conversation', idOf(alice, 'Talk a'));
    await home.erase('import', run.id);
    const left = alice.read((r) => r.blobs.total());
    await home.bring({ bytes: before, name: 'vivim.zip', source: 'vivim' });
    expect(found(alice, ['own', 'ownname', 'lost', 'lostname'])).toEqual([]);
    expect(alice.read((r) => r.blobs.total())).toEqual(left);
  });

  it('go with a message alone', async () => {
    const alice = newSpace();
    const home = newErasing(alice);
    await home.bring({ bytes: archive(talk('a', ['own'])) });
    const id = idOf(alice, 'Talk a');
    const [first] =
      alice.read((r) => r.conversations.messages(id as never, { limit: 1, branches: 'all' }))?.items ?? [];
    await home.erase('message', first?.id as string);
    expect(found(alice, ['own', 'ownname'])).toEqual([]);
    expect(idOf(alice, 'Talk a')).toBe(id);
  });

  it('are gone from an older copy once it is brought up to the notes', async () => {
    const alice = newSpace();
    const home = newErasing(alice);
    await home.bring({ bytes: archive(talk('a', ['own'])) });
    alice.emptyLog();
    const location = { ...alice.location, directory: newLocation().directory };
    copyFileSync(join(alice.location.directory, 'user.db'), join(location.directory, 'user.db'));
    await home.erase('conversation', idOf(alice, 'Talk a'));
    const older = openUserSpace(location, systemClock);
    onTestFinished(() => older.close());
    expect(found(older, ['own'])).toEqual([word('own')]);
    newErasing(older).eraser.replay(home.book);
    expect(found(older, ['own', 'ownname'])).toEqual([]);
  });
});

describe('documents whose words were erased', () => {
  const letter = (create: string, pattern: string, replacement: string) =>
    chatgptConversation('doc', 'Talk doc', [
      { id: 'd0', parts: ['write'] },
      {
        id: 'd1',
        role: 'assistant',
        recipient: 'canmore.create_textdoc',
        parts: [JSON.stringify({ name: 'Letter', type: 'document', content: create })],
      },
      {
        id: 'd2',
        role: 'assistant',
        recipient: 'canmore.update_textdoc',
        parts: [JSON.stringify({ updates: [{ pattern, replacement }] })],
      },
    ]);

  it('hold none of them in any later version', async () => {
    const alice = newSpace();
    const home = newErasing(alice);
    const file = JSON.stringify([letter(`Dear ${word('anna')}, come to ${word('rome')}.`, word('rome'), word('oslo'))]);
    await home.bring(file);
    await home.settle();
    const id = idOf(alice, 'Talk doc') as never;
    const documents = () => alice.read((r) => r.artifacts.of(id));
    expect(documents()[0]?.versions.at(-1)?.text).toBe(`Dear ${word('anna')}, come to ${word('oslo')}.`);
    const messages = alice.read((r) => r.conversations.messages(id, { limit: 10, branches: 'all' }))?.items ?? [];
    const create = messages.find(({ parts }) =>
      parts.some(({ text }) => text?.startsWith('Dear') && text.includes(word('rome'))),
    );
    await home.erase('message', create?.id as string);
    expect(found(alice, ['anna'])).toEqual([]);
    expect(documents().flatMap(({ versions }) => versions)).toMatchObject([
      { op: 'update', problem: expect.any(String) },
    ]);
    await home.bring(file);
    await home.settle();
    expect(found(alice, ['anna'])).toEqual([]);
  });
});
