/**
 * What its person keeps out of contexts, and what that comes to: which messages, units and memories. Asked of the few that are at
 * hand, never of the whole space. Erases nothing, and hides nothing from its person.
 */
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { Exclusion, ExclusionKind, ExclusionSubject } from '@vivim/contract/exclusion';
import type { AcuId, ConversationId, EntityId, ExclusionId, MessageId, TopicId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { latestPage } from '../latest-page.ts';
import { derivedId } from '../space-row.ts';
import { statement } from '../statement.ts';
import { BundleWriter } from './bundles.ts';
import { excludedConversation, excludedHeads, excludedMessage, excludedUnit, wordsKeptOut } from './excluded.ts';
import { kindOfId, nameOf } from './exclusion-names.ts';

interface Row {
  readonly pk: number;
  readonly kind: ExclusionKind;
  readonly key: string;
  readonly atMs: number;
}
/** Words of a message, UTF-16 offsets in one of its parts. */
export interface ExcludedSpan {
  readonly messageId: MessageId;
  readonly partIndex: number;
  readonly start: number;
  readonly end: number;
}

interface Pks {
  readonly pks: string;
}

const columns = sql`pk, kind, key, at_ms AS atMs`;
const any = statement<Record<never, never>, { one: number }>(
  () => sql<{ one: number }>`SELECT 1 AS one FROM exclusion LIMIT 1`,
);
const all = statement<Record<never, never>, Row>(() => sql<Row>`SELECT ${columns} FROM exclusion ORDER BY pk`);
const found = statement<{ kind: string; key: string }, Row>(
  (_, p) => sql<Row>`SELECT ${columns} FROM exclusion WHERE kind = ${p.kind} AND key = ${p.key}`,
);
const pageOf = statement<{ kind: string | null; key: string | null; before: number; limit: number }, Row>(
  (_, p) => sql<Row>`
    SELECT ${columns} FROM exclusion WHERE pk < ${p.before} AND (${p.kind} IS NULL OR kind = ${p.kind})
      AND (${p.key} IS NULL OR key = ${p.key}) ORDER BY pk DESC LIMIT ${p.limit}`,
);
const insert = statement<Omit<Row, 'pk'>>(
  (_, p) => sql`
    INSERT OR IGNORE INTO exclusion (kind, key, at_ms, text_key) VALUES (${p.kind}, ${p.key}, ${p.atMs}, (
      SELECT text_key FROM acu WHERE ${p.kind} = 'unit' AND pk = coalesce(
        (SELECT pk FROM acu WHERE id = ${p.key}), (SELECT acu_pk FROM former_acu WHERE id = ${p.key}))))`,
);
const remove = statement<{ pk: number }>((db, p) => db.deleteFrom('exclusion').where('pk', '=', p.pk));
const messages = statement<Pks, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    SELECT m.pk FROM json_each(${p.pks}) j JOIN message m ON m.pk = j.value JOIN conversation c ON c.pk = m.conversation_pk
    WHERE ${excludedMessage}`,
);
const units = statement<Pks, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    SELECT a.pk FROM json_each(${p.pks}) j JOIN acu a ON a.pk = j.value JOIN message m ON m.pk = a.message_pk
      JOIN conversation c ON c.pk = a.conversation_pk
    WHERE ${excludedMessage} OR ${excludedUnit}`,
);
const unitsById = statement<{ ids: string }, { id: AcuId }>(
  (_, p) => sql<{ id: AcuId }>`
    SELECT a.id FROM json_each(${p.ids}) j JOIN acu a ON a.id = j.value JOIN message m ON m.pk = a.message_pk
      JOIN conversation c ON c.pk = a.conversation_pk
    WHERE ${excludedMessage} OR ${excludedUnit}`,
);
const touched = statement<Pks, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    SELECT DISTINCT a.message_pk AS pk FROM json_each(${p.pks}) j JOIN acu a ON a.message_pk = j.value WHERE ${excludedUnit}`,
);
const wholeById = statement<{ ids: string }, { id: MessageId }>(
  (_, p) => sql<{ id: MessageId }>`
    SELECT m.id FROM json_each(${p.ids}) j JOIN message m ON m.id = j.value JOIN conversation c ON c.pk = m.conversation_pk
    WHERE ${excludedMessage}`,
);
const spansById = statement<{ ids: string }, ExcludedSpan>(
  (_, p) => sql<ExcludedSpan>`
    SELECT m.id AS messageId, p.ix AS partIndex, a.start_ix AS start, a.end_ix AS "end"
    FROM json_each(${p.ids}) j JOIN message m ON m.id = j.value JOIN acu a ON a.message_pk = m.pk JOIN part p ON p.pk = a.part_pk
    WHERE ${excludedUnit} ORDER BY m.pk, p.ix, a.start_ix`,
);
/** Each place a memory stands on, and whether that is kept out; one that stands on nothing has no row. */
const evidence = statement<Pks, { pk: number; out: number }>(
  (_, p) => sql<{ pk: number; out: number }>`
    SELECT e.memory_pk AS pk, ${excludedMessage} OR EXISTS (
        SELECT 1 FROM acu a JOIN part p ON p.pk = a.part_pk WHERE a.message_pk = e.message_pk
          AND p.ix = CAST(e.place AS INTEGER) AND a.start_ix < e.end_ix AND a.end_ix > e.start_ix AND ${excludedUnit}) AS "out"
    FROM json_each(${p.pks}) j JOIN memory_evidence e ON e.memory_pk = j.value JOIN message m ON m.pk = e.message_pk
      JOIN conversation c ON c.pk = m.conversation_pk
    UNION ALL SELECT e.memory_pk, EXISTS (SELECT 1 FROM exclusion x WHERE x.kind = 'source' AND x.key = r.source)
    FROM json_each(${p.pks}) j JOIN memory_evidence e ON e.memory_pk = j.value JOIN sidecar_record r ON r.pk = e.record_pk`,
);
const ofProjects = statement<Pks, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    SELECT m.pk FROM json_each(${p.pks}) j JOIN memory m ON m.pk = j.value
    JOIN exclusion x ON x.kind = 'project' AND x.key = m.project_id`,
);
const conversation = statement<{ id: string }, { one: number }>(
  (_, p) => sql<{ one: number }>`SELECT 1 AS one FROM conversation c WHERE c.id = ${p.id} AND ${excludedConversation}`,
);
const byThemselves = statement<{ id: string }, { id: MessageId }>(
  (_, p) => sql<{ id: MessageId }>`
    SELECT m.id FROM conversation c JOIN message m ON m.conversation_pk = c.pk JOIN exclusion x ON x.kind = 'message' AND x.key = m.id
    WHERE c.id = ${p.id} ORDER BY m.seq`,
);
const heads = {
  topic: statement<Record<never, never>, { id: string }>(
    () => sql<{ id: string }>`SELECT id FROM topic WHERE coalesce(head_key, key) IN (${excludedHeads('topic')})`,
  ),
  entity: statement<Record<never, never>, { id: string }>(
    () => sql<{ id: string }>`SELECT id FROM entity WHERE coalesce(head_key, key) IN (${excludedHeads('entity')})`,
  ),
};
const count = statement<Record<never, never>, { n: number }>(
  () => sql<{ n: number }>`
    SELECT coalesce(sum(message_count), 0) + (SELECT count(*) FROM exclusion WHERE kind IN ('message','unit')) AS n
    FROM conversation c WHERE ${excludedConversation}`,
);
/** What keeps a unit or a message out, by whichever of them the id names. */
const over = statement<{ id: string }, Row>(
  (_, p) => sql<Row>`
    SELECT x.pk, x.kind, x.key, x.at_ms AS atMs FROM acu a JOIN message m ON m.pk = a.message_pk
      JOIN conversation c ON c.pk = a.conversation_pk JOIN exclusion x ON
        (x.kind = 'conversation' AND x.key = c.id) OR (x.kind = 'message' AND x.key = m.id) OR (x.kind = 'source' AND x.key = c.source)
        OR (x.kind = 'unit' AND a.text_key IN (${wordsKeptOut}))
        OR (x.kind = 'project' AND EXISTS (
          SELECT 1 FROM project pr WHERE pr.id = x.key AND pr.source = c.source AND pr.external_id = c.project_id))
        OR (x.kind = 'topic' AND EXISTS (SELECT 1 FROM topic_acu u JOIN topic t ON t.pk = u.topic_pk
          WHERE u.acu_pk = a.pk AND coalesce(t.head_key, t.key) = (SELECT coalesce(head_key, key) FROM topic WHERE key = x.key)))
        OR (x.kind = 'entity' AND EXISTS (SELECT 1 FROM entity_acu u JOIN entity t ON t.pk = u.entity_pk
          WHERE u.acu_pk = a.pk AND coalesce(t.head_key, t.key) = (SELECT coalesce(head_key, key) FROM entity WHERE key = x.key)))
    WHERE a.id = ${p.id} OR a.pk = (SELECT acu_pk FROM former_acu WHERE id = ${p.id}) ORDER BY x.pk LIMIT 1`,
);

const pksOf = (rows: readonly { pk: number }[]): Set<number> => new Set(rows.map(({ pk }) => pk));

export class ExclusionReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Whether anything is kept out at all. Asked before anything else: mostly nothing is. */
  any(): boolean {
    return any.get(this.connection, {}) !== undefined;
  }

  /** The latest first. @throws AppError `cursor_invalid` */
  page(options: {
    kind?: ExclusionKind | undefined;
    of?: string | undefined;
    limit: number;
    cursor?: string | undefined;
  }): Page<Exclusion> {
    const { of } = options;
    const about = of === undefined ? null : (options.kind ?? kindOfId(of));
    const kind = about ?? options.kind ?? null;
    const key = of === undefined || about === null ? null : (nameOf(this.connection, { kind: about, of })?.key ?? of);
    return latestPage(
      options,
      (before, limit) => pageOf.all(this.connection, { kind, key, before, limit }),
      (row) => this.shown(row),
    );
  }

  /** Whether what a key names is here. */
  isHere(kind: ExclusionKind, key: string): boolean {
    return nameOf(this.connection, { kind, key }) !== null;
  }

  /** All of them, in the order they were made. */
  all(): Row[] {
    return all.all(this.connection, {});
  }

  /** Those of these messages that are kept out, whole. */
  messages(pks: readonly number[]): Set<number> {
    return this.any() ? pksOf(messages.all(this.connection, { pks: JSON.stringify(pks) })) : new Set();
  }

  /** Those of these units that are kept out, for themselves or with what they belong to. */
  units(pks: readonly number[]): Set<number> {
    return this.any() ? pksOf(units.all(this.connection, { pks: JSON.stringify(pks) })) : new Set();
  }

  /** The same by their ids. */
  unitIds(ids: readonly AcuId[]): Set<AcuId> {
    if (!this.any()) return new Set();
    return new Set(unitsById.all(this.connection, { ids: JSON.stringify(ids) }).map(({ id }) => id));
  }

  /** Those of these messages that hold a unit that is kept out. */
  touched(messagePks: readonly number[]): Set<number> {
    if (!this.any()) return new Set();
    return pksOf(touched.all(this.connection, { pks: JSON.stringify(messagePks) }));
  }

  /** Of these messages: which are kept out whole, and which words of the others are. */
  within(ids: readonly MessageId[]): {
    readonly whole: ReadonlySet<MessageId>;
    readonly spans: readonly ExcludedSpan[];
  } {
    if (!this.any()) return { whole: new Set(), spans: [] };
    const asked = { ids: JSON.stringify(ids) };
    return {
      whole: new Set(wholeById.all(this.connection, asked).map(({ id }) => id)),
      spans: spansById.all(this.connection, asked),
    };
  }

  /** Those of these memories that stand on nothing but what is kept out, or hold in a project that is. */
  memories(pks: readonly number[]): Set<number> {
    if (!this.any()) return new Set();
    const asked = { pks: JSON.stringify(pks) };
    const standing = new Map<number, boolean>();
    for (const { pk, out } of evidence.all(this.connection, asked))
      standing.set(pk, (standing.get(pk) ?? true) && out === 1);
    return new Set([
      ...[...standing].flatMap(([pk, out]) => (out ? [pk] : [])),
      ...ofProjects.all(this.connection, asked).map(({ pk }) => pk),
    ]);
  }

  /** Messages of a conversation that are kept out by themselves. */
  ofMessages(id: ConversationId): MessageId[] {
    return this.any() ? byThemselves.all(this.connection, { id }).map((row) => row.id) : [];
  }

  conversation(id: ConversationId): boolean {
    return this.any() && conversation.get(this.connection, { id }) !== undefined;
  }

  /** Ids of the topics or entities that are kept out, with every way they are written. */
  subjects(kind: 'topic' | 'entity'): Set<TopicId | EntityId> {
    if (!this.any()) return new Set();
    return new Set(heads[kind].all(this.connection, {}).map(({ id }) => id as TopicId | EntityId));
  }

  /** At most how many messages are kept out: so much further a search has to look. */
  count(): number {
    return this.any() ? (count.get(this.connection, {})?.n ?? 0) : 0;
  }

  /** What keeps a unit out, by its id or one it had before; or null. */
  over(acuId: string): Exclusion | null {
    const row = over.get(this.connection, { id: acuId });
    return row === undefined ? null : this.shown(row);
  }

  protected shown({ kind, key, atMs }: Row): Exclusion {
    const id = derivedId(this.connection, 'x', [kind, key]) as ExclusionId;
    const named = nameOf(this.connection, { kind, key });
    return { id, kind, of: named?.of ?? key, name: named?.name ?? null, at: isoTime(atMs) };
  }
}

export class ExclusionWriter extends ExclusionReader {
  /** Again changes nothing. @throws AppError `not_found` */
  make({ kind, of }: ExclusionSubject, nowMs: number): Exclusion {
    const named = nameOf(this.connection, { kind, of });
    if (named === null) throw new AppError('not_found', undefined, { field: 'of' });
    this.put({ kind, key: named.key, atMs: nowMs });
    return this.shown(found.get(this.connection, { kind, key: named.key }) as Row);
  }

  /** One of an archive; one that is here already changes nothing. */
  put(row: Omit<Row, 'pk'>): void {
    insert.run(this.connection, row);
    this.#changed();
  }

  /** @throws AppError `not_found` */
  takeBack(id: ExclusionId): Exclusion {
    const row = this.all().find(({ kind, key }) => derivedId(this.connection, 'x', [kind, key]) === id);
    if (row === undefined) throw new AppError('not_found');
    const shown = this.shown(row);
    this.drop(row.pk);
    return shown;
  }

  drop(pk: number): void {
    remove.run(this.connection, { pk });
    this.#changed();
  }

  /** Whatever stands compiled may hold it, or may hold it again. */
  #changed(): void {
    new BundleWriter(this.connection).markDirty('exclusion', ['']);
  }
}
