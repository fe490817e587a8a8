/**
 * What its person pinned into contexts: which units and memories, into every context or into those of one recipe. Never decides how
 * much of it fits, nor whether it may be quoted.
 */
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { PinId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import type { Pin, PinKind, PinSubject } from '@vivim/contract/pin';
import type { RecipeName } from '@vivim/contract/recipe';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { latestPage } from '../latest-page.ts';
import { derivedId } from '../space-row.ts';
import { statement } from '../statement.ts';
import { nameOf } from './exclusion-names.ts';
import { RecipeReader } from './recipes.ts';

export interface PinRow {
  readonly pk: number;
  readonly kind: PinKind;
  readonly key: string;
  /** Empty for every context. */
  readonly recipe: string;
  readonly atMs: number;
}

/** More than any context has room for. */
const mostPins = 1_000;
/** Of a memory its first words are shown, UTF-16 units. */
const shownLength = 120;

const columns = sql`pk, kind, key, recipe, at_ms AS atMs`;
type Nothing = Record<never, never>;
const all = statement<Nothing, PinRow>(() => sql<PinRow>`SELECT ${columns} FROM pin ORDER BY pk`);
const into = statement<{ recipe: string }, PinRow>(
  (_, p) => sql<PinRow>`SELECT ${columns} FROM pin WHERE recipe IN ('', ${p.recipe}) ORDER BY recipe = '', pk`,
);
const found = statement<Omit<PinRow, 'pk' | 'atMs'>, PinRow>(
  (_, p) => sql<PinRow>`SELECT ${columns} FROM pin WHERE kind = ${p.kind} AND key = ${p.key} AND recipe = ${p.recipe}`,
);
const pageOf = statement<{ recipe: string | null; before: number; limit: number }, PinRow>(
  (_, p) => sql<PinRow>`
    SELECT ${columns} FROM pin WHERE pk < ${p.before} AND (${p.recipe} IS NULL OR recipe IN ('', ${p.recipe}))
    ORDER BY pk DESC LIMIT ${p.limit}`,
);
const insert = statement<Omit<PinRow, 'pk'>>(
  (_, p) => sql`
    INSERT OR IGNORE INTO pin (kind, key, recipe, at_ms) VALUES (${p.kind}, ${p.key}, ${p.recipe}, ${p.atMs})`,
);
const remove = statement<{ pk: number }>((db, p) => db.deleteFrom('pin').where('pk', '=', p.pk));
const count = statement<Nothing, { n: number }>(() => sql<{ n: number }>`SELECT count(*) AS n FROM pin`);
/** A unit by any id it had, where contexts may quote it. */
const units = statement<{ ids: string }, { id: string; pk: number }>(
  (_, p) => sql<{ id: string; pk: number }>`
    SELECT j.value AS id, a.pk FROM json_each(${p.ids}) j
    JOIN acu a ON a.pk = coalesce((SELECT pk FROM acu WHERE id = j.value), (SELECT acu_pk FROM former_acu WHERE id = j.value))
    JOIN message m ON m.pk = a.message_pk
    WHERE a.state = 'active' AND m.hidden = 0 AND m.on_active_path = 1`,
);
const memory = statement<{ id: string }, { of: string; name: string }>(
  (_, p) => sql<{ of: string; name: string }>`
    SELECT id AS "of", substr(text, 1, ${sql.lit(shownLength)}) AS name FROM memory WHERE id = ${p.id}`,
);

export class PinReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** The latest first. @throws AppError `cursor_invalid` */
  page(options: {
    readonly recipe?: RecipeName | undefined;
    readonly limit: number;
    readonly cursor?: string | undefined;
  }): Page<Pin> {
    const recipe = options.recipe ?? null;
    return latestPage(
      options,
      (before, limit) => pageOf.all(this.connection, { recipe, before, limit }),
      (row) => this.shown(row),
    );
  }

  /** What stands in contexts of a recipe: its own first, then what stands in all, each in the order it was pinned. */
  into(recipe: RecipeName): PinRow[] {
    return into.all(this.connection, { recipe });
  }

  all(): PinRow[] {
    return all.all(this.connection, {});
  }

  /** Rows of those of these units that contexts may quote, by the id they are asked by. */
  units(ids: readonly string[]): Map<string, number> {
    if (ids.length === 0) return new Map();
    return new Map(units.all(this.connection, { ids: JSON.stringify(ids) }).map(({ id, pk }) => [id, pk]));
  }

  /** Whether what a key names is here. */
  isHere(kind: PinKind, key: string): boolean {
    return this.#named(kind, key) !== null;
  }

  /** Whether contexts are made by it. @param recipe '' for every one */
  isRecipe(recipe: string): boolean {
    return recipe === '' || new RecipeReader(this.connection).find(recipe as RecipeName) !== null;
  }

  #named(kind: PinKind, key: string): { readonly of: string; readonly name: string | null } | null {
    return kind === 'memory'
      ? (memory.get(this.connection, { id: key }) ?? null)
      : nameOf(this.connection, { kind: 'unit', key });
  }

  protected shown({ kind, key, recipe, atMs }: PinRow): Pin {
    const named = this.#named(kind, key);
    return {
      id: this.idOf({ kind, key, recipe }),
      kind,
      of: named?.of ?? key,
      recipe: recipe === '' ? null : (recipe as RecipeName),
      name: named?.name ?? null,
      at: isoTime(atMs) as string,
    };
  }

  protected idOf({ kind, key, recipe }: Pick<PinRow, 'kind' | 'key' | 'recipe'>): PinId {
    return derivedId(this.connection, 'n', [kind, key, recipe]) as PinId;
  }
}

export class PinWriter extends PinReader {
  /**
   * Again changes nothing.
   * @throws AppError `not_found` for what is not here, or a recipe that is not; `request_invalid` for one too many
   */
  make({ kind, of, recipe = '' as RecipeName }: PinSubject, nowMs: number): Pin {
    if (!this.isHere(kind, of)) throw new AppError('not_found', undefined, { field: 'of' });
    if (!this.isRecipe(recipe)) throw new AppError('not_found', undefined, { field: 'recipe' });
    const row = { kind, key: of, recipe };
    const known = found.get(this.connection, row);
    if (known !== undefined) return this.shown(known);
    if ((count.get(this.connection, {})?.n ?? 0) >= mostPins)
      throw new AppError('request_invalid', `There are ${mostPins} pins, the most there may be. Take one back first.`);
    this.put({ ...row, atMs: nowMs });
    return this.shown(found.get(this.connection, row) as PinRow);
  }

  /** One of an archive; one that is here already changes nothing. */
  put(row: Omit<PinRow, 'pk'>): void {
    insert.run(this.connection, row);
  }

  /** @throws AppError `not_found` */
  takeBack(id: PinId): Pin {
    const row = this.all().find((one) => this.idOf(one) === id);
    if (row === undefined) throw new AppError('not_found');
    const shown = this.shown(row);
    this.drop(row.pk);
    return shown;
  }

  drop(pk: number): void {
    remove.run(this.connection, { pk });
  }
}
