/** What comes in line by line, through the proxy, by itself or in an archive is listed too, and the list sums up to the report. */
import type { ImportId } from '@vivim/contract/ids';
import type { ImportRun } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import { describe, expect, it } from 'vitest';
import { jsonArchiveOf } from '../../../../test/kit/archives.ts';
import { newCapture } from '../../../../test/kit/capture.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { entriesOf, tally } from '../../../../test/kit/import-entries.ts';
import { exchangeOf, newRecorder } from '../../../../test/kit/live.ts';
import { newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import { importEntryHandlers } from '../http/import-entries.ts';
import type { UserSpace } from '../space/user-space.ts';
import { growSession } from './grow-session.ts';
import { saveRecord } from './save-record.ts';

const deps = (space: UserSpace) => ({
  space,
  clock: () => 1_790_000_000_000,
  onUnexpected: (error: unknown) => {
    throw error;
  },
});
const verb = () => ({ id: uuidv7(), operation: 'o', requestHash: 'h' });
const line = (session: string, n: number, text: string): Buffer =>
  Buffer.from(
    `${JSON.stringify({ type: 'user', uuid: `${session}-${n}`, parentUuid: n === 0 ? null : `${session}-${n - 1}`, sessionId: session, timestamp: '2026-05-01T10:00:00Z', message: { role: 'user', content: text } })}\n`,
  );
const grow = (space: UserSpace, session: string, from: number, bytes: Buffer) =>
  growSession(
    deps(space),
    {
      key: (session === 'one' ? 'a' : 'b').repeat(64),
      source: 'claude-code',
      fileName: `${session}.jsonl`,
      from,
      bytes,
    },
    verb(),
  );

/** Runs of a space, by the beginning of their names, each with its list; the list says what the report counts. */
function accounted(space: UserSpace, named = ''): Map<string, { run: ImportRun; told: (readonly [string, string])[] }> {
  const { items } = space.read((r) => r.imports.page({ limit: 50 }));
  return new Map(
    items
      .filter(({ fileName }) => fileName.startsWith(named))
      .map((run) => {
        const entries = entriesOf(space, run.id as ImportId);
        expect(tally(entries)).toEqual(run.report.conversations);
        return [run.fileName, { run, told: entries.map(({ place, outcome }) => [place, outcome] as const) }];
      }),
  );
}

describe('the list of what came in', () => {
  it('of logs that grow names each session once, at its file, with the bytes of its newest record', () => {
    const { alice, bob } = twoSpaces();
    const { bytes } = grow(alice, 'one', 0, line('one', 0, 'Is the harbour deep?'));
    grow(alice, 'two', 0, line('two', 0, 'Are pears ripe?'));
    grow(alice, 'one', bytes, line('one', 1, 'How deep?'));
    const day = accounted(alice).get('watched-2026-09-21');
    expect(day?.told).toEqual([
      ['one.jsonl, conversation 1', 'added'],
      ['two.jsonl, conversation 1', 'added'],
    ]);
    const id = day?.run.id as ImportId;
    const [first] = entriesOf(alice, id);
    expect(first?.raw?.bytes).toBe(bytes + line('one', 1, 'How deep?').length);
    const { items } = alice.read((r) => r.whereabouts('one'));
    expect(items).toMatchObject([{ state: 'here', firstImport: { place: 'one.jsonl, conversation 1' } }]);
    const raw = importEntryHandlers({ space: alice }).getImportEntryRaw({ params: { id, entry: first?.id } } as never);
    expect(raw).toMatchObject({ fileName: 'record-1-1.jsonl' });
    expect(bob.read((r) => r.importEntries.page(id, { limit: 9 }))).toBeNull();
    expect(bob.read((r) => r.whereabouts('one')).items).toEqual([]);
  });

  it('of the proxy names each conversation once, however many turns it took', () => {
    const space = newSpace();
    const { keep } = newRecorder(space);
    const ask = { role: 'user', content: 'When do I sow?' } as const;
    keep(exchangeOf('chat', [ask], 'In March.'));
    keep(exchangeOf('chat', [{ role: 'user', content: 'Is it deep?' }], 'It is.'));
    keep(
      exchangeOf(
        'chat',
        [ask, { role: 'assistant', content: 'In March.' }, { role: 'user', content: 'Beans?' }],
        'In May.',
      ),
    );
    const [day] = accounted(space).values();
    expect(day?.told).toEqual([
      ['live, conversation 1', 'added'],
      ['live, conversation 2', 'added'],
    ]);
  });

  it('of notes says which were there already, and which were brought up to date', () => {
    const space = newSpace();
    const note = (content: string) =>
      saveRecord(
        deps(space),
        {
          source: 'generic',
          record: { externalId: content.slice(0, 1), messages: [{ externalId: 'm', role: 'user', content }] },
          path: 'note',
        },
        verb(),
      );
    for (const text of ['Tea', 'Milk', 'Tea and bread', 'Milk']) note(text);
    expect([...accounted(space).values()].map(({ told }) => told)).toEqual([
      [
        ['note, conversation 1', 'added'],
        ['note, conversation 2', 'added'],
      ],
    ]);
  });

  it('of an archive names what came, what was here, and where', async () => {
    const { alice, bob } = twoSpaces();
    const [roof, garden] = [
      dialogue('roof', 'The roof', ['Leaks?', 'Yes.']),
      dialogue('garden', 'The garden', ['Pears?', 'Ripe.']),
    ];
    await newCapture(alice).bring(JSON.stringify([roof, garden]));
    await newCapture(bob).bring(JSON.stringify([roof]));
    const run = await newCapture(bob).bring({ bytes: await jsonArchiveOf(alice), name: 'mine.zip' });
    expect(run.error).toBeNull();
    expect(
      accounted(bob, 'mine')
        .get('mine.zip')
        ?.told.map(([, outcome]) => outcome)
        .sort(),
    ).toEqual(['added', 'unchanged']);
    const { items } = bob.read((r) => r.whereabouts('The garden'));
    expect(items[0]).toMatchObject({
      lastImport: { fileName: 'mine.zip', place: expect.stringMatching(/^conversations\.jsonl, conversation [12]$/) },
    });
  });
});
