/** One file of many that breaks off is left there and named; the others come in, and nothing is taken for gone because of it. */
import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { account, claudeExport, inProject } from '../../../../test/kit/claude-export.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { entriesOf, tally } from '../../../../test/kit/import-entries.ts';
import { sourceSeeds } from '../../../../test/kit/source-seeds.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../test/kit/zip-builder.ts';

const many = (name: string) =>
  JSON.stringify([1, 2, 3].map((n) => dialogue(`${name}${n}`, `${name} ${n}`, ['Hi', 'Hello'])));
const cut = (text: string) => text.slice(0, -40);

describe('a folder in which one file breaks off', () => {
  it.each([
    [
      'first',
      [
        { name: 'a.json', bytes: cut(many('a')) },
        { name: 'b.json', bytes: many('b') },
      ],
    ],
    [
      'last',
      [
        { name: 'a.json', bytes: many('a') },
        { name: 'b.json', bytes: cut(many('b')) },
      ],
    ],
    [
      'in an archive',
      [
        { name: 'a.json', bytes: many('a') },
        { name: 'b.zip', bytes: zipOf([{ name: 'conversations.json', bytes: cut(many('b')) }]) },
      ],
    ],
  ])('comes in without the rest of it: %s', async (_, entries) => {
    const { alice, bob } = twoSpaces();
    const run = await newCapture(alice).bring({ bytes: zipOf(entries), name: 'folder.zip' });
    expect(run).toMatchObject({ state: 'done', report: { conversations: { added: 5, skipped: 1 } } });
    expect(run.report.issues).toMatchObject([
      { severity: 'skipped', code: 'conversation_broken_off', detail: expect.stringContaining('entry 3') },
    ]);
    expect(tally(entriesOf(alice, run.id))).toEqual(run.report.conversations);
    expect(bob.read((r) => r.counts())).toMatchObject({ conversations: 0 });
  });

  it('comes in around a database that is damaged further in', async () => {
    const { alice } = twoSpaces();
    const database = Buffer.from(sourceSeeds.llm);
    database.fill(0xff, 4096 + 8, Math.min(database.length, 3 * 4096));
    const entries = [
      { name: 'logs.db', bytes: database },
      { name: 'a.json', bytes: many('a') },
    ];
    const run = await newCapture(alice).bring({ bytes: zipOf(entries), name: 'folder.zip' });
    expect(run.state).toBe('done');
    expect(run.report.conversations.added).toBe(3);
    expect(run.report.issues).toHaveLength(1);
  });
});

it.each([
  ['is whole', (text: string) => text, 1],
  ['breaks off', cut, 0],
])('where a file of a later export %s, what it lacks is judged by that', async (_, spoilt, gone) => {
  const { alice } = twoSpaces();
  const talk = (n: number) => inProject(`c0000000-0000-4000-8000-00000000000${n}`, `Begin ${n}.`);
  const at = new Date('2026-03-01T00:00:00Z');
  const file = (name: string, bytes: string) => ({ name, bytes, at });
  const later = zipOf([
    file('conversations.json', JSON.stringify([talk(1)])),
    file('more/conversations.json', spoilt(JSON.stringify([talk(2), talk(4)]))),
    file('users.json', JSON.stringify([{ uuid: account, full_name: 'Test', email_address: 'test@example.org' }])),
  ]);
  const capture = newCapture(alice);
  await capture.bring({ bytes: claudeExport({ conversations: [talk(1), talk(2), talk(3)] }), name: 'first.zip' });
  const run = await capture.bring({ bytes: later, name: 'second.zip' });
  expect(run.state).toBe('done');
  const { items } = alice.read((r) => r.conversations.page({ limit: 50 }));
  expect(items.filter(({ deletedInSourceAt }) => deletedInSourceAt !== null)).toHaveLength(gone);
});
