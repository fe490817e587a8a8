/**
 * Master as text, out and in: gzip over lines of JSON, all of one moment. The first line says the format and the steps the
 * tables had seen; then a line for each row, `["users", {…}]`, as PostgreSQL's own `to_jsonb` writes it; the last counts
 * the rows, so that a dump that was cut short is known to be. No pg_dump: the embedded PostgreSQL comes without.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { AppError } from '@vivim/contract/errors';
import { sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { Master } from './db.ts';
import { type DumpTable, dumpTables } from './dump-tables.ts';
import { appliedSteps, applySteps } from './migrate.ts';
import type { MasterReader } from './reader.ts';
import type { MasterSchema } from './schema.ts';

const Head = z.strictObject({
  format: z.literal('vivim-master'),
  version: z.literal(1),
  migrations: z.array(z.string()),
});
const Foot = z.strictObject({ end: z.literal(true), rows: z.record(z.string(), z.int()) });
const Row = z.tuple([z.string(), z.record(z.string(), z.unknown())]);

export interface DumpFacts {
  readonly migrations: readonly string[];
  readonly rows: Readonly<Record<string, number>>;
  /** Over the text, before compression: the same rows have the same. */
  readonly digest: string;
}

/** A space as the dump has it. */
export interface DumpedSpace {
  readonly user_id: string;
  readonly storage_id: string;
  readonly state: string;
}

const batch = 500;

async function* rowsOf(tx: MasterReader, { name, key, where }: DumpTable): AsyncGenerator<string> {
  const which = sql.raw(where === undefined ? '' : `where ${where}`);
  const from = sql`select to_jsonb(t)::text as row from ${sql.table(name)} t ${which} order by ${sql.raw(key.join(', '))}`;
  await sql`declare dumped no scroll cursor for ${from}`.execute(tx);
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.raw(String(batch))} from dumped`.execute(tx);
    for (const { row } of rows) yield row;
    if (rows.length < batch) break;
  }
  await sql`close dumped`.execute(tx);
}

/** Those there are: a master that was made from an older dump has fewer until it is brought to this version. */
async function tablesOf(tx: MasterReader): Promise<DumpTable[]> {
  const { rows } = await sql<{
    name: string;
  }>`select name from unnest(${dumpTables.map(({ name }) => name)}::text[]) name
    where to_regclass(name) is not null`.execute(tx);
  const there = new Set(rows.map(({ name }) => name));
  return dumpTables.filter(({ name }) => there.has(name));
}

/** The lines of a dump; `facts` is filled when the last was taken. */
async function* linesOf(tx: MasterReader, facts: { value: DumpFacts | null }): AsyncGenerator<string> {
  const migrations = await appliedSteps(tx);
  const rows: Record<string, number> = {};
  const hash = createHash('sha256');
  const line = (text: string) => {
    hash.update(`${text}\n`);
    return `${text}\n`;
  };
  yield line(JSON.stringify({ format: 'vivim-master', version: 1, migrations } satisfies z.input<typeof Head>));
  for (const table of await tablesOf(tx)) {
    rows[table.name] = 0;
    for await (const row of rowsOf(tx, table)) {
      rows[table.name] = (rows[table.name] ?? 0) + 1;
      yield line(`[${JSON.stringify(table.name)},${row}]`);
    }
  }
  yield line(JSON.stringify({ end: true, rows } satisfies z.input<typeof Foot>));
  facts.value = { migrations, rows, digest: hash.digest('hex') };
}

/** Writes all of master, as it is at one moment, to a new file. @returns also which spaces that moment knows */
export function dumpMaster(master: Master, path: string): Promise<DumpFacts & { readonly spaces: DumpedSpace[] }> {
  return master.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const facts: { value: DumpFacts | null } = { value: null };
      const out = createWriteStream(path, { mode: 0o600, flags: 'wx' });
      await pipeline(Readable.from(linesOf(tx, facts)), createGzip(), out);
      if (facts.value === null) throw new Error('A dump without an end.');
      const spaces = await tx
        .selectFrom('routing')
        .select(['user_id', 'storage_id', 'state'])
        .orderBy('user_id')
        .execute();
      return { ...facts.value, spaces };
    });
}

/** Of the rows a transaction sees. */
async function digestOf(tx: MasterReader): Promise<DumpFacts> {
  const facts: { value: DumpFacts | null } = { value: null };
  for await (const _ of linesOf(tx, facts));
  if (facts.value === null) throw new Error('A dump without an end.');
  return facts.value;
}

async function insert(tx: MasterReader, table: string, rows: readonly unknown[]): Promise<void> {
  const name = sql.table(table);
  await sql`insert into ${name} select r.* from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) v,
    jsonb_populate_record(null::${name}, v) r`.execute(tx);
}

/**
 * Makes the tables as they were when the dump was written, in the first schema of the search path, and fills them. The caller
 * brings them to this version afterwards.
 *
 * @throws AppError `schema_too_new` for a dump of a newer VIVIM, `storage_integrity` for one that is cut short or no dump
 */
export async function loadInto(tx: Transaction<MasterSchema>, path: string): Promise<DumpFacts> {
  const hash = createHash('sha256');
  let [head, foot]: [z.infer<typeof Head> | null, z.infer<typeof Foot> | null] = [null, null];
  const counted: Record<string, number> = {};
  let waiting: { table: string; rows: unknown[] } = { table: '', rows: [] };
  const flush = async () => {
    if (waiting.rows.length > 0) await insert(tx, waiting.table, waiting.rows);
    waiting = { table: '', rows: [] };
  };
  try {
    const source = createReadStream(path).on('error', () => {});
    const text = source.pipe(createGunzip());
    source.once('error', (error) => text.destroy(error));
    for await (const line of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
      hash.update(`${line}\n`);
      const value: unknown = JSON.parse(line);
      if (head === null) {
        head = Head.parse(value);
        await applySteps(tx, head.migrations);
        for (const { name } of await tablesOf(tx)) counted[name] = 0;
      } else if (Array.isArray(value)) {
        const [table, row] = Row.parse(value);
        if (counted[table] === undefined || foot !== null) throw new Error('a row of no table');
        counted[table] += 1;
        if (waiting.table !== table || waiting.rows.length >= batch) await flush();
        waiting = { table, rows: [...waiting.rows, row] };
      } else foot = Foot.parse(value);
    }
    await flush();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw damaged(error);
  }
  if (head === null || foot === null || JSON.stringify(foot.rows) !== JSON.stringify(counted)) throw damaged();
  return { migrations: head.migrations, rows: foot.rows, digest: hash.digest('hex') };
}

/**
 * Loads a dump into a schema of its own, dumps that again, and undoes everything.
 *
 * @throws AppError `storage_integrity` when it does not come out as it went in; see `loadInto`
 */
export async function tryDump(master: Master, path: string): Promise<DumpFacts> {
  const undone = new Error('undone');
  let facts: DumpFacts | undefined;
  try {
    await master.db.transaction().execute(async (tx) => {
      await sql`create schema vivim_scratch`.execute(tx);
      await sql`set local search_path to vivim_scratch`.execute(tx);
      facts = await loadInto(tx, path);
      if ((await digestOf(tx)).digest !== facts.digest) throw damaged();
      throw undone;
    });
  } catch (error) {
    if (error !== undone) throw error;
  }
  if (facts === undefined) throw damaged();
  return facts;
}

const damaged = (cause?: unknown) =>
  new AppError('storage_integrity', 'The dump of master is cut short or was altered.', { cause });
