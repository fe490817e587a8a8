/**
 * Projects, their documents, ratings of answers, and the records all of it was read from. Whatever order records come in, the
 * newest says what a project is; what only older ones held stays. Never reads a record's bytes.
 */
import { isoTime } from '@vivim/contract/clock';
import type { Feedback, Source } from '@vivim/contract/conversation';
import type { ConversationId, ProjectId } from '@vivim/contract/ids';
import type { Project, ProjectSummary } from '@vivim/contract/memory';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { statement } from '../statement.ts';
import {
  type FeedbackInput,
  type ProjectDocumentInput,
  type ProjectInput,
  type SidecarInput,
  versionOf,
} from './kept-input.ts';

type Versioned<T> = T & { readonly version: string };

interface Row {
  pk: number;
  id: ProjectId;
  source: Source;
  externalId: string;
  name: string | null;
  description: string | null;
  instructions: string | null;
  createdMs: number | null;
  updatedMs: number | null;
  version: string;
  conversations: number;
  documents: number;
  memories: number;
  sortKey: string;
}
const columns = sql`p.pk, p.id, p.source, p.external_id AS externalId, p.name, p.description, p.instructions,
  p.created_ms AS createdMs, p.updated_ms AS updatedMs, p.version, lower(coalesce(p.name, p.external_id)) AS sortKey,
  (SELECT count(*) FROM conversation c WHERE c.source = p.source AND c.project_id = p.external_id) AS conversations,
  (SELECT count(*) FROM project_document d WHERE d.project_pk = p.pk) AS documents,
  (SELECT count(*) FROM memory m WHERE m.project_id = p.id AND m.state = 'active') AS memories`;
const byId = statement<{ id: string }, Row>((_, p) => sql<Row>`SELECT ${columns} FROM project p WHERE p.id = ${p.id}`);
const pageOf = statement<{ after: string | null; pk: number; limit: number }, Row>(
  (_, p) => sql<Row>`
    SELECT ${columns} FROM project p
    WHERE ${p.after} IS NULL OR (lower(coalesce(p.name, p.external_id)), p.pk) > (${p.after}, ${p.pk})
    ORDER BY sortKey, p.pk LIMIT ${p.limit}`,
);
const documents = statement<
  { pk: number },
  { externalId: string | null; name: string | null; text: string; createdMs: number | null; version: string }
>((db, p) =>
  db
    .selectFrom('project_document')
    .select(['external_id as externalId', 'name', 'text', 'created_ms as createdMs', 'version'])
    .where('project_pk', '=', p.pk)
    .orderBy('name')
    .orderBy('pk'),
);
const ofConversation = statement<{ id: string }, { id: ProjectId }>(
  (_, p) => sql<{ id: ProjectId }>`
    SELECT p.id FROM conversation c JOIN project p ON p.source = c.source AND p.external_id = c.project_id
    WHERE c.id = ${p.id} LIMIT 1`,
);
const findRecord = statement<{ slot: string; sha256: string }, { pk: number }>((db, p) =>
  db.selectFrom('sidecar_record').select('pk').where('slot', '=', p.slot).where('sha256', '=', p.sha256),
);
const insertRecord = statement<
  Pick<SidecarInput, 'source' | 'accountHash' | 'slot' | 'sha256' | 'asOfMs' | 'zstd' | 'size'> & { runPk: number },
  { pk: number }
>(
  (_, p) => sql<{ pk: number }>`
    INSERT INTO sidecar_record (run_pk, source, account_hash, slot, sha256, first_ms, as_of_ms, bytes_zstd, size)
    VALUES (${p.runPk}, ${p.source}, ${p.accountHash}, ${p.slot}, ${p.sha256}, ${p.asOfMs}, ${p.asOfMs}, ${p.zstd}, ${p.size})
    RETURNING pk`,
);
const sawAt = statement<{ pk: number; at: number }>(
  (_, p) => sql`
    UPDATE sidecar_record SET first_ms = min(coalesce(first_ms, ${p.at}), ${p.at}),
      as_of_ms = max(coalesce(as_of_ms, ${p.at}), ${p.at})
    WHERE pk = ${p.pk}`,
);
const wasSoAt = statement<{ pk: number }>(
  (_, p) => sql`
    UPDATE memory_evidence SET at_ms = (SELECT as_of_ms FROM sidecar_record WHERE pk = ${p.pk}) WHERE record_pk = ${p.pk}`,
);
/** One row for each, known by its id; a conversation may have named it before. */
const putProject = statement<
  Omit<ProjectInput, 'documents'> & { source: string; accountHash: string; recordPk: number | null; version: string },
  { pk: number }
>(
  (_, p) => sql<{ pk: number }>`
    INSERT INTO project (id, source, account_hash, external_id, name, description, instructions, created_ms, updated_ms,
      record_pk, version)
    VALUES (${p.id}, ${p.source}, ${p.accountHash}, ${p.externalId}, ${p.name}, ${p.description}, ${p.instructions},
      ${p.createdMs}, ${p.updatedMs}, ${p.recordPk}, ${p.version})
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
      instructions = excluded.instructions, created_ms = excluded.created_ms, updated_ms = excluded.updated_ms,
      record_pk = excluded.record_pk, version = excluded.version, account_hash = excluded.account_hash
    WHERE excluded.version > project.version
    RETURNING pk`,
);
const projectPk = statement<{ id: string }, { pk: number }>((db, p) =>
  db.selectFrom('project').select('pk').where('id', '=', p.id),
);
const putDocument = statement<Versioned<ProjectDocumentInput> & { projectPk: number }>(
  (_, p) => sql`
    INSERT INTO project_document (id, project_pk, external_id, name, text, created_ms, version)
    VALUES (${p.id}, ${p.projectPk}, ${p.externalId}, ${p.name}, ${p.text}, ${p.createdMs}, ${p.version})
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, text = excluded.text, created_ms = excluded.created_ms,
      version = excluded.version
    WHERE excluded.version > project_document.version`,
);
const putFeedback = statement<FeedbackInput & { source: string; recordPk: number; version: string }>(
  (_, p) => sql`
    INSERT INTO feedback (id, source, conversation_key, message_key, rating, comment, at_ms, record_pk, version)
    VALUES (${p.id}, ${p.source}, ${p.conversation}, ${p.message}, ${p.rating}, ${p.comment}, ${p.atMs}, ${p.recordPk}, ${p.version})
    ON CONFLICT (id) DO UPDATE SET rating = excluded.rating, comment = excluded.comment, at_ms = excluded.at_ms,
      record_pk = excluded.record_pk, version = excluded.version
    WHERE excluded.version > feedback.version`,
);
const feedbackIn = statement<
  { id: string },
  { message: string | null; rating: Feedback['rating']; comment: string | null; atMs: number | null }
>(
  (_, p) => sql<{ message: string | null; rating: Feedback['rating']; comment: string | null; atMs: number | null }>`
    SELECT f.message_key AS message, f.rating, f.comment, f.at_ms AS atMs FROM conversation c
    JOIN feedback f ON f.source = c.source AND f.conversation_key = c.external_id WHERE c.id = ${p.id} ORDER BY f.at_ms, f.pk`,
);

const summary = (row: Row): ProjectSummary => ({
  id: row.id,
  source: row.source,
  externalId: row.externalId,
  name: row.name,
  createdAt: isoTime(row.createdMs),
  updatedAt: isoTime(row.updatedMs),
  conversations: row.conversations,
  documents: row.documents,
  memories: row.memories,
});

export class ProjectReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** By their names. @throws AppError `cursor_invalid` */
  page(options: { readonly limit: number; readonly cursor?: string | undefined }): Page<ProjectSummary> {
    const [after, pk] =
      options.cursor === undefined
        ? [null, 0]
        : decodeCursor<readonly [string, number]>(options.cursor, ['string', 'number']);
    const rows = pageOf.all(this.connection, { after, pk, limit: options.limit + 1 });
    const items = rows.slice(0, options.limit);
    const last = items.at(-1);
    const more = rows.length > options.limit && last !== undefined;
    return { items: items.map(summary), nextCursor: more ? encodeCursor([last.sortKey, last.pk]) : null };
  }

  find(id: ProjectId): Project | null {
    const row = byId.get(this.connection, { id });
    if (row === undefined) return null;
    const content = documents
      .all(this.connection, { pk: row.pk })
      .map(({ externalId, name, text, createdMs, version }) => ({
        externalId,
        name,
        text,
        createdAt: isoTime(createdMs),
        inNewest: version === row.version,
      }));
    return { ...summary(row), description: row.description, instructions: row.instructions, content };
  }

  /** The project a conversation stands in, or null. */
  ofConversation(id: ConversationId): ProjectId | null {
    return ofConversation.get(this.connection, { id })?.id ?? null;
  }

  /** Ratings of a conversation's messages, by the source's ids of messages. */
  feedbackIn(id: ConversationId): ReadonlyMap<string, Feedback[]> {
    const rows = feedbackIn.all(this.connection, { id });
    const found = new Map<string, Feedback[]>();
    for (const { message, rating, comment, atMs } of rows) {
      if (message !== null) found.set(message, [...(found.get(message) ?? []), { rating, comment, at: isoTime(atMs) }]);
    }
    return found;
  }

  recordPk(slot: string, sha256: string): number | null {
    return findRecord.get(this.connection, { slot, sha256 })?.pk ?? null;
  }
}

export class ProjectWriter extends ProjectReader {
  /**
   * Keep a record's bytes, its projects and ratings. Bytes that were kept before are known to be so at another time too.
   * @returns its row, and whether it is new
   */
  putRecord(record: SidecarInput, runPk: number): { readonly pk: number; readonly isNew: boolean } {
    const known = this.recordPk(record.slot, record.sha256);
    if (known === null) {
      const row = insertRecord.get(this.connection, { ...record, runPk });
      if (row === undefined) throw new Error('A record that was just written is not there.');
      this.putContent(record, row.pk);
      return { pk: row.pk, isNew: true };
    }
    if (record.asOfMs !== null) {
      sawAt.run(this.connection, { pk: known, at: record.asOfMs });
      wasSoAt.run(this.connection, { pk: known });
      this.putContent(record, known);
    }
    return { pk: known, isNew: false };
  }

  /** What a record says of projects and ratings, in place of what older ones said. */
  putContent(record: SidecarInput, recordPk: number): void {
    const { source, accountHash } = record;
    const version = versionOf(record);
    for (const { documents: held, ...project } of record.projects) {
      putProject.get(this.connection, { ...project, source, accountHash, recordPk, version });
      this.putDocuments(
        project.id,
        held.map((document) => ({ ...document, version })),
      );
    }
    for (const rating of record.feedback) putFeedback.run(this.connection, { ...rating, source, recordPk, version });
  }

  /** Of a project that is known. Of two versions the later one stays. */
  putDocuments(project: ProjectId, documents: readonly Versioned<ProjectDocumentInput>[]): void {
    const { pk } = projectPk.get(this.connection, { id: project }) as { pk: number };
    for (const document of documents) putDocument.run(this.connection, { ...document, projectPk: pk });
  }

  /** A project a conversation names; nothing changes where it is known. */
  ensure(id: ProjectId, source: Source, accountHash: string, externalId: string): void {
    putProject.get(this.connection, {
      id,
      source,
      accountHash,
      externalId,
      name: null,
      description: null,
      instructions: null,
      createdMs: null,
      updatedMs: null,
      recordPk: null,
      version: '',
    });
  }
}
