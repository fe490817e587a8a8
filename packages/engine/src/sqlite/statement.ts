/**
 * Statements: SQL written with a typed query builder, compiled once for the process, prepared once for a connection.
 * The builder never runs anything itself; measured at 1.0x of the raw driver (docs/adr).
 */
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Connection, PreparedStatement } from './database.ts';

/** A value SQLite can bind. */
export type SqlValue = string | number | bigint | Uint8Array | null;

/** Stands where a parameter goes while the query is compiled. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

type Placeholders<P> = { readonly [K in keyof P]: P[K] };

interface Compilable<R> {
  compile(): CompiledQuery<R>;
}

export interface Statement<P, R> {
  /** Every row. */
  all(connection: Connection, params: P): R[];
  /** The first column of every row: an object for each of thousands of rows costs more than reading them. */
  values<V extends SqlValue>(connection: Connection, params: P): V[];
  /** The first row, or undefined. */
  get(connection: Connection, params: P): R | undefined;
  /** Rows one by one; the connection can run nothing else until the loop ends. */
  iterate(connection: Connection, params: P): IterableIterator<R>;
  run(connection: Connection, params: P): { changes: number; lastInsertRowid: number };
}

const dialect = {
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
};

/**
 * Statements over the tables of `Schema`. Build with Kysely, or with its `sql` tag where SQL goes beyond the builder
 * (FTS5, `INSERT … SELECT`); either way `p.name` marks a parameter.
 *
 * @example
 * const titleOf = statement<{ id: string }, { title: string }>((db, p) =>
 *   db.selectFrom('conversation').select('title').where('id', '=', p.id));
 * titleOf.get(connection, { id });
 */
export function statementsOf<Schema>() {
  const builder = new Kysely<Schema>({ dialect });
  return function statement<P extends object, R = never>(
    build: (db: Kysely<Schema>, p: Placeholders<P>) => Compilable<R> | RawBuilder<R>,
  ): Statement<P, R> {
    const prepared = new WeakMap<Connection, PreparedStatement>();
    let compiled: { sql: string; bind: (params: P) => SqlValue[] } | undefined;
    const compile = () => {
      const placeholders = new Proxy({} as Placeholders<P>, {
        get: (_, name) => new Placeholder(String(name)) as never,
      });
      const query = build(builder, placeholders);
      const { sql, parameters } =
        'toOperationNode' in query && query.compile.length === 1
          ? query.compile(builder)
          : (query as Compilable<R>).compile();
      const bind = (params: P) =>
        parameters.map((value) => (value instanceof Placeholder ? params[value.name as keyof P] : value) as SqlValue);
      return { sql, bind };
    };
    const ready = (connection: Connection) => {
      compiled ??= compile();
      let statement = prepared.get(connection);
      if (statement === undefined) {
        statement = connection.prepare<SqlValue[]>(compiled.sql);
        prepared.set(connection, statement);
      }
      return { statement, bind: compiled.bind };
    };
    return {
      all(connection, params) {
        const { statement, bind } = ready(connection);
        return statement.all(...bind(params)) as R[];
      },
      values<V extends SqlValue>(connection: Connection, params: P) {
        const { statement, bind } = ready(connection);
        statement.pluck(true);
        try {
          return statement.all(...bind(params)) as V[];
        } finally {
          statement.pluck(false);
        }
      },
      get(connection, params) {
        const { statement, bind } = ready(connection);
        return statement.get(...bind(params)) as R | undefined;
      },
      iterate(connection, params) {
        const { statement, bind } = ready(connection);
        return statement.iterate(...bind(params)) as IterableIterator<R>;
      },
      run(connection, params) {
        const { statement, bind } = ready(connection);
        const { changes, lastInsertRowid } = statement.run(...bind(params));
        return { changes, lastInsertRowid: Number(lastInsertRowid) };
      },
    };
  };
}
