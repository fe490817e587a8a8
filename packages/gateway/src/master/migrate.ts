/**
 * Brings master to this version: numbered steps, each applied once, all in one transaction under one lock, so that
 * gateways that start together do not trip over each other. Never goes backwards.
 */
import { AppError } from '@vivim/contract/errors';
import { type Kysely, sql } from 'kysely';
import { first } from './migrations/0001-first.ts';
import { identity } from './migrations/0002-identity.ts';
import { oauth } from './migrations/0003-oauth.ts';
import { erasure } from './migrations/0004-erasure.ts';
import { usage } from './migrations/0005-usage.ts';
import { modelGrants } from './migrations/0006-model-grants.ts';
import { operators } from './migrations/0007-operators.ts';
import type { MasterReader } from './reader.ts';
import type { MasterSchema } from './schema.ts';

/** In order, for ever: a step that was released is never changed. */
const steps: readonly { readonly name: string; readonly up: string }[] = [
  { name: '0001-first', up: first },
  { name: '0002-identity', up: identity },
  { name: '0003-oauth', up: oauth },
  { name: '0004-erasure', up: erasure },
  { name: '0005-usage', up: usage },
  { name: '0006-model-grants', up: modelGrants },
  { name: '0007-operators', up: operators },
];

/** Any constant will do, as long as nothing else in the database takes it. */
const lockKey = 0x5649_5649;

/** @throws AppError `schema_too_new` when master holds a step this version does not know */
export async function migrate(db: Kysely<MasterSchema>): Promise<void> {
  await db.transaction().execute((tx) => applySteps(tx, null));
}

/**
 * @param upTo the steps a dump was written after; null: all
 * @throws AppError `schema_too_new` when one of them, or one that was applied, is not known
 */
export async function applySteps(tx: MasterReader, upTo: readonly string[] | null): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockKey})`.execute(tx);
  await sql`create table if not exists vivim_migrations (name text primary key, applied_at timestamptz not null default now())`.execute(
    tx,
  );
  const applied = new Set(await appliedSteps(tx));
  const unknown = [...applied, ...(upTo ?? [])].some((name) => steps.every((step) => step.name !== name));
  if (unknown) {
    throw new AppError('schema_too_new', 'The master database was written by a newer VIVIM; upgrade this server.');
  }
  for (const step of steps) {
    if (applied.has(step.name) || upTo?.includes(step.name) === false) continue;
    await sql.raw(step.up).execute(tx);
    await sql`insert into vivim_migrations (name) values (${step.name})`.execute(tx);
  }
}

/** Names of the steps that were applied, in order. */
export async function appliedSteps(tx: MasterReader): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from vivim_migrations order by name`.execute(tx);
  return rows.map((row) => row.name);
}
