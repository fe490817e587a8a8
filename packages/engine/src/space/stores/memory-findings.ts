/**
 * Memories that are found in what a person said: those of rules are put for a conversation at a time, and settled. Which of them hold, since when and
 * how surely is a function of the evidence there is, whatever order it came in. What the person decided stays as they decided it.
 */
import type { AcuType } from '@vivim/contract/acu';
import type { MemoryId } from '@vivim/contract/ids';
import { type MemoryKind, memoryKinds } from '@vivim/contract/memory';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { contentId } from '../hash.ts';
import { statement } from '../statement.ts';
import { BundleWriter } from './bundles.ts';
import { indexWords } from './memories.ts';
import { reviewAt } from './memory-reviews.ts';
import { isFound, type MemoryStanding, settledStates } from './memory-settling.ts';

export interface FoundMemory {
  readonly kind: MemoryKind;
  /** As it is shown. */
  readonly text: string;
  /** Equal for what says the same. */
  readonly key: string;
  readonly attribute: string | null;
  readonly value: string | null;
  readonly applies: string | null;
  /** 0–1: how sure one saying of it is. */
  readonly confidence: number;
  readonly messagePk: number;
  readonly partIndex: number;
  readonly start: number;
  readonly end: number;
  /** ms UTC; null where the source did not say. */
  readonly atMs: number | null;
  /** When it held, where the words say so; with an end it is over. ms UTC. */
  readonly heldFromMs?: number | null;
  readonly heldToMs?: number | null;
}

/** Who found it: each takes back its own. */
export type Finder = 'rule' | 'model';

/** The same statement, found again anywhere, is the same memory. */
export const foundId = ({ kind, attribute, key }: Pick<FoundMemory, 'kind' | 'attribute' | 'key'>): MemoryId =>
  contentId('k', ['rule', kind, attribute ?? '', key]) as MemoryId;

const touchedBy = statement<{ pk: number }, { pk: number; attribute: string | null }>(
  (_, p) => sql<{ pk: number; attribute: string | null }>`
    SELECT DISTINCT m.pk, m.attribute FROM message g JOIN memory_evidence e ON e.message_pk = g.pk
      JOIN memory m ON m.pk = e.memory_pk WHERE g.conversation_pk = ${p.pk} AND e.finder = 'rule'`,
);
/** What the person decided keeps what it stands on. */
const dropEvidence = statement<{ pk: number }>(
  (_, p) => sql`
    DELETE FROM memory_evidence WHERE message_pk IN (SELECT pk FROM message WHERE conversation_pk = ${p.pk})
      AND finder = 'rule' AND memory_pk IN (SELECT pk FROM memory WHERE changed_ms IS NULL AND settled_ms IS NULL)`,
);
const insert = statement<
  Pick<FoundMemory, 'kind' | 'text' | 'attribute' | 'value' | 'applies' | 'confidence'> & {
    id: string;
    learnt: number;
    finder: Finder;
    what: string;
  },
  { pk: number }
>(
  (_, p) => sql<{ pk: number }>`
    INSERT INTO memory (id, kind, text, origin, what, attribute, value, applies, confidence, learnt_ms, state)
    VALUES (${p.id}, ${p.kind}, ${p.text}, ${p.finder}, ${p.what}, ${p.attribute}, ${p.value}, ${p.applies}, ${p.confidence},
      ${p.learnt}, 'candidate')
    ON CONFLICT (id) DO NOTHING RETURNING pk`,
);
/** Itself, or the memory it became one with. */
const target = statement<{ id: string }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`SELECT coalesce(merged_pk, pk) AS pk FROM memory WHERE id = ${p.id}`,
);
const cite = statement<
  Omit<FoundMemory, 'kind' | 'text' | 'key' | 'attribute' | 'value' | 'applies'> & { memoryPk: number; finder: Finder }
>(
  // What a rule finds where a model did is the rule's.
  (_, p) => sql`
    INSERT INTO memory_evidence (memory_pk, message_pk, place, start_ix, end_ix, at_ms, weight, finder, held_from_ms, held_to_ms)
    VALUES (${p.memoryPk}, ${p.messagePk}, ${p.partIndex}, ${p.start}, ${p.end}, ${p.atMs}, ${p.confidence}, ${p.finder},
      ${p.heldFromMs ?? null}, ${p.heldToMs ?? null})
    ON CONFLICT (message_pk, memory_pk, place, start_ix) WHERE message_pk IS NOT NULL DO UPDATE SET
      end_ix = excluded.end_ix, at_ms = excluded.at_ms, weight = excluded.weight, finder = 'rule',
      held_from_ms = NULL, held_to_ms = NULL WHERE excluded.finder = 'rule'`,
);
const evidenceOf = statement<{ pk: number }, { weight: number; atMs: number | null; message: number | null }>(
  (_, p) => sql<{ weight: number; atMs: number | null; message: number | null }>`
    SELECT max(weight) AS weight, min(at_ms) AS atMs, message_pk AS message FROM memory_evidence WHERE memory_pk = ${p.pk}
    GROUP BY message_pk, record_pk`,
);
const standingOf = `m.pk, m.kind, m.value, m.confidence, m.state, m.origin, m.learnt_ms AS learntMs, m.merged_pk AS mergedPk,
  coalesce(m.settled_ms, m.changed_ms) AS decidedMs,
  (SELECT min(at_ms) FROM memory_evidence e WHERE e.memory_pk = m.pk) AS firstMs,
  (SELECT min(held_from_ms) FROM memory_evidence e WHERE e.memory_pk = m.pk) AS heldFromMs,
  (SELECT CASE WHEN count(*) = count(held_to_ms) THEN max(held_to_ms) END FROM memory_evidence e WHERE e.memory_pk = m.pk) AS heldToMs,
  (SELECT CASE WHEN count(*) = count(at_ms) THEN max(at_ms) END FROM memory_evidence e WHERE e.memory_pk = m.pk) AS lastMs`;
const ofAttribute = statement<{ attribute: string }, MemoryStanding>(
  (_, p) =>
    sql<MemoryStanding>`SELECT ${sql.raw(standingOf)} FROM memory m WHERE m.attribute = ${p.attribute} ORDER BY m.id`,
);
const one = statement<{ pk: number }, MemoryStanding & { attribute: string | null }>(
  (_, p) => sql<MemoryStanding & { attribute: string | null }>`
    SELECT ${sql.raw(standingOf)}, m.attribute FROM memory m WHERE m.pk = ${p.pk}`,
);
const settle = statement<{
  pk: number;
  state: string;
  validFrom: number | null;
  validTo: number | null;
  supersedesPk: number | null;
}>(
  (_, p) => sql`
    UPDATE memory SET state = ${p.state}, valid_from_ms = ${p.validFrom}, valid_to_ms = ${p.validTo}, supersedes_pk = ${p.supersedesPk}
    WHERE pk = ${p.pk}`,
);
const setConfidence = statement<{ pk: number; confidence: number; reviewMs: number | null; reviewDays: number }>(
  // What a rule finds too is a rule's.
  (_, p) => sql`
    UPDATE memory SET confidence = ${p.confidence},
      origin = CASE WHEN EXISTS (SELECT 1 FROM memory_evidence e WHERE e.memory_pk = ${p.pk} AND e.finder = 'rule') THEN 'rule'
        WHEN EXISTS (SELECT 1 FROM memory_evidence e WHERE e.memory_pk = ${p.pk} AND e.finder = 'model') THEN 'model' ELSE origin END,
      review_ms = CASE WHEN settled_ms IS NULL AND changed_ms IS NULL THEN ${p.reviewMs} ELSE review_ms END,
      review_days = CASE WHEN settled_ms IS NULL AND changed_ms IS NULL THEN ${p.reviewDays} ELSE review_days END
    WHERE pk = ${p.pk}`,
);
const baseless = statement<Record<never, never>, { pk: number; attribute: string | null }>(
  () => sql<{ pk: number; attribute: string | null }>`
    SELECT pk, attribute FROM memory m WHERE origin IN ('rule','model') AND merged_pk IS NULL
      AND NOT EXISTS (SELECT 1 FROM memory_evidence e WHERE e.memory_pk = m.pk)`,
);
const remove = statement<{ pk: number }>((db, p) => db.deleteFrom('memory').where('pk', '=', p.pk));
const removeWords = statement<{ pk: number }>((_, p) => sql`DELETE FROM memory_words WHERE rowid = ${p.pk}`);
const allFound = statement<Record<never, never>, { pk: number; attribute: string | null }>(
  () =>
    sql<{ pk: number; attribute: string | null }>`SELECT pk, attribute FROM memory WHERE origin IN ('rule','model')`,
);
const behind = statement<{ version: number }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`SELECT pk FROM conversation WHERE memory_rules < ${p.version}`,
);
const readBy = statement<{ pk: number; version: number }>((db, p) =>
  db.updateTable('conversation').set({ memory_rules: p.version }).where('pk', '=', p.pk),
);

const said = statement<{ pk: number }, Omit<SaidRow, 'partText'>>(
  (_, p) => sql<Omit<SaidRow, 'partText'>>`
    SELECT a.message_pk AS messagePk, a.part_pk AS partPk, p.ix AS partIndex, a.start_ix AS start, a.end_ix AS "end", a.type,
      m.author_name AS authorName, m.created_ms AS atMs
    FROM acu a JOIN message m ON m.pk = a.message_pk JOIN part p ON p.pk = a.part_pk
    WHERE a.conversation_pk = ${p.pk} AND a.author_kind = 'human' AND a.state = 'active' AND m.hidden = 0
      AND m.on_active_path = 1
    ORDER BY m.seq, a.ordinal`,
);
const partTexts = statement<{ pks: string }, { pk: number; text: string | null }>(
  (_, p) => sql`SELECT pk, text FROM part WHERE pk IN (SELECT value FROM json_each(${p.pks}))`,
);

/** A unit a person wrote. */
export interface SaidUnit {
  readonly messagePk: number;
  readonly partIndex: number;
  readonly partText: string;
  /** In the part, UTF-16. */
  readonly start: number;
  readonly end: number;
  readonly type: AcuType;
  readonly authorName: string | null;
  readonly atMs: number | null;
}

interface SaidRow extends SaidUnit {
  readonly partPk: number;
}

const unread = statement<{ version: number; limit: number }, { pk: number; text: string }>(
  (_, p) => sql<{ pk: number; text: string }>`
    SELECT pk, text FROM memory WHERE origin IN ('imported','stated') AND rules < ${p.version} LIMIT ${p.limit}`,
);
const setAttribute = statement<About & { pk: number; version: number }>(
  (_, p) => sql`
    UPDATE memory SET attribute = ${p.attribute}, value = ${p.value}, applies = ${p.applies}, rules = ${p.version}
    WHERE pk = ${p.pk}`,
);

/** What a memory says something of, where a rule knows. */
export interface About {
  readonly attribute: string | null;
  readonly value: string | null;
  readonly applies: string | null;
}

export class MemoryFindingReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** What people say in a conversation, on the branch that stands, in order; each text of a part once. */
  said(conversationPk: number): SaidRow[] {
    const rows = said.all(this.connection, { pk: conversationPk });
    const pks = JSON.stringify([...new Set(rows.map(({ partPk }) => partPk))]);
    const texts = new Map(partTexts.all(this.connection, { pks }).map(({ pk, text }) => [pk, text ?? '']));
    return rows.map((row) => ({ ...row, partText: texts.get(row.partPk) ?? '' }));
  }

  /** Imported and stated memories no rule of this version has read. */
  unread(version: number, limit: number): { pk: number; text: string }[] {
    return unread.all(this.connection, { version, limit });
  }

  /** Conversations that an older version of the rules looked through, or none did. */
  behind(version: number): number[] {
    return behind.all(this.connection, { version }).map(({ pk }) => pk);
  }
}

export class MemoryFindings extends MemoryFindingReader {
  /**
   * Make these what was found in a conversation; what was found there before and is not any more loses that evidence.
   * @param version of the rules that looked
   */
  replaceForConversation(conversationPk: number, found: readonly FoundMemory[], version: number, nowMs: number): void {
    const connection = this.connection;
    const before = touchedBy.all(connection, { pk: conversationPk });
    dropEvidence.run(connection, { pk: conversationPk });
    const touched = new Set(before.map(({ pk }) => pk));
    for (const one of found) touched.add(this.#cite(one, 'rule', '', nowMs));
    readBy.run(connection, { pk: conversationPk, version });
    this.settle(touched, new Set(before.flatMap(({ attribute }) => attribute ?? [])));
  }

  /** What a model found. The caller settles what is returned. @returns the memory each became, or became evidence of */
  citeFromModel(found: readonly FoundMemory[], model: string, nowMs: number): number[] {
    return found.map((one) => this.#cite(one, 'model', model, nowMs));
  }

  #cite(one: FoundMemory, finder: Finder, what: string, nowMs: number): number {
    const id = foundId(one);
    const row = insert.get(this.connection, { ...one, id, learnt: nowMs, finder, what });
    if (row !== undefined) indexWords.run(this.connection, { pk: row.pk, text: one.text, names: '' });
    const { pk } = target.get(this.connection, { id }) as { pk: number };
    cite.run(this.connection, { ...one, memoryPk: pk, finder });
    return pk;
  }

  /** What an imported or stated memory says something of; what was found is held against it. */
  setAbout(pk: number, about: About, version: number): void {
    setAttribute.run(this.connection, { ...about, pk, version });
    if (about.attribute !== null) this.settle(new Set(), new Set([about.attribute]));
  }

  /** Take away what stands on nothing, and say of all that is left whether it holds. After an erasure, or when the work is done. */
  sweep(): void {
    const gone = baseless.all(this.connection, {});
    if (gone.length === 0) return;
    this.#remove(gone.map(({ pk }) => pk));
    this.settle(new Set(), new Set(gone.flatMap(({ attribute }) => attribute ?? [])));
  }

  /** Say anew of everything found whether it holds. */
  settleAll(): void {
    const all = allFound.all(this.connection, {});
    this.settle(new Set(all.map(({ pk }) => pk)), new Set());
  }

  /** Say anew of these memories, and of all of these attributes, whether they hold. */
  settle(pks: ReadonlySet<number>, attributes: ReadonlySet<string>): void {
    const connection = this.connection;
    const concerned = new Set(attributes);
    const alone: MemoryStanding[] = [];
    // Of those that are gone already nobody knows the kind.
    const kinds = new Set<MemoryKind>(pks.size === 0 ? memoryKinds : []);
    for (const pk of pks) {
      const evidence = evidenceOf.all(connection, { pk });
      const row = one.get(connection, { pk });
      if (row === undefined) for (const kind of memoryKinds) kinds.add(kind);
      if (row === undefined || !isFound(row)) continue;
      kinds.add(row.kind);
      if (evidence.length === 0) {
        this.#remove([pk]);
        if (row.attribute !== null) concerned.add(row.attribute);
        continue;
      }
      const confidence = 1 - evidence.reduce((left, { weight }) => left * (1 - weight), 1);
      const last = Math.max(...evidence.map(({ atMs }) => atMs ?? 0), row.lastMs ?? 0) || row.learntMs;
      setConfidence.run(connection, { pk, confidence: Math.min(0.99, confidence), ...reviewAt(row.kind, last) });
      if (row.attribute === null) alone.push({ ...row, confidence });
      else concerned.add(row.attribute);
    }
    for (const row of alone) this.#put(settledStates([row]));
    for (const attribute of concerned) {
      const rivals = ofAttribute.all(connection, { attribute });
      for (const { kind } of rivals) kinds.add(kind);
      this.#put(settledStates(rivals));
    }
    if (pks.size > 0 || concerned.size > 0) new BundleWriter(connection).markDirty('memory', [...kinds]);
  }

  #put(states: ReturnType<typeof settledStates>): void {
    for (const state of states) settle.run(this.connection, state);
  }

  #remove(pks: readonly number[]): void {
    for (const pk of pks) {
      removeWords.run(this.connection, { pk });
      remove.run(this.connection, { pk });
    }
  }
}
