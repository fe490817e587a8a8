/**
 * Memories, projects, ratings and their records written from an archive. What is here already stays as it is, but gets the
 * evidence the archive has. Records come checked; see `record-writer.ts`.
 */
import type {
  ArchivedFeedback,
  ArchivedMemory,
  ArchivedProject,
  ArchivedSidecarRecord,
} from '@vivim/contract/archive-memories';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { MemoryWriter } from '../stores/memories.ts';
import { ProjectWriter } from '../stores/projects.ts';

type Link = { readonly from: string; readonly to: string };
type Decided = Pick<
  ArchivedMemory,
  'id' | 'text' | 'kind' | 'state' | 'changedMs' | 'name' | 'settledMs' | 'reviewMs' | 'reviewDays'
> & { pinned: number; aliasesJson: string; scopesJson: string };
type Ref = { readonly slot: string; readonly sha256: string } | null;

const runPk = statement<{ id: string }, { pk: number }>((db, p) =>
  db.selectFrom('import_run').select('pk').where('id', '=', p.id),
);
const recordPk = statement<{ slot: string; sha256: string }, { pk: number }>((db, p) =>
  db.selectFrom('sidecar_record').select('pk').where('slot', '=', p.slot).where('sha256', '=', p.sha256),
);
const messagePk = statement<{ id: string }, { pk: number }>((db, p) =>
  db.selectFrom('message').select('pk').where('id', '=', p.id),
);
const memoryPk = statement<{ id: string }, { pk: number }>((db, p) =>
  db.selectFrom('memory').select('pk').where('id', '=', p.id),
);
const putRecord = statement<Omit<ArchivedSidecarRecord, 'import' | 'zstd'> & { runPk: number; zstd: Uint8Array }>(
  (_, p) => sql`
    INSERT INTO sidecar_record (run_pk, source, account_hash, slot, sha256, first_ms, as_of_ms, bytes_zstd, size)
    VALUES (${p.runPk}, ${p.source}, ${p.accountHash}, ${p.slot}, ${p.sha256}, ${p.firstMs}, ${p.asOfMs}, ${p.zstd}, ${p.size})
    ON CONFLICT DO NOTHING`,
);
const putProject = statement<
  Omit<ArchivedProject, 'record' | 'documents'> & { recordPk: number | null },
  { pk: number }
>(
  (_, p) => sql<{ pk: number }>`
    INSERT INTO project (id, source, account_hash, external_id, name, description, instructions, created_ms, updated_ms,
      record_pk, version)
    VALUES (${p.id}, ${p.source}, ${p.accountHash}, ${p.externalId}, ${p.name}, ${p.description}, ${p.instructions},
      ${p.createdMs}, ${p.updatedMs}, ${p.recordPk}, ${p.version})
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
      instructions = excluded.instructions, created_ms = excluded.created_ms, updated_ms = excluded.updated_ms,
      record_pk = excluded.record_pk, version = excluded.version
    WHERE excluded.version > project.version`,
);
const putFeedback = statement<Omit<ArchivedFeedback, 'record'> & { recordPk: number }>(
  (_, p) => sql`
    INSERT INTO feedback (id, source, conversation_key, message_key, rating, comment, at_ms, record_pk, version)
    VALUES (${p.id}, ${p.source}, ${p.conversation}, ${p.message}, ${p.rating}, ${p.comment}, ${p.atMs}, ${p.recordPk},
      ${p.version})
    ON CONFLICT (id) DO NOTHING`,
);
const putMemory = statement<
  Omit<ArchivedMemory, 'evidence' | 'pinned' | 'supersedes' | 'links' | 'aliases' | 'scopes'> & {
    pinned: number;
    supersedesPk: number | null;
    aliasesJson: string;
    scopesJson: string;
  },
  { pk: number }
>(
  (_, p) => sql<{ pk: number }>`
    INSERT INTO memory (id, kind, text, origin, source, account_hash, what, slot, project_id, state, pinned, confidence,
      learnt_ms, valid_from_ms, valid_to_ms, changed_ms, supersedes_pk, name, aliases_json, scopes_json, attribute, value,
      applies, settled_ms, review_ms, review_days)
    VALUES (${p.id}, ${p.kind}, ${p.text}, ${p.origin}, ${p.source}, ${p.accountHash}, ${p.what}, ${p.slot}, ${p.project},
      ${p.state}, ${p.pinned}, ${p.confidence}, ${p.learntMs}, ${p.validFromMs}, ${p.validToMs}, ${p.changedMs},
      ${p.supersedesPk}, ${p.name}, ${p.aliasesJson}, ${p.scopesJson}, ${p.attribute}, ${p.value}, ${p.applies},
      ${p.settledMs}, ${p.reviewMs}, ${p.reviewDays})
    ON CONFLICT (id) DO NOTHING RETURNING pk`,
);
/** What the person decided there of one that was only found here. */
const decide = statement<Decided>(
  (_, p) => sql`
    UPDATE memory SET text = ${p.text}, kind = ${p.kind}, state = ${p.state}, pinned = ${p.pinned}, changed_ms = ${p.changedMs},
      name = ${p.name}, aliases_json = ${p.aliasesJson}, scopes_json = ${p.scopesJson}, settled_ms = ${p.settledMs},
      review_ms = ${p.reviewMs}, review_days = ${p.reviewDays}
    WHERE id = ${p.id} AND changed_ms IS NULL AND settled_ms IS NULL`,
);
const links = {
  related: statement<Link>(
    (_, p) => sql`
      INSERT OR IGNORE INTO memory_relation (memory_pk, other_pk)
      SELECT f.pk, t.pk FROM memory f JOIN memory t ON t.id = ${p.to} WHERE f.id = ${p.from}`,
  ),
  merged: statement<Link>(
    (_, p) => sql`
      UPDATE memory SET merged_pk = (SELECT pk FROM memory WHERE id = ${p.to})
      WHERE id = ${p.from} AND merged_pk IS NULL`,
  ),
  supersedes: statement<Link>(
    (_, p) => sql`
      UPDATE memory SET supersedes_pk = (SELECT pk FROM memory WHERE id = ${p.to})
      WHERE id = ${p.from} AND supersedes_pk IS NULL`,
  ),
} as const;
const putEvidence = statement<
  Pick<
    ArchivedMemory['evidence'][number],
    'place' | 'start' | 'end' | 'atMs' | 'weight' | 'heldFromMs' | 'heldToMs'
  > & {
    finder: 'rule' | 'model' | null;
    memoryPk: number;
    messagePk: number | null;
    recordPk: number | null;
  }
>(
  (_, p) => sql`
    INSERT INTO memory_evidence (memory_pk, message_pk, record_pk, place, start_ix, end_ix, at_ms, weight, finder, held_from_ms, held_to_ms)
    VALUES (${p.memoryPk}, ${p.messagePk}, ${p.recordPk}, ${p.place}, ${p.start}, ${p.end}, ${p.atMs}, ${p.weight},
      ${p.finder}, ${p.heldFromMs}, ${p.heldToMs})
    ON CONFLICT DO NOTHING`,
);

export class MemoryRecordWriter {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** @returns its row, or null where the import it came with is not here */
  putSidecar({ import: run, zstd, ...record }: ArchivedSidecarRecord): number | null {
    const pk = runPk.get(this.#connection, { id: run })?.pk;
    if (pk !== undefined) putRecord.run(this.#connection, { ...record, runPk: pk, zstd: Buffer.from(zstd, 'base64') });
    return this.#record(record);
  }

  putProject({ record, documents, ...project }: ArchivedProject): void {
    putProject.run(this.#connection, { ...project, recordPk: this.#record(record) });
    new ProjectWriter(this.#connection).putDocuments(project.id, documents);
  }

  putFeedback({ record, ...feedback }: ArchivedFeedback): void {
    const pk = this.#record(record);
    if (pk !== null) putFeedback.run(this.#connection, { ...feedback, recordPk: pk });
  }

  /** @param whole the space becomes what the archive was: which statements hold is not found anew */
  putMemory({ evidence, links: tied, supersedes, ...archived }: ArchivedMemory, whole: boolean): void {
    const connection = this.#connection;
    const before = supersedes === null ? null : (memoryPk.get(connection, { id: supersedes })?.pk ?? null);
    const memory = {
      ...archived,
      pinned: archived.pinned ? 1 : 0,
      aliasesJson: JSON.stringify(archived.aliases),
      scopesJson: JSON.stringify(archived.scopes),
    };
    const added = putMemory.get(connection, { ...memory, supersedesPk: before });
    if (added === undefined && (memory.changedMs ?? memory.settledMs) !== null) decide.run(connection, memory);
    const pk = added?.pk ?? memoryPk.get(connection, { id: memory.id })?.pk;
    if (pk === undefined) return;
    if (added !== undefined || memory.changedMs !== null) new MemoryWriter(connection).index(pk);
    for (const { as, from, to } of tied) links[as].run(connection, { from, to });
    const { origin } = archived;
    const usual = origin === 'rule' || origin === 'model' ? origin : null;
    for (const { message, record, finder = usual, ...span } of evidence) {
      const of = message === null ? null : (messagePk.get(connection, { id: message })?.pk ?? null);
      const in_ = this.#record(record);
      if ((of === null) !== (in_ === null))
        putEvidence.run(connection, { ...span, finder, memoryPk: pk, messagePk: of, recordPk: in_ });
    }
    const writer = new MemoryWriter(connection);
    if (!whole && memory.slot !== null) writer.settle([memory.slot]);
  }

  #record(ref: Ref): number | null {
    return ref === null ? null : (recordPk.get(this.#connection, ref)?.pk ?? null);
  }
}
