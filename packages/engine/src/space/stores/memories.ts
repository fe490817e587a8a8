/**
 * Memories: what is kept about the person, one statement each. Writing marks the bundles made from memories dirty in the same
 * transaction. Never reads an export, and never decides what a person changed.
 */
import { AppError } from '@vivim/contract/errors';
import type { MemoryId } from '@vivim/contract/ids';
import type { Memory, MemoryBeside, MemoryChange, MemoryChoices, MemoryKind } from '@vivim/contract/memory';
import { memoryKinds } from '@vivim/contract/memory';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { contentId } from '../hash.ts';
import { statement } from '../statement.ts';
import { BundleWriter } from './bundles.ts';
import type { EvidencePlace, MemoryInput } from './kept-input.ts';
import { evidenceOf, type StoredEvidence } from './memory-evidence.ts';
import { type MemoryPageOptions, memoryChoices, memoryPage } from './memory-pages.ts';
import { firstReviewDays, reviewAt } from './memory-reviews.ts';
import { aliasesOf, type MemoryRow, memoryColumns, memoryTables, namesText, shown } from './memory-rows.ts';
import { type StatedMemory, saidMore, statedBefore, takePlaces } from './memory-stating.ts';
import { ProjectReader } from './projects.ts';

const byId = statement<{ id: string }, MemoryRow>(
  (_, p) => sql<MemoryRow>`SELECT ${memoryColumns} FROM ${memoryTables} WHERE m.id = ${p.id}`,
);
const byPk = statement<{ pk: number }, MemoryRow>(
  (_, p) => sql<MemoryRow>`SELECT ${memoryColumns} FROM ${memoryTables} WHERE m.pk = ${p.pk}`,
);
/** Pinned first, instructions before likings and facts, what was learnt last first. */
const standing = statement<{ kinds: string; projectId: string | null; limit: number }, MemoryRow>(
  (_, p) => sql<MemoryRow>`
    SELECT ${memoryColumns} FROM ${memoryTables}
    WHERE m.state = 'active' AND m.kind IN (SELECT value FROM json_each(${p.kinds})) AND m.project_id IS ${p.projectId}
      AND m.scopes_json = '[]'
    ORDER BY m.pinned DESC, m.kind = 'instruction' DESC, m.confidence DESC, m.learnt_ms DESC, m.id LIMIT ${p.limit}`,
);
const found = statement<{ match: string; limit: number }, MemoryRow & { score: number }>(
  (_, p) => sql<MemoryRow & { score: number }>`
    SELECT ${memoryColumns}, -hit.rank AS score FROM (
      SELECT rowid, rank FROM memory_words WHERE memory_words MATCH ${p.match} ORDER BY rank LIMIT 200
    ) hit JOIN memory m ON m.pk = hit.rowid LEFT JOIN project p ON p.id = m.project_id
    WHERE m.state = 'active' ORDER BY hit.rank, m.id LIMIT ${p.limit}`,
);
const besides = statement<{ pk: number }, MemoryBeside & { way: 'replaced' | 'by' | 'tied' }>(
  (_, p) => sql<MemoryBeside & { way: 'replaced' | 'by' | 'tied' }>`
    SELECT 'replaced' AS way, o.id, o.text, o.state FROM memory m JOIN memory o ON o.pk = m.supersedes_pk WHERE m.pk = ${p.pk}
    UNION ALL SELECT 'by', id, text, state FROM memory
      WHERE supersedes_pk = ${p.pk} OR pk = (SELECT merged_pk FROM memory WHERE pk = ${p.pk})
        OR (state = 'active' AND attribute = (SELECT attribute FROM memory WHERE pk = ${p.pk} AND state = 'superseded'))
    UNION ALL SELECT 'tied', o.id, o.text, o.state FROM memory_relation r JOIN memory o ON o.pk = r.other_pk
      WHERE r.memory_pk = ${p.pk}`,
);
interface Naming {
  name: string | null;
  aliasesJson: string;
  scopesJson: string;
  state: string;
}
const unnamed = { name: null, aliasesJson: '[]', scopesJson: '[]', state: 'active' } as const;
const insert = statement<
  Omit<MemoryInput, keyof EvidencePlace | 'source'> & {
    origin: string;
    source: string | null;
    learnt: number;
    pinned: number;
    changed: number | null;
    reviewMs: number | null;
    reviewDays: number;
  } & Naming,
  { pk: number }
>(
  (_, p) => sql<{ pk: number }>`
    INSERT INTO memory (id, kind, text, origin, source, account_hash, what, slot, project_id, pinned, learnt_ms, changed_ms,
      state, name, aliases_json, scopes_json, review_ms, review_days)
    VALUES (${p.id}, ${p.kind}, ${p.text}, ${p.origin}, ${p.source}, ${p.accountHash}, ${p.what}, ${p.slot}, ${p.projectId},
      ${p.pinned}, ${p.learnt}, ${p.changed}, ${p.state}, ${p.name}, ${p.aliasesJson}, ${p.scopesJson}, ${p.reviewMs}, ${p.reviewDays})
    ON CONFLICT (id) DO NOTHING RETURNING pk`,
);
const pkOf = statement<{ id: string }, { pk: number }>((db, p) =>
  db.selectFrom('memory').select('pk').where('id', '=', p.id),
);
const change = statement<
  { pk: number; text: string; kind: string; pinned: number; now: number; rewordedMs: number | null } & Naming
>((db, p) =>
  db
    .updateTable('memory')
    .set({
      text: p.text,
      kind: p.kind,
      pinned: p.pinned,
      state: p.state,
      name: p.name,
      aliases_json: p.aliasesJson,
      scopes_json: p.scopesJson,
      changed_ms: p.now,
      ...(p.rewordedMs === null ? {} : { reworded_ms: p.rewordedMs }),
      // Its words may say something else now.
      rules: 0,
    })
    .where('pk', '=', p.pk),
);
const unrelate = statement<{ pk: number }>((db, p) => db.deleteFrom('memory_relation').where('memory_pk', '=', p.pk));
const relate = statement<{ pk: number; ids: string }>(
  (_, p) => sql`
    INSERT OR IGNORE INTO memory_relation (memory_pk, other_pk)
    SELECT ${p.pk}, pk FROM memory WHERE id IN (SELECT value FROM json_each(${p.ids})) AND pk <> ${p.pk}`,
);
export const indexWords = statement<{ pk: number; text: string; names: string }>(
  (_, p) => sql`INSERT OR REPLACE INTO memory_words (rowid, text, names) VALUES (${p.pk}, ${p.text}, ${p.names})`,
);
const addMessage = statement<EvidencePlace & { memoryPk: number; messagePk: number }>(
  (_, p) => sql`
    INSERT INTO memory_evidence (memory_pk, message_pk, place, start_ix, end_ix, at_ms)
    VALUES (${p.memoryPk}, ${p.messagePk}, ${p.place}, ${p.start}, ${p.end}, ${p.atMs}) ON CONFLICT DO NOTHING`,
);
const addRecord = statement<EvidencePlace & { memoryPk: number; recordPk: number }>(
  (_, p) => sql`
    INSERT INTO memory_evidence (memory_pk, record_pk, place, start_ix, end_ix, at_ms)
    VALUES (${p.memoryPk}, ${p.recordPk}, ${p.place}, ${p.start}, ${p.end}, ${p.atMs}) ON CONFLICT DO NOTHING`,
);
/** What a model found in a message goes when that message changes. */
const dropOfMessages = statement<{ pks: string }>(
  (_, p) => sql`
    DELETE FROM memory_evidence WHERE message_pk IN (SELECT value FROM json_each(${p.pks})) AND finder IS NOT 'model'`,
);
/** When the slot was last seen to be so. */
const newest = statement<{ slot: string }, { at: number | null }>(
  (_, p) => sql<{ at: number | null }>`
    SELECT max(at) AS at FROM (
      SELECT max(e.at_ms) AS at FROM memory_evidence e JOIN memory m ON m.pk = e.memory_pk WHERE m.slot = ${p.slot}
      UNION ALL SELECT max(as_of_ms) FROM sidecar_record WHERE slot = ${p.slot})`,
);
const firstSeen = sql`(SELECT min(coalesce(r.first_ms, e.at_ms)) FROM memory_evidence e
  LEFT JOIN sidecar_record r ON r.pk = e.record_pk WHERE e.memory_pk = memory.pk)`;
/** What the newest version of a record no longer says is superseded; without a time nothing says which is newer. */
const settle = statement<{ slot: string; newest: number }>(
  (_, p) => sql`
    UPDATE memory SET
      valid_from_ms = ${firstSeen},
      state = CASE WHEN changed_ms IS NOT NULL THEN state WHEN EXISTS (
        SELECT 1 FROM memory_evidence e WHERE e.memory_pk = memory.pk AND (e.at_ms IS NULL OR e.at_ms >= ${p.newest})
      ) THEN 'active' ELSE 'superseded' END,
      valid_to_ms = CASE WHEN (SELECT max(at_ms) FROM memory_evidence e WHERE e.memory_pk = memory.pk) < ${p.newest}
        THEN ${p.newest} ELSE NULL END
    WHERE origin = 'imported' AND slot = ${p.slot}`,
);
const begun = statement<{ pks: string }>(
  (_, p) => sql`
    UPDATE memory SET valid_from_ms = ${firstSeen}
    WHERE pk IN (SELECT value FROM json_each(${p.pks}))`,
);

export class MemoryReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  find(id: MemoryId): (Memory & { readonly pk: number }) | null {
    const row = byId.get(this.connection, { id });
    return row === undefined ? null : { ...shown(row), pk: row.pk };
  }

  /** Pinned first, then the newest. @throws AppError `cursor_invalid` */
  page(options: MemoryPageOptions): Page<Memory> {
    const { rows, nextCursor } = memoryPage(this.connection, options);
    return { items: rows.map(shown), nextCursor };
  }

  choices(nowMs: number): MemoryChoices {
    return memoryChoices(this.connection, nowMs);
  }

  /** Active memories of these kinds that hold in a project, or (null) always; those that matter most first. */
  standing(kinds: readonly MemoryKind[], projectId: string | null, limit: number): MemoryRow[] {
    return standing.all(this.connection, { kinds: JSON.stringify(kinds), projectId, limit });
  }

  /** Active memories with any of these words, best first. @param match an expression of FTS5 */
  search(match: string, limit: number): { memory: Memory; score: number }[] {
    return found.all(this.connection, { match, limit }).map((row) => ({ memory: shown(row), score: row.score }));
  }

  evidence(pk: number): StoredEvidence[] {
    return evidenceOf(this.connection, pk);
  }

  /** The memory it took the place of, what took its place or it became one with, and those it is tied to. */
  beside(pk: number): { replaced: MemoryBeside | null; replacedBy: MemoryBeside[]; beside: MemoryBeside[] } {
    const rows = besides.all(this.connection, { pk });
    const of = (way: string) => rows.filter((row) => row.way === way).map(({ way: _, ...one }) => one);
    return { replaced: of('replaced')[0] ?? null, replacedBy: of('by'), beside: of('tied') };
  }
}

export class MemoryWriter extends MemoryReader {
  /**
   * What was stated before in the same words is the same memory: it takes on what the request says beside them.
   * @param by what the application calls itself that was told; empty for the person themselves
   * @throws AppError `not_found` for a project, or a memory it names, that is not here
   */
  state(request: StatedMemory, verbId: string, nowMs: number, by = ''): Memory {
    const { text, kind, projectId, pinned, name = null, aliases = [], related = [], supersedes = [] } = request;
    if (projectId !== undefined && new ProjectReader(this.connection).find(projectId) === null)
      throw new AppError('not_found');
    for (const other of [...related, ...supersedes]) this.#mustFind(other);
    const scopesJson = JSON.stringify(request.scopes ?? []);
    const before = statedBefore(this.connection, request);
    if (before !== null) return this.#stateAgain(before, request, nowMs);
    const id = contentId('k', ['stated', verbId]) as MemoryId;
    const row = insert.get(this.connection, {
      id,
      kind,
      text,
      origin: 'stated',
      source: null,
      accountHash: '',
      what: by,
      slot: null,
      projectId: (projectId ?? null) as MemoryInput['projectId'],
      pinned: pinned ? 1 : 0,
      learnt: nowMs,
      changed: nowMs,
      name,
      aliasesJson: JSON.stringify(aliases),
      scopesJson,
      state: request.state ?? 'active',
      ...reviewAt(kind, nowMs),
    });
    if (row !== undefined) {
      indexWords.run(this.connection, { pk: row.pk, text, names: namesText(name, aliases) });
      relate.run(this.connection, { pk: row.pk, ids: JSON.stringify(related) });
      takePlaces(this.connection, id, supersedes, nowMs);
    }
    this.#changed(supersedes.length === 0 ? [kind] : memoryKinds);
    return this.#mustFind(id);
  }

  #stateAgain(id: MemoryId, request: StatedMemory, nowMs: number): Memory {
    const more = saidMore(this.#mustFind(id), request);
    if (Object.keys(more).length > 0) this.change(id, more, nowMs);
    takePlaces(this.connection, id, request.supersedes ?? [], nowMs);
    this.#changed();
    return this.#mustFind(id);
  }

  /** @throws AppError `not_found` for it, or for a memory it is to be related to */
  change(id: MemoryId, to: MemoryChange, nowMs: number): Memory {
    const before = this.#mustFind(id);
    const row = pkOf.get(this.connection, { id }) as { pk: number };
    const text = to.text ?? before.text;
    const name = to.name === undefined ? before.name : to.name;
    const aliases = to.aliases ?? before.aliases;
    for (const other of to.related ?? []) this.#mustFind(other);
    change.run(this.connection, {
      pk: row.pk,
      text,
      kind: to.kind ?? before.kind,
      pinned: (to.pinned ?? before.pinned) ? 1 : 0,
      state: to.state ?? before.state,
      name,
      aliasesJson: JSON.stringify(aliases),
      scopesJson: JSON.stringify(to.scopes ?? before.scopes),
      now: nowMs,
      rewordedMs: text === before.text ? null : nowMs,
    });
    indexWords.run(this.connection, { pk: row.pk, text, names: namesText(name, aliases) });
    if (to.related !== undefined) {
      unrelate.run(this.connection, { pk: row.pk });
      relate.run(this.connection, { pk: row.pk, ids: JSON.stringify(to.related) });
    }
    this.#changed([before.kind, to.kind ?? before.kind]);
    return this.#mustFind(id);
  }

  /** Its words as they are now, into the index. */
  index(pk: number): void {
    const row = byPk.get(this.connection, { pk });
    if (row === undefined) return;
    indexWords.run(this.connection, { pk, text: row.text, names: namesText(row.name, aliasesOf(row)) });
  }

  /** Memories a record of an export makes, with their places in it; `settle` comes after. @returns how many were not here before */
  putFromRecord(recordPk: number, inputs: readonly MemoryInput[], nowMs: number): number {
    return this.#put(inputs, nowMs, (input, memoryPk) =>
      addRecord.run(this.connection, { ...input, memoryPk, recordPk }),
    );
  }

  /**
   * Memories that stand in messages; `settle` comes after, once for many. What those messages said before no longer counts.
   * @param messagePks messages that may have said something before
   * @returns how many are new
   */
  putFromMessages(
    inputs: readonly (MemoryInput & { readonly messagePk: number })[],
    messagePks: readonly number[],
    nowMs: number,
  ): number {
    if (messagePks.length > 0) dropOfMessages.run(this.connection, { pks: JSON.stringify(messagePks) });
    return this.#put(inputs, nowMs, (input, memoryPk) => addMessage.run(this.connection, { ...input, memoryPk }));
  }

  /** Say anew which statements of these records hold. */
  settle(slots: readonly string[]): void {
    if (slots.length === 0) return;
    for (const slot of slots) {
      const at = newest.get(this.connection, { slot })?.at ?? 0;
      settle.run(this.connection, { slot, newest: at });
    }
    this.#changed();
  }

  #put<T extends MemoryInput>(inputs: readonly T[], nowMs: number, cite: (input: T, memoryPk: number) => void): number {
    let added = 0;
    const pks: number[] = [];
    for (const input of inputs) {
      const row = insert.get(this.connection, {
        ...input,
        origin: 'imported',
        learnt: nowMs,
        pinned: 0,
        changed: null,
        ...unnamed,
        reviewMs: null,
        reviewDays: firstReviewDays[input.kind],
      });
      if (row !== undefined) {
        added += 1;
        indexWords.run(this.connection, { pk: row.pk, text: input.text, names: '' });
      }
      const pk = row?.pk ?? pkOf.get(this.connection, { id: input.id })?.pk;
      if (pk === undefined) continue;
      if (input.slot === null) pks.push(pk);
      cite(input, pk);
    }
    if (pks.length > 0) begun.run(this.connection, { pks: JSON.stringify(pks) });
    if (inputs.length > 0) this.#changed(inputs.map(({ kind }) => kind));
    return added;
  }

  #mustFind(id: MemoryId): Memory {
    const row = byId.get(this.connection, { id });
    if (row === undefined) throw new AppError('not_found');
    return shown(row);
  }

  /** @param kinds of memories that came, went or say something else; left out: any */
  #changed(kinds: readonly MemoryKind[] = memoryKinds): void {
    new BundleWriter(this.connection).markDirty('memory', [...new Set(kinds)]);
  }
}
