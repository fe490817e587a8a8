/** Rows of any table of a space, by name: what writing the records of an archive needs, and nothing else. Decides nothing. */
import type { Connection, PreparedStatement } from '../../sqlite/database.ts';

type Value = string | number | null | Uint8Array;
type Row = Readonly<Record<string, Value | boolean>>;

export class RecordRows {
  readonly #connection: Connection;
  readonly #statements = new Map<string, PreparedStatement>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The number of the row with an id, or null where there is none. */
  pkOf(table: string, id: string): number | null {
    const row = this.one(`SELECT pk FROM ${table} WHERE id = ?`, id);
    return row === undefined ? null : Number(row.pk);
  }

  /** The number of the row of a record that is no conversation, or null where there is none. */
  sidecarPk(slot: string, sha256: string): number | null {
    const row = this.one('SELECT pk FROM sidecar_record WHERE slot = ? AND sha256 = ?', slot, sha256);
    return row === undefined ? null : Number(row.pk);
  }

  /** @returns the new row, or null where one with a key of it is there already */
  insert(table: string, row: Row): number | null {
    const names = Object.keys(row);
    const values = Object.values(row).map((value) => (typeof value === 'boolean' ? Number(value) : value));
    const result = this.#prepared(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
    ).run(...values);
    return result.changes === 1 ? Number(result.lastInsertRowid) : null;
  }

  run(sql: string, ...values: Value[]): void {
    this.#prepared(sql).run(...values);
  }

  one(sql: string, ...values: Value[]): Record<string, unknown> | undefined {
    return this.#prepared(sql).get(...values) as Record<string, unknown> | undefined;
  }

  #prepared(sql: string): PreparedStatement {
    const statement =
      this.#statements.get(sql) ?? this.#connection.prepare<(string | number | bigint | Uint8Array | null)[]>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
