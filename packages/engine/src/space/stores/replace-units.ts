/**
 * Put the units of some messages in place of the ones they had. Keeps the row of a unit whose id stays, so that what
 * refers to it survives; touches no unit of another message except to re-link near-duplicates.
 */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import type { AcuDraft } from '../acu-draft.ts';
import { statement } from '../statement.ts';
import { indexSymbols } from './code-symbols.ts';
import { markMessages } from './mark-messages.ts';

interface Standing {
  pk: number;
  id: string;
  messagePk: number;
  partPk: number;
  ordinal: number;
  start: number;
  end: number;
  type: string;
  language: string | null;
  createdMs: number | null;
  quality: number;
  textKey: string;
}

const unitsOf = statement<{ messages: string }, Standing>(
  (_, p) => sql<Standing>`
    SELECT pk, id, message_pk AS messagePk, part_pk AS partPk, ordinal, start_ix AS start, end_ix AS "end", type,
      language, created_ms AS createdMs, quality, text_key AS textKey
    FROM acu WHERE message_pk IN (SELECT value FROM json_each(${p.messages}))`,
);
const partsOf = statement<{ messages: string }, { pk: number; messagePk: number; ix: number }>(
  (_, p) => sql`
    SELECT pk, message_pk AS messagePk, ix FROM part WHERE message_pk IN (SELECT value FROM json_each(${p.messages}))`,
);
const messagesOf = statement<{ messages: string }, { pk: number; authorKind: string; createdMs: number | null }>(
  (_, p) => sql`
    SELECT pk, author_kind AS authorKind, created_ms AS createdMs FROM message
    WHERE pk IN (SELECT value FROM json_each(${p.messages}))`,
);
type Row = Omit<Standing, 'pk'> & { conversationPk: number; authorKind: string };
const insert = statement<Row>((db, p) =>
  db.insertInto('acu').values({
    id: p.id,
    conversation_pk: p.conversationPk,
    message_pk: p.messagePk,
    part_pk: p.partPk,
    ordinal: p.ordinal,
    start_ix: p.start,
    end_ix: p.end,
    type: p.type,
    author_kind: p.authorKind,
    language: p.language,
    created_ms: p.createdMs,
    quality: p.quality,
    text_key: p.textKey,
  }),
);
const move = statement<Row & { pk: number }>((db, p) =>
  db
    .updateTable('acu')
    .set({
      part_pk: p.partPk,
      ordinal: p.ordinal,
      start_ix: p.start,
      end_ix: p.end,
      type: p.type,
      author_kind: p.authorKind,
      language: p.language,
      created_ms: p.createdMs,
      quality: p.quality,
      text_key: p.textKey,
    })
    .where('pk', '=', p.pk),
);
const removeUnits = statement<{ pks: string }>(
  (_, p) => sql`DELETE FROM acu WHERE pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const rename = statement<{ pk: number; id: string }>((db, p) =>
  db.updateTable('acu').set({ id: p.id }).where('pk', '=', p.pk),
);
const keepId = statement<{ id: string; pk: number }>(
  (_, p) =>
    sql`INSERT INTO former_acu (id, acu_pk) VALUES (${p.id}, ${p.pk}) ON CONFLICT (id) DO UPDATE SET acu_pk = excluded.acu_pk`,
);
const formerOf = statement<{ pks: string }, { id: string; pk: number }>(
  (_, p) => sql<{ id: string; pk: number }>`
    SELECT id, acu_pk AS pk FROM former_acu WHERE acu_pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const removeLinks = statement<{ pks: string }>(
  (_, p) => sql`
    DELETE FROM acu_link WHERE from_pk IN (SELECT value FROM json_each(${p.pks})) AND type <> 'duplicates'`,
);
const link = statement<{ from: number; type: string; to: number; weight: number }>((db, p) =>
  db
    .insertInto('acu_link')
    .values({ from_pk: p.from, type: p.type, to_pk: p.to, weight: p.weight })
    .onConflict((conflict) => conflict.doNothing()),
);
const pkOf = statement<{ id: string }, { pk: number }>((db, p) =>
  db.selectFrom('acu').select('pk').where('id', '=', p.id),
);
const earliestWith = statement<{ key: string }, { pk: number | null }>((db, p) =>
  db
    .selectFrom('acu')
    .select((e) => e.fn.min('pk').as('pk'))
    .where('text_key', '=', p.key),
);
const unlinkDuplicates = statement<{ keys: string }>(
  (_, p) => sql`
    DELETE FROM acu_link WHERE type = 'duplicates' AND weight = 1 AND from_pk IN (
      SELECT pk FROM acu WHERE text_key IN (SELECT value FROM json_each(${p.keys})))`,
);
const relinkDuplicates = statement<{ keys: string }>(
  (_, p) => sql`
    INSERT OR IGNORE INTO acu_link (from_pk, type, to_pk)
    SELECT a.pk, 'duplicates', e.pk
    FROM (SELECT text_key, min(pk) AS pk FROM acu
          WHERE text_key IN (SELECT value FROM json_each(${p.keys})) GROUP BY text_key) e
    JOIN acu a ON a.text_key = e.text_key AND a.pk > e.pk`,
);

const differs = (a: Standing, b: Row): boolean =>
  a.partPk !== b.partPk ||
  a.ordinal !== b.ordinal ||
  a.type !== b.type ||
  a.start !== b.start ||
  a.end !== b.end ||
  a.language !== b.language ||
  a.createdMs !== b.createdMs ||
  a.quality !== b.quality ||
  a.textKey !== b.textKey;

/**
 * See `AcuWriter.replaceForMessages` and `AcuWriter.recut`. A draft whose part does not exist is a fault of the caller and throws.
 */
export function replaceUnits(
  connection: Connection,
  conversationPk: number,
  drafts: ReadonlyMap<number, readonly AcuDraft[]>,
  recut = false,
): number {
  const messages = JSON.stringify([...drafts.keys()]);
  const before = new Map(unitsOf.all(connection, { messages }).map((row) => [row.id, row]));
  const parts = new Map(partsOf.all(connection, { messages }).map((row) => [`${row.messagePk}:${row.ix}`, row.pk]));
  const authors = new Map(messagesOf.all(connection, { messages }).map((row) => [row.pk, row]));
  const pks = new Map<string, number>();
  const kept: number[] = [];
  const changedKeys = new Set<string>();
  const changedMessages = new Set<number>();

  // Rows that go leave first, so that "the earliest with this text" is never one of them.
  const staying = new Set([...drafts.values()].flatMap((units) => units.map((unit) => unit.id as string)));
  if (recut) for (const pk of renameSame(connection, before, drafts, staying)) changedMessages.add(pk);
  const gone = [...before.values()].filter((row) => !staying.has(row.id));
  const former = recut ? formerIds(connection, gone) : [];
  if (gone.length > 0) removeUnits.run(connection, { pks: JSON.stringify(gone.map((row) => row.pk)) });
  for (const row of gone) {
    changedKeys.add(row.textKey);
    changedMessages.add(row.messagePk);
  }

  for (const [messagePk, units] of drafts) {
    const author = authors.get(messagePk);
    if (author === undefined && units.length > 0)
      throw new Error(`Units for message ${messagePk}, which is not there.`);
    for (const unit of units) {
      const partPk = parts.get(`${messagePk}:${unit.partIndex}`);
      if (partPk === undefined)
        throw new Error(`A unit of part ${unit.partIndex}, which message ${messagePk} has not.`);
      const row: Row = {
        id: unit.id,
        conversationPk,
        messagePk,
        partPk,
        ordinal: unit.ordinal,
        start: unit.start,
        end: unit.end,
        type: unit.type,
        authorKind: author?.authorKind ?? '',
        language: unit.language,
        createdMs: author?.createdMs ?? null,
        quality: unit.quality,
        textKey: unit.textKey,
      };
      const old = before.get(unit.id);
      if (old !== undefined) {
        if (differs(old, row)) {
          move.run(connection, { ...row, pk: old.pk });
          changedMessages.add(messagePk);
          if (old.textKey !== row.textKey) changedKeys.add(old.textKey).add(row.textKey);
        }
        pks.set(unit.id, old.pk);
        kept.push(old.pk);
        continue;
      }
      changedMessages.add(messagePk);
      const earliest = earliestWith.get(connection, { key: row.textKey })?.pk ?? null;
      const pk = insert.run(connection, row).lastInsertRowid;
      pks.set(unit.id, pk);
      if (earliest !== null) link.run(connection, { from: pk, type: 'duplicates', to: earliest, weight: 1 });
    }
  }

  for (const { id, row } of former) {
    const heir = heirOf(row, drafts.get(row.messagePk) ?? [], parts);
    const pk = heir === undefined ? undefined : pks.get(heir.id);
    if (pk !== undefined) keepId.run(connection, { id, pk });
  }
  if (kept.length > 0) removeLinks.run(connection, { pks: JSON.stringify(kept) });
  for (const units of drafts.values()) {
    for (const unit of units) {
      const from = pks.get(unit.id);
      for (const { type, to, weight } of unit.links) {
        const target = pks.get(to) ?? pkOf.get(connection, { id: to })?.pk;
        if (from !== undefined && target !== undefined) link.run(connection, { from, type, to: target, weight });
      }
    }
  }
  if (changedKeys.size > 0) {
    const keys = JSON.stringify([...changedKeys]);
    unlinkDuplicates.run(connection, { keys });
    relinkDuplicates.run(connection, { keys });
  }
  if ([...drafts.values()].some((units) => units.some(({ type }) => type === 'code')))
    indexSymbols(connection, messages);
  markMessages(connection, conversationPk, changedMessages);
  return pks.size;
}

/** A unit that is the same text at the same place under another id keeps its row, and its old id finds it. @returns their messages */
function renameSame(
  connection: Connection,
  before: Map<string, Standing>,
  drafts: ReadonlyMap<number, readonly AcuDraft[]>,
  staying: ReadonlySet<string>,
): number[] {
  const messages: number[] = [];
  const free = new Map(
    [...before.values()].filter((row) => !staying.has(row.id)).map((row) => [spanKey(row.messagePk, row), row]),
  );
  for (const [messagePk, units] of drafts) {
    for (const unit of units) {
      const row = before.has(unit.id) ? undefined : free.get(spanKey(messagePk, unit));
      if (row === undefined) continue;
      rename.run(connection, { pk: row.pk, id: unit.id });
      keepId.run(connection, { id: row.id, pk: row.pk });
      before.delete(row.id);
      before.set(unit.id, { ...row, id: unit.id });
      messages.push(messagePk);
    }
  }
  return messages;
}

const spanKey = (messagePk: number, unit: { start: number; end: number; textKey: string }): string =>
  `${messagePk} ${unit.start} ${unit.end} ${unit.textKey}`;

/** The ids of rows that go, and those that led to them. */
function formerIds(connection: Connection, gone: readonly Standing[]): { id: string; row: Standing }[] {
  const rows = new Map(gone.map((row) => [row.pk, row]));
  const older = formerOf.all(connection, { pks: JSON.stringify([...rows.keys()]) });
  const own = gone.map((row) => ({ id: row.id, row }));
  return [...own, ...older.flatMap(({ id, pk }) => ({ id, row: rows.get(pk) as Standing }))];
}

/** The unit that says most of what another said. */
function heirOf(row: Standing, units: readonly AcuDraft[], parts: ReadonlyMap<string, number>): AcuDraft | undefined {
  const shared = (unit: AcuDraft): number =>
    parts.get(`${row.messagePk}:${unit.partIndex}`) === row.partPk
      ? Math.min(row.end, unit.end) - Math.max(row.start, unit.start)
      : 0;
  return units.filter((unit) => shared(unit) > 0).sort((a, b) => shared(b) - shared(a))[0];
}
