/**
 * The door to master: one pool on one PostgreSQL, embedded or external. The only file that names the driver.
 * Never holds content, a topic's name or a plain circle name; never logs a statement's values.
 */
import { AppError } from '@vivim/contract/errors';
import { Kysely, PostgresDialect, type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import { type AuditWitness, noWitness } from './audit-witness.ts';
import { migrate } from './migrate.ts';
import { type News, newsChannel, parseNews } from './news.ts';
import { openRateLimits, type RateLimits } from './rate-limits.ts';
import type { MasterSchema } from './schema.ts';

/** Where master listens: a URL, or the socket directory of the embedded server. */
export type MasterTarget =
  | { readonly kind: 'external'; readonly url: string }
  | {
      readonly kind: 'embedded';
      readonly socketDir: string;
      readonly port: number;
      readonly user: string;
      readonly database: string;
    };

export interface Master {
  readonly kind: 'embedded' | 'external';
  readonly db: Kysely<MasterSchema>;
  /** Runs a statement of the hot path, planned once for each connection. One name stands for one text, for ever. */
  prepared<Row>(name: string, statement: RawBuilder<Row>): Promise<readonly Row[]>;
  readonly rateLimits: RateLimits;
  readonly witness: AuditWitness;
  /**
   * Hears what any gateway tells. A cut line is mended, and `missed` is heard then.
   *
   * @returns stops listening
   */
  listen(hear: (news: News) => void): Promise<() => Promise<void>>;
  /** Whether it answers now; never throws. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

/** Oldest PostgreSQL whose SQL we use, as `server_version_num`. */
const oldestServer = 150_000;
const int8 = 20;

// 64-bit columns hold counters and byte sizes below 2^53, so a JavaScript number is exact.
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

const connection = (target: MasterTarget): pg.PoolConfig =>
  target.kind === 'external'
    ? { connectionString: target.url }
    : { host: target.socketDir, port: target.port, user: target.user, database: target.database };

/** A connection and nothing else: no table is made, looked at or changed. For whoever fills an empty database. */
export function connectMaster(target: MasterTarget): { readonly db: Kysely<MasterSchema>; close(): Promise<void> } {
  const { db } = connect(target);
  return { db, close: () => db.destroy() };
}

function connect(target: MasterTarget): { pool: pg.Pool; db: Kysely<MasterSchema> } {
  const pool = new pg.Pool({
    ...connection(target),
    types,
    max: 10,
    connectionTimeoutMillis: 10_000,
    application_name: 'vivim',
  });
  // An idle connection that breaks (server restarted) is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  return { pool, db: new Kysely<MasterSchema>({ dialect: new PostgresDialect({ pool }) }) };
}

/**
 * Connects, checks the server's age and brings the schema to this version.
 *
 * @param witness is told of every entry of an audit chain
 * @throws AppError `schema_too_new` when a newer VIVIM wrote this master; Error with plain words when it cannot be reached
 */
export async function openMaster(target: MasterTarget, witness: AuditWitness = noWitness): Promise<Master> {
  const { pool, db } = connect(target);
  try {
    const { rows } = await sql<{
      version: number;
    }>`select current_setting('server_version_num')::int as version`.execute(db);
    const version = rows[0]?.version ?? 0;
    if (version < oldestServer) {
      throw new Error(`PostgreSQL ${Math.floor(version / 10_000)} is too old for VIVIM; use 15 or newer.`);
    }
    await migrate(db);
  } catch (error) {
    await db.destroy();
    if (error instanceof AppError || target.kind === 'embedded') throw error;
    throw new Error(
      `The PostgreSQL of VIVIM_MASTER_URL cannot be used: ${error instanceof Error ? error.message : 'no answer'}`,
      {
        cause: error,
      },
    );
  }
  return {
    kind: target.kind,
    db,
    prepared: async <Row>(name: string, statement: RawBuilder<Row>) => {
      const { sql: text, parameters } = statement.compile(db);
      const { rows } = await pool.query({ name, text, values: [...parameters] });
      return rows as Row[];
    },
    rateLimits: openRateLimits(pool),
    witness,
    listen: (hear) => listenFor(connection(target), hear),
    ping: () =>
      sql`select 1`.execute(db).then(
        () => true,
        () => false,
      ),
    close: () => db.destroy(),
  };
}

const mendAfterMs = 500;

/** A connection of its own, since a pool's may be handed to others. */
async function listenFor(config: pg.PoolConfig, hear: (news: News) => void): Promise<() => Promise<void>> {
  let client: pg.Client | null = null;
  let stopped = false;
  let mending: NodeJS.Timeout | undefined;
  const open = async () => {
    const fresh = new pg.Client({ ...config, application_name: 'vivim-news', keepAlive: true });
    fresh.on('notification', ({ payload }) => {
      const news = parseNews(payload ?? '');
      if (news !== null) hear(news);
    });
    fresh.on('error', () => {});
    fresh.once('end', () => mend());
    await fresh.connect();
    await fresh.query(`listen ${newsChannel}`);
    client = fresh;
  };
  const mend = () => {
    client = null;
    if (stopped) return;
    mending = setTimeout(() => {
      open().then(
        () => hear({ kind: 'missed' }),
        () => mend(),
      );
    }, mendAfterMs);
    mending.unref();
  };
  await open();
  return async () => {
    stopped = true;
    clearTimeout(mending);
    await client?.end();
  };
}
