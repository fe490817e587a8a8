/**
 * Memories by a model: who looks, what of a conversation it has not read yet, and what it found, put beside what rules find. What
 * the person decided, forgot or rejected it does not bring back. Sends nothing and judges no answer.
 */
import type { AcuId } from '@vivim/contract/ids';
import type { MemoryModel } from '@vivim/contract/model-services';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import type { Marks } from '../marks.ts';
import { statement } from '../statement.ts';
import { type FoundMemory, foundId, MemoryFindings, type SaidUnit } from './memory-findings.ts';
import { OutboxWriter } from './outbox.ts';

type Nothing = Record<never, never>;
export type Figures = Omit<MemoryModel, 'service' | 'waiting'>;

const state = statement<Nothing, Figures & { service: string | null }>((db) =>
  db
    .selectFrom('memory_model')
    .select(['service', 'answers', 'invalid', 'proposed', 'kept', 'known', 'unproven', 'malformed'])
    .$castTo<Figures & { service: string | null }>(),
);
const choose = statement<{ service: string | null }>((db, p) =>
  db.updateTable('memory_model').set({ service: p.service }),
);
const count = statement<Figures>(
  (_, p) => sql`
    UPDATE memory_model SET answers = answers + ${p.answers}, invalid = invalid + ${p.invalid},
      proposed = proposed + ${p.proposed}, kept = kept + ${p.kept}, known = known + ${p.known},
      unproven = unproven + ${p.unproven}, malformed = malformed + ${p.malformed}`,
);

/** A unit a person wrote and no model has read. */
export interface UnreadUnit extends SaidUnit {
  readonly unitId: AcuId;
  /** Of its message, as it was read. */
  readonly contentHash: string;
}
const isSaid = sql`a.author_kind = 'human' AND a.state = 'active' AND m.hidden = 0 AND m.on_active_path = 1`;
const unread = statement<{ pk: number; limit: number }, UnreadUnit>(
  (_, p) => sql<UnreadUnit>`
    SELECT a.id AS unitId, a.message_pk AS messagePk, p.ix AS partIndex, p.text AS partText, a.start_ix AS start, a.end_ix AS "end",
      a.type, m.author_name AS authorName, m.created_ms AS atMs, m.content_hash AS contentHash
    FROM message m JOIN acu a ON a.message_pk = m.pk JOIN part p ON p.pk = a.part_pk
    WHERE m.conversation_pk = ${p.pk} AND ${isSaid} AND NOT EXISTS (SELECT 1 FROM model_read r WHERE r.message_pk = m.pk)
    ORDER BY m.seq, a.ordinal LIMIT ${p.limit}`,
);
const authors = statement<{ pk: number }, { name: string | null }>(
  (_, p) => sql<{ name: string | null }>`
    SELECT DISTINCT m.author_name AS name FROM message m JOIN acu a ON a.message_pk = m.pk
    WHERE m.conversation_pk = ${p.pk} AND ${isSaid} LIMIT 3`,
);
const begins = statement<{ pk: number }, { text: string | null }>(
  (_, p) => sql<{ text: string | null }>`
    SELECT p.text FROM message m JOIN acu a ON a.message_pk = m.pk JOIN part p ON p.pk = a.part_pk
    WHERE m.conversation_pk = ${p.pk} AND ${isSaid} ORDER BY m.seq, a.ordinal LIMIT 1`,
);
const isAsItWas = statement<{ pk: number; contentHash: string }, { one: number }>(
  (_, p) => sql<{ one: number }>`
    SELECT 1 AS one FROM message WHERE pk = ${p.pk} AND content_hash = ${p.contentHash} AND hidden = 0`,
);
const markRead = statement<{ pk: number }>(
  (_, p) => sql`INSERT INTO model_read (message_pk) VALUES (${p.pk}) ON CONFLICT DO NOTHING`,
);
const markAll = statement<{ pk: number }>(
  (_, p) => sql`
    INSERT INTO model_read (message_pk) SELECT pk FROM message WHERE conversation_pk = ${p.pk} ON CONFLICT DO NOTHING`,
);
/** The same words already are a rule's evidence for the same kind of thing, or of what the person decided. */
const saysAlready = statement<Pick<FoundMemory, 'messagePk' | 'partIndex' | 'start' | 'end' | 'kind'>, { one: number }>(
  (_, p) => sql<{ one: number }>`
    SELECT 1 AS one FROM memory_evidence e JOIN memory m ON m.pk = e.memory_pk
    WHERE e.message_pk = ${p.messagePk} AND e.place = ${p.partIndex} AND e.start_ix < ${p.end} AND e.end_ix > ${p.start}
      AND ((e.finder = 'rule' AND m.kind = ${p.kind}) OR m.changed_ms IS NOT NULL OR m.settled_ms IS NOT NULL)
    LIMIT 1`,
);
const attributes = statement<{ pks: string }, { attribute: string }>(
  (_, p) => sql<{ attribute: string }>`
    SELECT DISTINCT attribute FROM memory WHERE attribute IS NOT NULL AND pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const unitsUnder = statement<{ pk: number }, { id: string }>(
  (_, p) => sql<{ id: string }>`
    SELECT DISTINCT a.id FROM memory_evidence e JOIN acu a ON a.message_pk = e.message_pk JOIN part p ON p.pk = a.part_pk
    WHERE e.memory_pk = ${p.pk} AND p.ix = CAST(e.place AS INTEGER) AND a.start_ix < e.end_ix AND a.end_ix > e.start_ix`,
);

export class ModelFindingReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Who looks, and what became of what was found; without what waits. */
  state(): Figures & { readonly service: string | null } {
    return state.get(this.connection, {}) as Figures & { service: string | null };
  }

  /** In the order they were said, up to so many. */
  unread(conversationPk: number, limit: number): UnreadUnit[] {
    return unread.all(this.connection, { pk: conversationPk, limit });
  }

  /** Who writes there, and how it begins. */
  about(conversationPk: number): { readonly authors: (string | null)[]; readonly begins: string | undefined } {
    const pk = conversationPk;
    return {
      authors: authors.all(this.connection, { pk }).map(({ name }) => name),
      begins: begins.get(this.connection, { pk })?.text ?? undefined,
    };
  }

  /** Units a memory stands on: what of them is forgotten, no model finds in them again. */
  unitsUnder(memoryPk: number): string[] {
    return unitsUnder.all(this.connection, { pk: memoryPk }).map(({ id }) => id);
  }
}

/** A proposal that was proven, with the unit it stands in and its plain words. */
export interface ProvenMemory extends FoundMemory {
  readonly unitId: AcuId;
  readonly plain: string;
}

export class ModelFindings extends ModelFindingReader {
  choose(service: string | null): void {
    choose.run(this.connection, { service });
  }

  count(figures: Partial<Figures>): void {
    const none: Figures = { answers: 0, invalid: 0, proposed: 0, kept: 0, known: 0, unproven: 0, malformed: 0 };
    count.run(this.connection, { ...none, ...figures });
  }

  /** Nothing of a conversation is for a model. */
  passOver(conversationPk: number): void {
    markAll.run(this.connection, { pk: conversationPk });
  }

  /**
   * What a model found in messages it read. A message that changed meanwhile was not read.
   * @param model what it is called, for the person
   * @returns how many became a memory or evidence of one, and how many were known or are not to come back
   */
  put(
    messages: ReadonlyMap<number, string>,
    found: readonly ProvenMemory[],
    by: { readonly model: string; readonly marks: Marks; readonly nowMs: number },
  ): { readonly kept: number; readonly known: number } {
    const stands = new Set<number>();
    for (const [pk, contentHash] of messages) {
      if (isAsItWas.get(this.connection, { pk, contentHash }) === undefined) continue;
      stands.add(pk);
      markRead.run(this.connection, { pk });
    }
    const there = found.filter(({ messagePk }) => stands.has(messagePk));
    const fresh = there.filter(
      (one) => !isForgotten(by.marks, one) && saysAlready.get(this.connection, one) === undefined,
    );
    const findings = new MemoryFindings(this.connection);
    const touched = findings.citeFromModel(fresh, by.model, by.nowMs);
    const of = attributes.all(this.connection, { pks: JSON.stringify(touched) });
    findings.settle(new Set(touched), new Set(of.map(({ attribute }) => attribute)));
    return { kept: fresh.length, known: there.length - fresh.length };
  }

  /** Have a model look at what it has not read, if one is chosen. */
  queue(conversationPks: readonly number[], nowMs: number): void {
    if (this.state().service !== null)
      new OutboxWriter(this.connection).put('memories_by_model', conversationPks, nowMs);
  }
}

/** Forgotten as it is, in the same words, or out of the very unit it is found in. */
const isForgotten = (marks: Marks, one: ProvenMemory): boolean =>
  marks.any('memory') &&
  (marks.has('memory', foundId(one)) ||
    marks.has('memory', 'plain', one.plain) ||
    marks.has('memory', 'unit', one.unitId));
