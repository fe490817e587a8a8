/** The one row that says whose database this is and how many writes it has seen, and the ids that are made with it. */
import { randomBytes } from '@vivim/contract/random';
import { sql } from 'kysely';
import type { Connection } from '../sqlite/database.ts';
import { contentId } from './hash.ts';
import { statement } from './statement.ts';

export interface SpaceRow {
  readonly storageId: string;
  readonly ownerId: string;
  readonly version: number;
}

const select = statement<Record<never, never>, SpaceRow>((db) =>
  db.selectFrom('space').select(['storage_id as storageId', 'owner_id as ownerId', 'version']),
);
const insert = statement<{ storageId: string; ownerId: string; salt: string; now: number }>((db, p) =>
  db
    .insertInto('space')
    .values({ one: 1, storage_id: p.storageId, owner_id: p.ownerId, salt: p.salt, created_ms: p.now }),
);
const selectSalt = statement<Record<never, never>, { salt: string }>((db) => db.selectFrom('space').select('salt'));
const salts = new WeakMap<Connection, string>();
const adopt = statement<{ salt: string; createdMs: number }>((db, p) =>
  db.updateTable('space').set({ salt: p.salt, created_ms: p.createdMs }),
);
const raise = statement<Record<never, never>>((db) => db.updateTable('space').set({ version: sql`version + 1` }));

export const readSpaceRow = (connection: Connection): SpaceRow | null => select.get(connection, {}) ?? null;

export function createSpaceRow(
  connection: Connection,
  owner: { storageId: string; ownerId: string },
  nowMs: number,
): void {
  const salt = Buffer.from(randomBytes(16)).toString('hex');
  insert.run(connection, { storageId: owner.storageId, ownerId: owner.ownerId, salt, now: nowMs });
}

/** The space becomes one that was elsewhere: what is found in it has the ids it had there. Only while nothing was found. */
export function adoptSalt(connection: Connection, salt: string, createdMs: number): void {
  adopt.run(connection, { salt, createdMs });
  salts.delete(connection);
}

export function raiseVersion(connection: Connection): void {
  raise.run(connection, {});
}

/**
 * The id of something found in this space: a topic, an entity, a bundle. Made from what it is and from the space's salt,
 * so that it is the same after a rebuild, and in another person's space names nothing.
 */
export function derivedId(connection: Connection, prefix: string, parts: readonly string[]): string {
  return contentId(prefix, [saltOf(connection), ...parts]);
}

/** What makes the ids and marks of this space its own. Moves with the space, and is in no file but its database. */
export function saltOf(connection: Connection): string {
  const salt = salts.get(connection) ?? selectSalt.get(connection, {})?.salt;
  if (salt === undefined) throw new Error('A space without its row.');
  salts.set(connection, salt);
  return salt;
}
