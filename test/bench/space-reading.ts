/** Reading and writing inside one space against the bare driver: the same rows, the same cipher, the same questions. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ConversationId } from '@vivim/contract/ids';
import { findByWords } from '@vivim/engine/context/retrieval/keyword';
import { parseQuestion } from '@vivim/engine/context/retrieval/query';
import { databasePath } from '@vivim/engine/space/user-space';
import { type Figure, ms, percentile, timeSync, times } from './measure.ts';
import { encrypted, rawImport, rowByRow } from './raw-sqlite.ts';
import type { FilledSpace } from './space-files.ts';
import { Writer } from './synthetic.ts';

const rounds = 400;
const readsARound = 50;

/** Compares two ways of doing the same, turn by turn, so that a busy machine slows both. */
function paired(one: (round: number) => unknown, other: (round: number) => unknown, count = rounds) {
  const first: number[] = [];
  const second: number[] = [];
  for (let round = -10; round < count; round += 1) {
    const a = timeSync(() => one(Math.abs(round)));
    const b = timeSync(() => other(Math.abs(round)));
    if (round < 0) continue;
    first.push(a);
    second.push(b);
  }
  return { first: percentile(first, 0.5), second: percentile(second, 0.5) };
}

export interface Reading {
  readonly figures: Figure[];
  /** What is asked of other databases too, and how long a space took for it. */
  readonly question: (round: number) => string;
  readonly vivimMs: number;
}

export function benchReading(
  { space, importMs, writingMs }: FilledSpace,
  scratch: string,
  exportPath: string,
): Reading {
  const { directory, keyHex } = space.location;
  const raw = encrypted(databasePath(directory), keyHex);
  const ids = raw.prepare<[], { id: ConversationId }>('SELECT id FROM conversation').all();
  const pick = (round: number, nth: number) => ids[(round * 31 + nth) % ids.length]?.id as ConversationId;

  const rawRow = raw.prepare(
    'SELECT pk, id, content_hash, message_count, last_run_pk, last_outcome FROM conversation WHERE id = ?',
  );
  const many = Array.from({ length: readsARound }, (_, nth) => nth);
  const key = paired(
    (round) => space.read((r) => many.map((nth) => r.conversations.stored(pick(round, nth))).length),
    (round) => raw.transaction(() => many.map((nth) => rawRow.get(pick(round, nth))).length)(),
  );

  const rawPages = [messagesSql, partsSql, citationsSql, siblingsSql].map((text) => raw.prepare<[number]>(text));
  const longest = raw
    .prepare<[], { pk: number; id: ConversationId }>('SELECT pk, id FROM conversation ORDER BY message_count DESC')
    .get();
  if (longest === undefined) throw new Error('The export brought no conversation.');
  const load = paired(
    () => space.read((r) => r.conversations.messages(longest.id, all)?.items.length ?? 0),
    () => raw.transaction(() => rawPages.map((page) => page.all(longest.pk).length))(),
    100,
  );
  raw.close();

  const plain = rawImport(exportPath, join(scratch, 'plain.db'));
  const writer = new Writer(23);
  const words = Array.from({ length: 600 }, () => [writer.word(), writer.word(), writer.word()]);
  const question = (round: number) => (words[round % words.length] ?? ['the']).join(' ');
  const fts = (round: number) => (words[round % words.length] ?? ['the']).map((word) => `"${word}"`).join(' OR ');
  const search = paired(
    (round) => space.read((r) => findByWords(r.words, parseQuestion(question(round)).terms, 20).hits.length),
    (round) => plain.search(fts(round), 20).length,
  );
  plain.close();
  const slow = rowByRow(databasePath(directory), join(scratch, 'rows.db'), keyHex);
  rmSync(join(scratch, 'rows.db'), { force: true });
  return {
    question,
    vivimMs: search.first,
    figures: [
      {
        what: 'one row by its key, inside the engine',
        value: ms(key.first / readsARound),
        raw: ms(key.second / readsARound),
        ratio: times(key.first / key.second),
        goal: '≤ 1.25x',
      },
      {
        what: '2,000 messages as the API shows them (raw: the rows they are made of)',
        value: ms(load.first),
        raw: ms(load.second),
        ratio: times(load.first / load.second),
        goal: '≤ 1.3x',
      },
      {
        what: 'the best 20 of 10,000 messages for three words',
        value: ms(search.first),
        raw: ms(search.second),
        ratio: times(search.first / search.second),
        goal: '≤ 1.15x',
      },
      {
        what: '10,000 messages into the database (raw: the same rows one by one, words by a trigger)',
        value: ms(writingMs),
        raw: ms(slow),
        ratio: times(writingMs / slow),
        goal: '≤ 0.33x',
      },
      { what: 'all of that import, reading and cutting into units included', value: ms(importMs) },
    ],
  };
}

/** What a page of messages needs, asked as plainly as can be. */
const messagesSql = `SELECT m.*, c.id AS conversation_id, parent.id AS parent_id FROM message m
  JOIN conversation c ON c.pk = m.conversation_pk LEFT JOIN message parent ON parent.pk = m.parent_pk
  WHERE m.conversation_pk = ? ORDER BY m.seq`;
const partsSql = `SELECT p.*, a.name, a.size, a.status FROM message m JOIN part p ON p.message_pk = m.pk
  LEFT JOIN attachment a ON a.pk = p.attachment_pk WHERE m.conversation_pk = ? ORDER BY p.message_pk, p.ix`;
const citationsSql = `SELECT c.* FROM message m JOIN part p ON p.message_pk = m.pk JOIN citation c ON c.part_pk = p.pk
  WHERE m.conversation_pk = ?`;
const siblingsSql =
  'SELECT id, parent_pk, sibling_ix FROM message WHERE conversation_pk = ? ORDER BY parent_pk, sibling_ix';

const all = { limit: 2_000, branches: 'all', hidden: true } as const;
