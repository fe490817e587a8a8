/**
 * The services a person's conversations go through. Keys go in and come out for one request alone ({@link UpstreamReader.grant});
 * everything that is shown has their last characters at most.
 */
import { isoTime } from '@vivim/contract/clock';
import type { PutUpstream, Upstream, UpstreamAsk, UpstreamGrant, UpstreamKind } from '@vivim/contract/live';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

interface Row {
  readonly pk: number;
  readonly name: string;
  readonly kind: UpstreamKind;
  readonly baseUrl: string;
  readonly key: string | null;
  readonly isDefault: number;
  readonly record: number;
  readonly createdMs: number;
  readonly usedMs: number | null;
}

const columns = [
  'pk',
  'name',
  'kind',
  'base_url as baseUrl',
  'key',
  'is_default as isDefault',
  'record',
  'created_ms as createdMs',
  'used_ms as usedMs',
] as const;
const all = statement<Record<never, never>, Row>((db) =>
  db.selectFrom('upstream').select(columns).orderBy('kind').orderBy('name').$castTo<Row>(),
);
const byName = statement<{ name: string }, Row>((db, p) =>
  db.selectFrom('upstream').select(columns).where('name', '=', p.name).$castTo<Row>(),
);
/** The default of a kind, and where none is set the first that was made. */
const ofKind = statement<{ kind: string }, Row>((db, p) =>
  db
    .selectFrom('upstream')
    .select(columns)
    .where('kind', '=', p.kind)
    .orderBy('is_default', 'desc')
    .orderBy('pk')
    .limit(1)
    .$castTo<Row>(),
);
interface Values {
  name: string;
  kind: string;
  baseUrl: string;
  key: string | null;
  record: number;
}
const insert = statement<Values & { now: number }>((db, p) =>
  db
    .insertInto('upstream')
    .values({ name: p.name, kind: p.kind, base_url: p.baseUrl, key: p.key, record: p.record, created_ms: p.now }),
);
const update = statement<Values>((db, p) =>
  db
    .updateTable('upstream')
    .set({ kind: p.kind, base_url: p.baseUrl, key: p.key, record: p.record })
    .where('name', '=', p.name),
);
const setDefault = statement<{ kind: string; name: string }>((db, p) =>
  db
    .updateTable('upstream')
    .set((e) => ({ is_default: e.case().when('name', '=', p.name).then(1).else(0).end() }))
    .where('kind', '=', p.kind),
);
const notDefault = statement<{ name: string }>((db, p) =>
  db.updateTable('upstream').set({ is_default: 0 }).where('name', '=', p.name),
);
const remove = statement<{ name: string }>((db, p) => db.deleteFrom('upstream').where('name', '=', p.name));
const use = statement<{ name: string; now: number }>((db, p) =>
  db.updateTable('upstream').set({ used_ms: p.now }).where('name', '=', p.name),
);

/** Of a key this long its last characters give nothing away. */
const tellingLength = 16;
export const endingOf = (key: string | null): string | null =>
  key === null ? null : key.length >= tellingLength ? key.slice(-4) : '';

export class UpstreamReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  all(): Upstream[] {
    const rows = all.all(this.connection, {});
    return rows.map((row) => this.#shown(row));
  }

  find(name: string): Upstream | null {
    const row = byName.get(this.connection, { name });
    return row === undefined ? null : this.#shown(row);
  }

  /** With its key, for one request; null where there is none of that name and kind. */
  grant({ kind, name }: UpstreamAsk): Omit<UpstreamGrant, 'room'> | null {
    const row =
      name === null ? ofKind.get(this.connection, { kind: kind ?? 'openai' }) : byName.get(this.connection, { name });
    if (row === undefined || (kind !== null && row.kind !== kind)) return null;
    return { name: row.name, kind: row.kind, baseUrl: row.baseUrl, key: row.key, record: row.record === 1 };
  }

  #shown(row: Row): Upstream {
    return {
      name: row.name,
      kind: row.kind,
      baseUrl: row.baseUrl,
      keyEnding: endingOf(row.key),
      isDefault: ofKind.get(this.connection, { kind: row.kind })?.pk === row.pk,
      record: row.record === 1,
      createdAt: isoTime(row.createdMs),
      lastUsedAt: isoTime(row.usedMs),
    };
  }
}

export class UpstreamWriter extends UpstreamReader {
  /** A key that is left out stays, as long as what it opens does: it is not sent to another address than it was given for. */
  put(name: string, given: PutUpstream, nowMs: number): Upstream {
    const { connection } = this;
    const before = byName.get(connection, { name });
    const stays = before !== undefined && before.baseUrl === given.baseUrl && before.kind === given.kind;
    const values = {
      name,
      kind: given.kind,
      baseUrl: given.baseUrl,
      key: given.key === undefined ? (stays ? before.key : null) : given.key,
      record: given.record === undefined ? (before?.record ?? 1) : Number(given.record),
    };
    if (before === undefined) insert.run(connection, { ...values, now: nowMs });
    else update.run(connection, values);
    if (given.isDefault === true) setDefault.run(connection, { kind: given.kind, name });
    if (given.isDefault === false || (before !== undefined && before.kind !== given.kind && given.isDefault !== true))
      notDefault.run(connection, { name });
    return this.find(name) as Upstream;
  }

  /** @returns what it was, or null where there was none */
  remove(name: string): Upstream | null {
    const found = this.find(name);
    remove.run(this.connection, { name });
    return found;
  }

  use(name: string, nowMs: number): void {
    use.run(this.connection, { name, now: nowMs });
  }
}
