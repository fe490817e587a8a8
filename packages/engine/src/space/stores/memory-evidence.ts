/** What a memory stands on: spans of messages, and of records of exports. Reads only. */
import type { ConversationId, ImportId, MessageId } from '@vivim/contract/ids';
import { memoryLimits } from '@vivim/contract/memory';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

interface Span {
  readonly place: string;
  readonly start: number;
  readonly end: number;
  readonly atMs: number | null;
}
export interface MessageEvidence extends Span {
  readonly from: 'message';
  readonly conversationId: ConversationId;
  readonly title: string | null;
  readonly messageId: MessageId;
  readonly quoted: string | null;
}
export interface RecordEvidence extends Span {
  readonly from: 'import';
  readonly importId: ImportId;
  readonly slot: string;
  readonly zstd: Uint8Array;
}
export type StoredEvidence = MessageEvidence | RecordEvidence;

const ofMessages = statement<{ pk: number; limit: number }, Omit<MessageEvidence, 'from'>>(
  (_, p) => sql<Omit<MessageEvidence, 'from'>>`
    SELECT e.place, e.start_ix AS start, e.end_ix AS "end", e.at_ms AS atMs, c.id AS conversationId, c.title,
      m.id AS messageId, (SELECT text FROM part WHERE message_pk = m.pk AND ix = CAST(e.place AS INTEGER)) AS quoted
    FROM memory_evidence e JOIN message m ON m.pk = e.message_pk JOIN conversation c ON c.pk = m.conversation_pk
    WHERE e.memory_pk = ${p.pk} ORDER BY e.at_ms DESC, e.pk LIMIT ${p.limit}`,
);
const ofRecords = statement<{ pk: number; limit: number }, Omit<RecordEvidence, 'from'>>(
  (_, p) => sql<Omit<RecordEvidence, 'from'>>`
    SELECT e.place, e.start_ix AS start, e.end_ix AS "end", e.at_ms AS atMs, r.slot, r.bytes_zstd AS zstd, i.id AS importId
    FROM memory_evidence e JOIN sidecar_record r ON r.pk = e.record_pk JOIN import_run i ON i.pk = r.run_pk
    WHERE e.memory_pk = ${p.pk} ORDER BY e.at_ms DESC, e.pk LIMIT ${p.limit}`,
);

/** Newest first, up to the limit of an answer. */
export function evidenceOf(connection: Connection, pk: number): StoredEvidence[] {
  const limit = memoryLimits.evidence;
  return [
    ...ofRecords.all(connection, { pk, limit }).map((row) => ({ from: 'import', ...row }) as const),
    ...ofMessages
      .all(connection, { pk, limit })
      .map((row) => ({ from: 'message', ...row, quoted: row.quoted?.slice(row.start, row.end) ?? null }) as const),
  ].slice(0, limit);
}
