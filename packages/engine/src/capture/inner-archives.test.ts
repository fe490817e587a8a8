/** An export that lies as a zip among other files comes in as the export it is; what is empty or no export is named with why. */
import { expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../test/kit/zip-builder.ts';
import type { UserSpace } from '../space/user-space.ts';

const talk = (id: string, title: string) => JSON.stringify([dialogue(id, title, ['When?', 'In March.'])]);
const claude = JSON.stringify([
  {
    uuid: '11111111-2222-4333-8444-555555555555',
    name: 'Olives',
    chat_messages: [{ uuid: '11111111-2222-4333-8444-666666666666', sender: 'human', text: 'How?', content: [] }],
  },
]);
const exported = zipOf([
  { name: 'conversations.json', bytes: claude },
  { name: 'users.json', bytes: '[{"uuid":"u","full_name":"A","email_address":"a@example.org"}]' },
]);
const nested = (depth: number, bytes: Buffer): Buffer =>
  depth === 0 ? bytes : nested(depth - 1, zipOf([{ name: 'n.zip', bytes }]));
const titles = (space: UserSpace) =>
  space
    .read((r) => r.conversations.page({ limit: 50 }))
    .items.map(({ title, source }) => `${source} ${title}`)
    .sort();

it.each([0, 8])('a zip beside readable files is imported as the export it is (packed by method %i)', async (method) => {
  const { alice, bob } = twoSpaces();
  const folder = zipOf([
    { name: 'a/talk.json', bytes: talk('talk', 'Tomatoes') },
    { name: 'a/claude.zip', bytes: exported, method },
    { name: 'photo.png', bytes: 'png' },
  ]);
  const run = await newCapture(alice).bring({ bytes: folder, name: 'folder.zip' });
  expect(run).toMatchObject({ state: 'done', error: null });
  expect(titles(alice)).toEqual(['chatgpt Tomatoes', 'claude Olives']);
  expect(run.report.files.stored).toBe(1);
  const entries = alice.read((r) => r.importEntries.page(run.id, { limit: 9 }))?.items;
  expect(entries?.map(({ place, source }) => [place, source])).toEqual([
    ['a/talk.json, conversation 1', 'chatgpt'],
    ['a/claude.zip/conversations.json, conversation 1', 'claude'],
  ]);
  // The account of the inner export is that of its conversations: the same export alone changes nothing.
  const again = await newCapture(alice).bring({ bytes: exported, name: 'claude.zip' });
  expect(again.report.conversations).toMatchObject({ added: 0, unchanged: 1 });
  const deep = zipOf([
    { name: 'only.zip', bytes: folder },
    { name: 'b.png', bytes: 'png' },
  ]);
  await newCapture(bob).bring({ bytes: deep, name: 'two deep.zip' });
  expect(titles(bob)).toEqual(titles(alice));
});

it('a zip that is nothing but another zip comes in, however it is wrapped', async () => {
  const { alice, bob } = twoSpaces();
  const wrapped = zipOf([{ name: 'claude.zip', bytes: exported }]);
  const run = await newCapture(alice).bring({ bytes: wrapped, name: 'wrapped.zip' });
  expect(run).toMatchObject({
    state: 'done',
    detected: { source: 'claude', why: expect.stringContaining('claude.zip') },
  });
  expect([titles(alice), titles(bob)]).toEqual([['claude Olives'], []]);
  // As it would be without the wrapping: nothing new.
  const plain = await newCapture(alice).bring({ bytes: exported, name: 'claude.zip' });
  expect(plain.report.conversations).toMatchObject({ added: 0, unchanged: 1 });
});

it.each([
  ['too many wrappings', () => nested(4, exported), 'import_too_large', /3 archives deep, the limit/],
  ['an archive that is none', () => Buffer.from('PK no'), 'import_format_unknown', /holds another archive, inner\.zip/],
  ['pictures', () => zipOf([{ name: 'a.png', bytes: 'png' }]), 'import_format_unknown', /It holds a\.png/],
] as const)('a wrapping around %s is refused in words that say what is in it', async (_, inner, code, detail) => {
  const { alice, bob } = twoSpaces();
  const run = await newCapture(alice).bring({ bytes: zipOf([{ name: 'inner.zip', bytes: inner() }]), name: 'w.zip' });
  expect(run.error).toMatchObject({ code, detail: expect.stringMatching(detail) });
  expect([titles(alice), titles(bob)]).toEqual([[], []]);
});

it('a zip that is no export, one that is damaged and one too deep are named, and the rest comes in', async () => {
  const { alice } = twoSpaces();
  const nest = (depth: number): Buffer =>
    depth === 0
      ? zipOf([{ name: 't.json', bytes: talk('deep', 'Deep') }])
      : zipOf([{ name: 'n.zip', bytes: nest(depth - 1) }]);
  const bomb = zipOf([{ name: 'bomb.json', bytes: `[${' '.repeat(9 * 1024 ** 2)}` }]);
  const run = await newCapture(alice).bring({
    bytes: zipOf([
      { name: 'talk.json', bytes: talk('talk', 'Tomatoes') },
      { name: 'photos.zip', bytes: zipOf([{ name: 'a.png', bytes: 'png' }]) },
      { name: 'broken.zip', bytes: 'PK no' },
      { name: 'bomb.zip', bytes: bomb },
      { name: 'deep.zip', bytes: nest(2) },
    ]),
    name: 'folder.zip',
  });
  expect(run.state).toBe('done');
  expect(titles(alice)).toEqual(['chatgpt Tomatoes']);
  const told = run.report.issues.filter(({ code }) => code === 'archive_not_imported');
  expect(told.map(({ path }) => path).sort()).toEqual(['bomb.zip', 'broken.zip', 'deep.zip', 'photos.zip']);
  expect(told.find(({ path }) => path === 'bomb.zip')?.detail).toContain('may be a bomb');
});

it('empty files of a folder are named with why; those every export of an account has are not', async () => {
  const { alice, bob } = twoSpaces();
  const empties = [
    { name: 'list.json', bytes: '[]' },
    { name: 'thing.json', bytes: '{}' },
    { name: 'notes.txt', bytes: '' },
  ];
  const run = await newCapture(alice).bring({
    bytes: zipOf([{ name: 'talk.json', bytes: talk('talk', 'Tomatoes') }, ...empties]),
    name: 'folder.zip',
  });
  const named = run.report.issues.filter(({ code }) => code === 'entry_empty').map(({ path }) => path);
  expect(named.sort()).toEqual(['list.json', 'notes.txt', 'thing.json']);
  const account = await newCapture(bob).bring({
    bytes: zipOf([
      { name: 'conversations.json', bytes: claude },
      { name: 'users.json', bytes: '[{"uuid":"u","full_name":"A","email_address":"a@example.org"}]' },
      { name: 'projects.json', bytes: '[]' },
    ]),
    name: 'claude.zip',
  });
  expect(account.report.issues).toEqual([]);
});

it('an archive of the archives of an export is what its conversations are, whatever lies beside them', async () => {
  const { alice, bob } = twoSpaces();
  const all = zipOf([
    { name: 'users.json', bytes: '[{"uuid":"u","full_name":"A","email_address":"a@example.org"}]' },
    { name: 'conversations-000.zip', bytes: zipOf([{ name: 'conversations.json', bytes: claude }]) },
  ]);
  const run = await newCapture(alice).bring({ bytes: all, name: 'all.zip' });
  expect(run.detected).toMatchObject({
    source: 'claude',
    confidence: 0.99,
    why: expect.stringContaining('chat_messages'),
  });
  expect(titles(alice)).toEqual(['claude Olives']);
  expect(titles(bob)).toEqual([]);
});
