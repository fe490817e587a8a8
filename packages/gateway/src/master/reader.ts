/** What statements on master run on: the database or a transaction. A type alone. */
import type { Kysely, Transaction } from 'kysely';
import type { MasterSchema } from './schema.ts';

/** The database or a transaction on it. */
export type MasterReader = Kysely<MasterSchema> | Transaction<MasterSchema>;
