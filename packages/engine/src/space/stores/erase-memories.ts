/**
 * Takes memories, projects, ratings and their records away for good. Decides nothing: whoever calls says what goes, inside one
 * transaction.
 */
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import type { SidecarInput } from './kept-input.ts';
import { MemoryWriter } from './memories.ts';
import { ProjectWriter } from './projects.ts';
import { SecretWriter } from './secrets.ts';

type Nothing = Record<never, never>;

export interface KeptRecord
  extends Pick<SidecarInput, 'source' | 'accountHash' | 'slot' | 'sha256' | 'asOfMs' | 'zstd'> {
  readonly pk: number;
}

const memories = statement<Nothing, { pk: number; id: string; text: string }>((db) =>
  db.selectFrom('memory').select(['pk', 'id', 'text']),
);
const recordPks = statement<Nothing, { pk: number; slot: string }>((db) =>
  // Of two versions that become one the later stays.
  db.selectFrom('sidecar_record').select(['pk', 'slot']).orderBy('as_of_ms', 'desc').orderBy('pk'),
);
const record = statement<{ pk: number }, KeptRecord>((db, p) =>
  db
    .selectFrom('sidecar_record')
    .select([
      'pk',
      'source',
      'account_hash as accountHash',
      'slot',
      'sha256',
      'as_of_ms as asOfMs',
      'bytes_zstd as zstd',
    ])
    .where('pk', '=', p.pk)
    .$castTo<KeptRecord>(),
);
/** Records of a run whose every version that run brought. */
const broughtAlone = statement<{ pk: number }, { slot: string }>(
  (_, p) => sql<{ slot: string }>`
    SELECT DISTINCT slot FROM sidecar_record r WHERE run_pk = ${p.pk}
      AND NOT EXISTS (SELECT 1 FROM sidecar_record o WHERE o.slot = r.slot AND o.run_pk <> ${p.pk})`,
);
const removeMemory = statement<{ pk: number }>((db, p) => db.deleteFrom('memory').where('pk', '=', p.pk));
const removeWords = statement<{ pk: number }>((_, p) => sql`DELETE FROM memory_words WHERE rowid = ${p.pk}`);
const setText = statement<{ pk: number; text: string }>((db, p) =>
  db.updateTable('memory').set({ text: p.text }).where('pk', '=', p.pk),
);
const setWords = statement<{ pk: number; text: string }>(
  (_, p) => sql`INSERT OR REPLACE INTO memory_words (rowid, text, forms)
    VALUES (${p.pk}, index_text(${p.text}), index_forms(${p.text}))`,
);
const baseless = statement<Nothing, { pk: number }>(
  () => sql<{ pk: number }>`
    SELECT pk FROM memory m WHERE origin <> 'stated' AND NOT EXISTS (SELECT 1 FROM memory_evidence e WHERE e.memory_pk = m.pk)`,
);
const removeRecord = statement<{ pk: number }>((db, p) => db.deleteFrom('sidecar_record').where('pk', '=', p.pk));
const setRecord = statement<{ pk: number; sha256: string; zstd: Uint8Array; size: number }>((db, p) =>
  db.updateTable('sidecar_record').set({ sha256: p.sha256, bytes_zstd: p.zstd, size: p.size }).where('pk', '=', p.pk),
);
/** Everything read from the records of a slot, so that it can be read anew. */
const forgetEvidence = statement<{ slot: string }>(
  (_, p) => sql`DELETE FROM memory_evidence WHERE record_pk IN (SELECT pk FROM sidecar_record WHERE slot = ${p.slot})`,
);
const forgetDocuments = statement<{ slot: string }>(
  (_, p) => sql`
    DELETE FROM project_document WHERE project_pk IN (
      SELECT p.pk FROM project p JOIN sidecar_record r ON r.pk = p.record_pk WHERE r.slot = ${p.slot})`,
);
const forgetProjects = statement<{ slot: string }>(
  (_, p) => sql`
    UPDATE project SET name = NULL, description = NULL, instructions = NULL, created_ms = NULL, updated_ms = NULL,
      record_pk = NULL, version = '' WHERE record_pk IN (SELECT pk FROM sidecar_record WHERE slot = ${p.slot})`,
);
const forgetFeedback = statement<{ slot: string }>(
  (_, p) => sql`DELETE FROM feedback WHERE record_pk IN (SELECT pk FROM sidecar_record WHERE slot = ${p.slot})`,
);
const lonelyProjects = statement<Nothing>(
  () => sql`
    DELETE FROM project WHERE record_pk IS NULL AND NOT EXISTS (
      SELECT 1 FROM conversation c WHERE c.source = project.source AND c.project_id = project.external_id)`,
);
const slots = statement<Nothing, { slot: string }>(
  () => sql<{ slot: string }>`SELECT DISTINCT slot FROM memory WHERE slot IS NOT NULL`,
);
const optimizeWords = statement<Nothing>(() => sql`INSERT INTO memory_words(memory_words) VALUES ('optimize')`);

export class EraseMemories {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  memories(): { pk: number; id: string; text: string }[] {
    return memories.all(this.#connection, {});
  }

  records(): { pk: number; slot: string }[] {
    return recordPks.all(this.#connection, {});
  }

  record(pk: number): KeptRecord | null {
    return record.get(this.#connection, { pk }) ?? null;
  }

  broughtAlone(runPk: number): string[] {
    return broughtAlone.all(this.#connection, { pk: runPk }).map(({ slot }) => slot);
  }

  memory(pk: number): void {
    removeWords.run(this.#connection, { pk });
    removeMemory.run(this.#connection, { pk });
  }

  setText(pk: number, text: string): void {
    setText.run(this.#connection, { pk, text });
    setWords.run(this.#connection, { pk, text });
  }

  /** Put what is left of a slot's records in place of them, and read all of it anew. @param left null: the record goes */
  rewriteSlot(slot: string, records: ReadonlyMap<number, SidecarInput | null>, nowMs: number): void {
    const connection = this.#connection;
    for (const forget of [forgetEvidence, forgetDocuments, forgetProjects, forgetFeedback])
      forget.run(connection, { slot });
    const kept = new Map<string, number>();
    for (const [pk, left] of records) {
      // Two versions may be one without what was erased.
      if (left === null || kept.has(left.sha256)) removeRecord.run(connection, { pk });
      else kept.set(left.sha256, pk);
    }
    const projects = new ProjectWriter(connection);
    const writer = new MemoryWriter(connection);
    const secrets = new SecretWriter(connection);
    for (const [pk, left] of records) {
      if (left === null || kept.get(left.sha256) !== pk) continue;
      setRecord.run(connection, { pk, sha256: left.sha256, zstd: left.zstd, size: left.size });
      projects.putContent(left, pk);
      secrets.putRecord(pk, left.secrets);
      writer.putFromRecord(pk, left.memories, nowMs);
    }
    writer.settle([slot]);
  }

  /** Memories that stand on nothing any more, and projects nothing names. */
  leftovers(): void {
    for (const { pk } of baseless.all(this.#connection, {})) this.memory(pk);
    lonelyProjects.run(this.#connection, {});
    // What was the newest may be gone: what holds is said anew.
    new MemoryWriter(this.#connection).settle(slots.all(this.#connection, {}).map(({ slot }) => slot));
  }

  /** Write the index of words anew, so that no word of what left it is in its pages. */
  rewriteWords(): void {
    optimizeWords.run(this.#connection, {});
  }
}
