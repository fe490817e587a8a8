/** Every record of a file has one entry that says what became of it, and no entry tells of what was erased. */
import { ImportEntry } from '@vivim/contract/imports';
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { newErasing, rawPages, wordsIn } from '../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { entriesOf, tally } from '../../../../test/kit/import-entries.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../test/kit/zip-builder.ts';

const harbour = dialogue('harbour', 'The harbour', ['Is it deep?', 'It is.']);
const orchard = dialogue('orchard', 'The orchard', ['Are pears ripe?', 'In March.']);
const grown = dialogue('harbour', 'The harbour', ['Is it deep?', 'It is.', 'How deep?']);
const broken = { id: 'broken', title: 'The broken one' };
const shards = (...files: object[][]) =>
  zipOf(files.map((list, ix) => ({ name: `conversations-00${ix}.json`, bytes: JSON.stringify(list) })));
const told = (entries: readonly ImportEntry[]) => entries.map(({ place, outcome, title }) => [place, outcome, title]);

describe('the entries of an import', () => {
  it('say of every record where it stood and what became of it, and sum up to the report', async () => {
    const { alice, bob } = twoSpaces();
    const capture = newCapture(alice);
    const run = await capture.bring({ bytes: shards([harbour, broken], [orchard, harbour]), name: 'a.zip' });
    const entries = entriesOf(alice, run.id);
    expect(told(entries)).toEqual([
      ['conversations-000.json, conversation 1', 'added', 'The harbour'],
      ['conversations-000.json, conversation 2', 'skipped', 'The broken one'],
      ['conversations-001.json, conversation 1', 'added', 'The orchard'],
      ['conversations-001.json, conversation 2', 'again', 'The harbour'],
    ]);
    for (const entry of entries) expect(ImportEntry.parse(entry)).toEqual(entry);
    expect(tally(entries)).toEqual(run.report.conversations);
    expect(entries[1]).toMatchObject({ id: '1-2', raw: null, conversationId: null, issues: [{ entry: '1-2' }] });
    expect(entriesOf(alice, run.id, 'skipped')).toEqual([entries[1]]);
    expect(run.report.issues.filter(({ code }) => code === 'conversations_again')).toMatchObject([
      { severity: 'note', path: 'a.zip', detail: expect.stringMatching(/^One record of the file is /) },
    ]);
    expect(bob.read((r) => r.importEntries.page(run.id, { limit: 9 }))).toBeNull();
  });

  it('name a conversation once that a file changes twice, as the report counts it', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    await capture.bring(JSON.stringify([harbour]));
    const run = await capture.bring({ bytes: shards([harbour], [grown]), name: 'b.zip' });
    const entries = entriesOf(space, run.id);
    expect(entries.map(({ outcome }) => outcome)).toEqual(['updated', 'again']);
    expect(tally(entries)).toEqual(run.report.conversations);
  });

  it('of the very same file again say that all of it is there, with its issues and bytes', async () => {
    const space = newSpace();
    const capture = newCapture(space);
    const file = { bytes: shards([harbour, broken, orchard]), name: 'a.zip' };
    const first = await capture.bring(file);
    const second = await capture.bring(file);
    expect(second.sameFileAs).toBe(first.id);
    const entries = entriesOf(space, second.id);
    expect(entries.map(({ outcome }) => outcome)).toEqual(['unchanged', 'skipped', 'unchanged']);
    expect(tally(entries)).toEqual(second.report.conversations);
    expect(entries[1]?.issues).toHaveLength(1);
    expect(entries[0]?.raw?.bytes).toBe(JSON.stringify(harbour).length);
  });

  it('lead to the bytes of exactly that record', async () => {
    const { alice, bob } = twoSpaces();
    const [one, other] = [newCapture(alice), newCapture(bob)];
    const first = await one.bring(JSON.stringify([harbour]));
    const second = await one.bring(JSON.stringify([orchard, grown]));
    await other.bring(JSON.stringify([harbour]));
    const raw = (run: typeof first, ix: number) => {
      const entry = entriesOf(alice, run.id)[ix];
      if (entry === undefined) throw new Error('There is no such entry.');
      expect(bob.read((r) => r.importEntries.bytes(run.id, entry.id))).toBeNull();
      return alice.read((r) => r.importEntries.bytes(run.id, entry.id))?.size;
    };
    expect(raw(first, 0)).toBe(JSON.stringify(harbour).length);
    expect(raw(second, 1)).toBe(JSON.stringify(grown).length);
  });
});

describe('a conversation that is erased', () => {
  const named = (title: string, file: string) => ({
    name: `notes/${file}.md`,
    bytes: `# ${title}\n\n## User\n\nWhat of ${title}?\n\n## Assistant\n\nIt is well.\n`,
  });
  const archive = zipOf([named('Quillfeather', 'Quillfeather'), named('Brindlecombe', 'Brindlecombe')]);

  it('leaves its place and what became of it, and no name, title or bytes, whoever else has it', async () => {
    const { alice, bob } = twoSpaces();
    const [hers, his] = [newErasing(alice), newErasing(bob)];
    const run = await hers.bring({ bytes: archive, name: 'notes.zip' });
    const theirs = await his.bring({ bytes: archive, name: 'notes.zip' });
    await hers.settle();
    const gone = entriesOf(alice, run.id).find(({ title }) => title === 'Quillfeather');
    if (!gone?.conversationId) throw new Error('It did not come in.');
    expect(gone).toMatchObject({ place: expect.stringContaining('Quillfeather'), erased: false });
    await hers.erase('conversation', gone.conversationId);
    const left = entriesOf(alice, run.id);
    expect(left.find(({ id }) => id === gone.id)).toMatchObject({
      place: expect.stringMatching(/^file \d, conversation 1$/),
      outcome: 'added',
      erased: true,
      conversationId: null,
      externalId: null,
      title: null,
      raw: null,
    });
    expect(JSON.stringify(left)).not.toContain('Quillfeather');
    expect(JSON.stringify(left)).toContain('Brindlecombe');
    expect(wordsIn(rawPages(alice.location), ['Quillfeather'])).toEqual([]);
    expect(JSON.stringify(entriesOf(bob, theirs.id))).toContain('Quillfeather');
  });

  it('and comes again is told by its place alone', async () => {
    const { alice } = twoSpaces();
    const hers = newErasing(alice);
    const run = await hers.bring({ bytes: archive, name: 'notes.zip' });
    await hers.settle();
    const gone = entriesOf(alice, run.id).find(({ title }) => title === 'Quillfeather');
    if (!gone?.conversationId) throw new Error('It did not come in.');
    await hers.erase('conversation', gone.conversationId);
    const again = await hers.bring({ bytes: archive, name: 'notes.zip' });
    const entries = entriesOf(alice, again.id);
    expect(entries.map(({ outcome }) => outcome).sort()).toEqual(['skipped', 'unchanged']);
    expect(JSON.stringify(entries)).not.toContain('Quillfeather');
    expect(wordsIn(rawPages(alice.location), ['Quillfeather'])).toEqual([]);
  });

  it('goes with its whole import, entries and all', async () => {
    const { alice } = twoSpaces();
    const hers = newErasing(alice);
    const run = await hers.bring({ bytes: archive, name: 'notes.zip' });
    const later = await hers.bring(JSON.stringify([orchard]));
    await hers.settle();
    await hers.erase('import', run.id);
    expect(alice.read((r) => r.importEntries.page(run.id, { limit: 9 }))?.items ?? []).toEqual([]);
    expect(entriesOf(alice, later.id)).toHaveLength(1);
    expect(wordsIn(rawPages(alice.location), ['Quillfeather', 'Brindlecombe'])).toEqual([]);
  });
});
