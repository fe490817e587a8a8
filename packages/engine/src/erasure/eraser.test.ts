/**
 * Erasing as its owner sees it: a preview changes nothing, a verb that comes again gets its receipt, what was erased is gone
 * from every list, an older file is brought up to the book, and every table is answered for.
 */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@vivim/contract/clock';
import { ErasureNote, ErasureReceipt } from '@vivim/contract/erasure';
import { AppError } from '@vivim/contract/errors';
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newErasing, rawPages, wordsIn } from '../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../test/kit/exports.ts';
import { refusalOf } from '../../../../test/kit/refusals.ts';
import { newLocation, newSpace, twoSpaces } from '../../../../test/kit/spaces.ts';
import { erasureTables } from '../space/stores/erasure-tables.ts';
import { createUserSpace, openUserSpace, type UserSpace } from '../space/user-space.ts';
import { openConnection } from '../sqlite/database.ts';

const garden = dialogue('garden', 'Tomatoes', [
  'When do I sow qztomato in Lisbon?',
  'Sow qztomato in March.',
  'Thanks!',
]);
const ferry = dialogue('ferry', 'Ferries', ['Which ferry goes to qzisland?', 'The one from Peniche goes to qzisland.']);
const exported = JSON.stringify([garden, ferry]);
const conversations = (space: UserSpace) => space.read((r) => r.conversations.page({ limit: 200 })).items;
const idOf = (space: UserSpace, title: string) =>
  conversations(space).find((each) => each.title === title)?.id as ConversationId;
const messages = (space: UserSpace, id: ConversationId) =>
  space.read((r) => r.conversations.messages(id, { limit: 200, branches: 'all' }))?.items ?? [];

async function newHome() {
  const { alice, bob } = twoSpaces();
  const home = newErasing(alice);
  await home.bring(exported);
  await home.settle();
  const bobs = newErasing(bob);
  await bobs.bring(JSON.stringify([garden]));
  return { alice, bob, home };
}

describe('erasing', () => {
  it('previews what would go, and changes nothing', async () => {
    const { alice, home } = await newHome();
    const { version } = alice;
    const receipt = await home.eraser.preview({
      kind: 'conversation',
      ids: [idOf(alice, 'Tomatoes')],
      mentions: 'keep',
    });
    expect(ErasureReceipt.parse(receipt)).toMatchObject({
      id: null,
      erasedAt: null,
      removed: { conversations: 1, messages: 3, records: 1, vectors: 4 },
    });
    expect(alice.version).toBe(version);
    expect(home.book).toEqual([]);
    expect(conversations(alice)).toHaveLength(2);
  });

  it('takes a conversation of one person out of everything, and answers the same wish with the same receipt', async () => {
    const { alice, bob, home } = await newHome();
    const id = idOf(alice, 'Tomatoes');
    const receipt = await home.erase('conversation', id);
    expect(await home.erase('conversation', id)).toEqual(receipt);
    expect(home.book).toHaveLength(1);
    expect(ErasureNote.parse(home.book[0])).toMatchObject({ id: receipt.id, kind: 'conversation', items: 1 });
    expect(alice.read((r) => r.words.frequency('qztomato'))).toBe(0);
    expect(alice.read((r) => r.words.frequency('qzisland'))).toBe(2);
    expect(alice.read((r) => r.erasures.page({ limit: 10 })).items).toEqual([receipt]);
    expect(bob.read((r) => r.words.frequency('qztomato'))).toBe(2);
  });

  it('names nothing of another person, and nothing that is not there', async () => {
    const { bob, alice, home } = await newHome();
    const bobs = newErasing(bob);
    expect(await refusalOf(() => bobs.erase('conversation', idOf(alice, 'Ferries')))).toBe('not_found');
    expect(await refusalOf(() => home.erase('message', `m_${'a'.repeat(32)}`))).toBe('not_found');
    expect(bobs.book).toEqual([]);
  });

  it('erases nothing where the note could not be kept', async () => {
    const { alice, home } = await newHome();
    const id = idOf(alice, 'Tomatoes');
    home.book.push = () => {
      throw new AppError('engine_unavailable');
    };
    expect(await refusalOf(() => home.erase('conversation', id))).toBe('engine_unavailable');
    expect(alice.read((r) => r.words.frequency('qztomato'))).toBe(2);
  });

  it('refuses an import that is under way, and says which backups hold what went', async () => {
    const space = newSpace();
    const home = newErasing(space, { backups: { backups: 2, backupsUntil: 1_800_000_000_000 } });
    await home.bring(exported);
    const waiting = await home.upload({ bytes: JSON.stringify([ferry]), name: 'b.json' });
    expect(await refusalOf(() => home.erase('import', waiting.id))).toBe('space_busy');
    const receipt = await home.erase('conversation', idOf(space, 'Tomatoes'));
    expect(receipt.remaining.map(({ where }) => where)).toEqual(['backups', 'uploads']);
    expect(receipt.backupsExpireBy).toBe('2027-01-15T08:00:00.000Z');
  });

  it('keeps an erased topic away when the same talk comes again', async () => {
    const { alice, home } = await newHome();
    const topics = () => alice.read((r) => r.topics.list({ limit: 200 }, 0)).items;
    const connection = openConnection(join(alice.location.directory, 'user.db'), alice.location);
    onTestFinished(() => void connection.close());
    const { id, key } = connection.prepare('SELECT id, key FROM topic ORDER BY id LIMIT 1').get() as never as {
      id: string;
      key: string;
    };
    await home.erase('topic', id);
    await home.bring(JSON.stringify([dialogue('more', 'Tomatoes', ['When do I sow qztomato?', 'In March.'])]));
    alice.write((w) => w.outbox.put('rollup', [1, 2, 3], 0));
    await home.settle();
    expect(topics().map((topic) => topic.id)).not.toContain(id);
    expect(connection.prepare('SELECT count(*) AS n FROM topic WHERE key = ?').get(key)).toEqual({ n: 0 });
  });
});

describe('an older copy', () => {
  it('is brought up to the book before anything is read, and again when it was let in again', async () => {
    const location = newLocation();
    const first = createUserSpace(location, systemClock);
    const home = newErasing(first);
    await home.bring(exported);
    await home.settle();
    first.emptyLog();
    const path = join(location.directory, 'user.db');
    const older = `${path}.older`;
    copyFileSync(path, older);
    const message = messages(first, idOf(first, 'Ferries'))[1]?.id as MessageId;
    await home.erase('conversation', idOf(first, 'Tomatoes'));
    await home.erase('message', message);
    first.close();
    for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true });
    copyFileSync(older, path);
    rmSync(older);

    const back = openUserSpace(location, systemClock);
    onTestFinished(() => back.close());
    expect(back.read((r) => r.words.frequency('qztomato'))).toBe(2);
    const again = newErasing(back);
    expect(again.eraser.replay(home.book)).toBe(2);
    expect(conversations(back).map(({ title }) => title)).toEqual(['Ferries']);
    expect(messages(back, idOf(back, 'Ferries'))).toHaveLength(1);
    expect(wordsIn(rawPages(location), ['qztomato', 'Peniche'])).toEqual([]);
    // What it has seen it does not do again.
    const { version } = back;
    expect(again.eraser.replay(home.book)).toBe(0);
    expect(back.version).toBe(version);
  });
});

describe('the list of tables', () => {
  it('answers for every table of a real file, and for no other', () => {
    const space = newSpace();
    const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
    onTestFinished(() => void connection.close());
    const rows = connection
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name NOT LIKE '%_words_%' OR sql LIKE 'CREATE VIRTUAL%')",
      )
      .all() as { name: string }[];
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(erasureTables).sort());
  });
});

/** All that can be read of a space, without what depends on when it came. */
function readable(space: UserSpace) {
  const connection = openConnection(join(space.location.directory, 'user.db'), space.location);
  const all = (sql: string) => connection.prepare(sql).all();
  try {
    return {
      counts: { ...space.read((r) => r.counts()), imports: 0, bundles: 0 },
      conversations: all('SELECT id, title, message_count FROM conversation ORDER BY id'),
      messages: all(`SELECT m.id, parent.id AS parent, m.sibling_ix, group_concat(p.text, '|') AS text
        FROM message m LEFT JOIN message parent ON parent.pk = m.parent_pk JOIN part p ON p.message_pk = m.pk
        GROUP BY m.pk ORDER BY m.id`),
      units: all('SELECT id, start_ix, end_ix, type FROM acu ORDER BY id'),
      links: all(`SELECT f.id AS a, l.type, t.id AS b FROM acu_link l JOIN acu f ON f.pk = l.from_pk
        JOIN acu t ON t.pk = l.to_pk WHERE l.type <> 'duplicates' ORDER BY 1, 2, 3`),
      topics: all('SELECT key, label, conversations, messages, acus, strength, visible FROM topic ORDER BY key'),
      entities: all('SELECT key, name, conversations, messages, acus, strength, visible FROM entity ORDER BY key'),
      found: space.read((r) => ['sow', 'harbour', 'lisbon', 'marta'].map((term) => r.words.frequency(term))),
      bundles: all("SELECT kind, label, text FROM bundle WHERE kind <> 'conversation' ORDER BY kind, label"),
    };
  } finally {
    connection.close();
  }
}

const talk = (n: number, without: ReadonlySet<number> = new Set()): object =>
  dialogue(
    `talk-${n}`,
    `Talk ${n} of Marta`,
    [
      `My friend Marta lives in Lisbon ${n}. When do I sow bed ${n}?`,
      `Sow bed ${n} in March; the harbour of Lisbon ${n} is near.`,
      `I decided to use pot ${n}. Marta agreed in Lisbon.`,
    ].filter((_, ix) => !without.has(ix)),
    1_700_000_000 + n * 100_000,
  );
const last = 2;

type Step = { readonly do: 'import' | 'conversation' | 'message' | 'settle'; readonly n: number };
const steps = fc.array(
  fc.record({ do: fc.constantFrom<Step['do']>('import', 'conversation', 'message', 'settle'), n: fc.nat(3) }),
  { minLength: 3, maxLength: 9 },
);

describe('any order of importing, erasing and importing again', () => {
  it('ends as a space that never held what was erased', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const space = newSpace();
        const home = newErasing(space);
        const came = new Set<number>();
        const gone = new Set<number>();
        const cut = new Set<number>();
        const find = (n: number) => idOf(space, `Talk ${n} of Marta`) as ConversationId | undefined;
        for (const { do: what, n } of sequence) {
          const id = find(n);
          if (what === 'import') {
            await home.bring(JSON.stringify([talk(n)]));
            came.add(n);
          } else if (what === 'settle') await home.settle();
          else if (id !== undefined && what === 'conversation') {
            await home.erase('conversation', id);
            gone.add(n);
          } else if (id !== undefined) {
            const found = messages(space, id)[last];
            if (found === undefined) continue;
            await home.erase('message', found.id);
            cut.add(n);
          }
        }
        await home.settle();
        const reference = newSpace();
        const other = newErasing(reference);
        const left = [...came].filter((n) => !gone.has(n)).sort();
        if (left.length > 0) {
          await other.bring(JSON.stringify(left.map((n) => talk(n, cut.has(n) ? new Set([last]) : new Set()))));
        }
        await other.settle();
        expect(readable(space)).toEqual(readable(reference));
      }),
      { numRuns: 12 },
    );
  });
});
