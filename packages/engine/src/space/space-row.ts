/** The one row that says whose database this is and how many writes it has seen. */
import { sql } from 'kysely';
import type { Connection } from '../sqlite/database.ts';
import { statement } from './statement.ts';

export interface SpaceRow {
  readonly storageId: string;
  readonly ownerId: string;
  readonly version: number;
}

const select = statement<Record<never, never>, SpaceRow>((db) =>
  db.selectFrom('space').select(['storage_id as storageId', 'owner_id as ownerId', 'version']),
);
const insert = statement<{ storageId: string; ownerId: string; now: number }>((db, p) =>
  db.insertInto('space').values({ one: 1, storage_id: p.storageId, owner_id: p.ownerId, created_ms: p.now }),
);
const raise = statement<Record<never, never>>((db) => db.updateTable('space').set({ version: sql`version + 1` }));

export const readSpaceRow = (connection: Connection): SpaceRow | null => select.get(connection, {}) ?? null;

export function createSpaceRow(
  connection: Connection,
  owner: { storageId: string; ownerId: string },
  nowMs: number,
): void {
  insert.run(connection, { storageId: owner.storageId, ownerId: owner.ownerId, now: nowMs });
}

export function raiseVersion(connection: Connection): void {
  raise.run(connection, {});
}
