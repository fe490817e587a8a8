/**
 * Standing bundles and what each was made from. A bundle is marked dirty in the transaction that changes any of its
 * sources. Never compiles one.
 */
import type { StandingKind } from '@vivim/contract/context';
import type { BundleId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { LocatedAcu } from '../located-acu.ts';
import { derivedId } from '../space-row.ts';
import { statement } from '../statement.ts';
import { BundleMaterial } from './bundle-material.ts';
import { keptSections, putSections, soil } from './bundle-sections.ts';
import type { BundleSourceKind, CompiledBundle, SectionLine, StandingBundleRow } from './bundle-shape.ts';
import { isShown } from './profile-tables.ts';

interface Row extends Omit<StandingBundleRow, 'dirty' | 'quotes'> {
  readonly dirty: number;
  readonly citationsJson: string;
}

interface Wanted {
  readonly kind: StandingKind;
  readonly subject: string;
}

const columns = sql`pk, id, kind, subject, label, version, dirty, text, tokens, tokenizer, hash,
  citations_json AS citationsJson, compiled_ms AS compiledMs`;

const byId = statement<{ id: string }, Row>((_, p) => sql<Row>`SELECT ${columns} FROM bundle WHERE id = ${p.id}`);
const bySubject = statement<{ kind: string; subject: string }, Row>(
  (_, p) => sql<Row>`SELECT ${columns} FROM bundle WHERE kind = ${p.kind} AND subject = ${p.subject}`,
);
const pageOf = statement<{ kind: string | null; after: number; limit: number }, Row>(
  (_, p) => sql<Row>`
    SELECT ${columns} FROM bundle WHERE pk > ${p.after} AND (${p.kind} IS NULL OR kind = ${p.kind}) ORDER BY pk LIMIT ${p.limit}`,
);
/** Bundles to compile: those that are dirty, and those that should stand and do not yet. */
const stale = statement<{ subjects: number; limit: number }, Wanted>(
  (_, p) => sql<Wanted>`
    SELECT kind, subject FROM bundle WHERE dirty = 1
    UNION ALL SELECT value, '' FROM json_each('["identity_core","global_prefs"]')
      WHERE (EXISTS (SELECT 1 FROM acu) OR EXISTS (SELECT 1 FROM memory)) AND NOT EXISTS (SELECT 1 FROM bundle WHERE kind = value AND subject = '')
    UNION ALL SELECT 'topic', id FROM (SELECT id FROM topic WHERE ${isShown('topic')} ORDER BY pinned DESC, weight DESC, key LIMIT ${p.subjects}) t
      WHERE NOT EXISTS (SELECT 1 FROM bundle WHERE kind = 'topic' AND subject = t.id)
    UNION ALL SELECT 'entity', id FROM (SELECT id FROM entity WHERE visible = 1 ORDER BY pinned DESC, weight DESC, key LIMIT ${p.subjects}) e
      WHERE NOT EXISTS (SELECT 1 FROM bundle WHERE kind = 'entity' AND subject = e.id)
    LIMIT ${p.limit}`,
);
const insert = statement<Omit<Row, 'pk' | 'version' | 'dirty'>>(
  (_, p) => sql`
    INSERT INTO bundle (id, kind, subject, label, text, tokens, tokenizer, hash, citations_json, compiled_ms)
    VALUES (${p.id}, ${p.kind}, ${p.subject}, ${p.label}, ${p.text}, ${p.tokens}, ${p.tokenizer}, ${p.hash}, ${p.citationsJson}, ${p.compiledMs})`,
);
const replace = statement<Omit<Row, 'id' | 'kind' | 'subject' | 'version' | 'dirty'>>(
  (_, p) => sql`
    UPDATE bundle SET label = ${p.label}, version = version + 1, dirty = 0, text = ${p.text}, tokens = ${p.tokens},
      tokenizer = ${p.tokenizer}, hash = ${p.hash}, citations_json = ${p.citationsJson}, compiled_ms = ${p.compiledMs}
    WHERE pk = ${p.pk}`,
);
const clean = statement<{ pk: number; citationsJson: string }>((db, p) =>
  db.updateTable('bundle').set({ dirty: 0, citations_json: p.citationsJson }).where('pk', '=', p.pk),
);
const remove = statement<Wanted>((db, p) =>
  db.deleteFrom('bundle').where('kind', '=', p.kind).where('subject', '=', p.subject),
);
const dirty = statement<{ kind: string; keys: string }>(
  (_, p) => sql`
    UPDATE bundle SET dirty = 1 WHERE dirty = 0 AND pk IN (
      SELECT bundle_pk FROM bundle_source WHERE kind = ${p.kind} AND key IN (SELECT value FROM json_each(${p.keys})))`,
);

const value = ({ citationsJson, ...row }: Row): StandingBundleRow => ({
  ...row,
  dirty: row.dirty === 1,
  quotes: JSON.parse(citationsJson),
});

export class BundleReader {
  protected readonly connection: Connection;
  /** What bundles are made from. */
  readonly material: BundleMaterial;

  constructor(connection: Connection) {
    this.connection = connection;
    this.material = new BundleMaterial(connection);
  }

  byId(id: BundleId): StandingBundleRow | null {
    const row = byId.get(this.connection, { id });
    return row === undefined ? null : value(row);
  }

  find(kind: StandingKind, subject: string): StandingBundleRow | null {
    const row = bySubject.get(this.connection, { kind, subject });
    return row === undefined ? null : value(row);
  }

  /** The sections of a bundle that nothing touched since they were made, by their keys. */
  sections(kind: StandingKind, subject: string): ReadonlyMap<string, readonly SectionLine[]> {
    return keptSections(this.connection, kind, subject);
  }

  /** In the order they were first compiled. @throws AppError `cursor_invalid` */
  list(options: {
    kind?: StandingKind | undefined;
    limit: number;
    cursor?: string | undefined;
  }): Page<StandingBundleRow> {
    const [after] = options.cursor === undefined ? [0] : decodeCursor<readonly [number]>(options.cursor, ['number']);
    const rows = pageOf.all(this.connection, { kind: options.kind ?? null, after, limit: options.limit + 1 });
    const shown = rows.slice(0, options.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(value),
      nextCursor: rows.length > shown.length && last !== undefined ? encodeCursor([last.pk]) : null,
    };
  }

  /** At most `limit` bundles that are dirty or that should stand and do not, of the `subjects` first topics and entities. */
  stale(subjects: number, limit: number): Wanted[] {
    return stale.all(this.connection, { subjects, limit });
  }
}

export class BundleWriter extends BundleReader {
  /**
   * Keep a compiled bundle. One whose text, label and quotations are what they were keeps its version and its time:
   * it was touched and did not change.
   */
  put(bundle: CompiledBundle, nowMs: number): StandingBundleRow {
    const { kind, subject } = bundle;
    const citationsJson = JSON.stringify(bundle.quotes);
    const id = derivedId(this.connection, 'b', [kind, subject]) as BundleId;
    const before = bySubject.get(this.connection, { kind, subject });
    const row = { ...bundle, id, citationsJson, compiledMs: nowMs };
    if (before === undefined) insert.run(this.connection, row);
    else if (sameContent(before, row)) clean.run(this.connection, { pk: before.pk, citationsJson });
    else replace.run(this.connection, { ...row, pk: before.pk });
    const kept = bySubject.get(this.connection, { kind, subject }) as Row;
    putSections(this.connection, kept.pk, bundle);
    return value(kept);
  }

  /** Take away a bundle whose subject is gone. */
  remove(kind: StandingKind, subject: string): void {
    remove.run(this.connection, { kind, subject });
  }

  /** Mark every standing bundle, and in it every section, made from any of these. Called in the transaction that changes them. */
  markDirty(kind: BundleSourceKind, keys: readonly string[]): void {
    if (keys.length === 0) return;
    const made = { kind, keys: JSON.stringify(keys) };
    soil(this.connection, made);
    dirty.run(this.connection, made);
  }
}

type Content = Pick<Row, 'hash' | 'label' | 'tokenizer' | 'citationsJson'>;

/** The same words of the same places; rows may have moved. */
const sameContent = (a: Content, b: Content): boolean =>
  a.hash === b.hash && a.label === b.label && a.tokenizer === b.tokenizer && places(a) === places(b);

const places = ({ citationsJson }: Content): string =>
  (JSON.parse(citationsJson) as LocatedAcu[]).map(({ acu }) => `${acu.id} ${acu.start} ${acu.end}`).join('\n');
