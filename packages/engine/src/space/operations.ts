/** Verbs that were applied: each once, with the answer it got. */
import type { Connection } from '../sqlite/database.ts';
import { statement } from './statement.ts';

export interface OperationRecord {
  readonly operation: string;
  readonly requestHash: string;
  readonly status: number;
  readonly answer: unknown;
  readonly version: number;
}

const select = statement<
  { id: string },
  { operation: string; requestHash: string; status: number; answer: string | null; version: number }
>((db, p) =>
  db
    .selectFrom('op')
    .select(['operation', 'request_hash as requestHash', 'status', 'answer', 'version'])
    .where('id', '=', p.id),
);
const insert = statement<{
  id: string;
  operation: string;
  requestHash: string;
  status: number;
  answer: string;
  version: number;
  now: number;
}>((db, p) =>
  db.insertInto('op').values({
    id: p.id,
    operation: p.operation,
    request_hash: p.requestHash,
    status: p.status,
    answer: p.answer,
    version: p.version,
    at_ms: p.now,
  }),
);

export function findOperation(connection: Connection, id: string): OperationRecord | null {
  const row = select.get(connection, { id });
  return row === undefined ? null : { ...row, answer: row.answer === null ? null : JSON.parse(row.answer) };
}

export function recordOperation(
  connection: Connection,
  record: { id: string; operation: string; requestHash: string; status: number; answer: unknown; version: number },
  nowMs: number,
): void {
  insert.run(connection, { ...record, answer: JSON.stringify(record.answer), now: nowMs });
}
