/** Recipes: those that come with VIVIM, and those their owner keeps. Never changes one that came with it. */
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { builtInRecipes, type PutRecipe, type Recipe, type RecipeName, RecipeSettings } from '@vivim/contract/recipe';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

interface Row {
  readonly name: RecipeName;
  readonly description: string;
  readonly settingsJson: string;
  readonly changedMs: number;
}

const columns = sql`name, description, settings_json AS settingsJson, changed_ms AS changedMs`;
const own = statement<Record<never, never>, Row>(() => sql<Row>`SELECT ${columns} FROM recipe ORDER BY name`);
const byName = statement<{ name: string }, Row>(
  (_, p) => sql<Row>`SELECT ${columns} FROM recipe WHERE name = ${p.name}`,
);
const count = statement<Record<never, never>, { n: number }>(
  () => sql<{ n: number }>`SELECT count(*) AS n FROM recipe`,
);
const put = statement<Row>(
  (_, p) => sql`
    INSERT INTO recipe (name, description, settings_json, changed_ms)
    VALUES (${p.name}, ${p.description}, ${p.settingsJson}, ${p.changedMs})
    ON CONFLICT (name) DO UPDATE SET description = excluded.description, settings_json = excluded.settings_json,
      changed_ms = excluded.changed_ms`,
);
const remove = statement<{ name: string }>((db, p) => db.deleteFrom('recipe').where('name', '=', p.name));

const removePins = statement<{ name: string }>((db, p) => db.deleteFrom('pin').where('recipe', '=', p.name));

/** More than anybody tells apart. */
const mostRecipes = 200;

const value = ({ settingsJson, changedMs, ...row }: Row): Recipe => ({
  ...row,
  builtIn: false,
  settings: RecipeSettings.parse(JSON.parse(settingsJson)),
  changedAt: isoTime(changedMs),
});

export class RecipeReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Those that come with VIVIM, then the owner's by name. */
  all(): Recipe[] {
    return [...builtInRecipes, ...own.all(this.connection, {}).map(value)];
  }

  find(name: RecipeName): Recipe | null {
    const known = builtInRecipes.find((recipe) => recipe.name === name);
    if (known !== undefined) return known;
    const row = byName.get(this.connection, { name });
    return row === undefined ? null : value(row);
  }
}

export class RecipeWriter extends RecipeReader {
  /** @throws AppError `request_invalid` for a name that came with VIVIM, or one too many */
  put(name: RecipeName, { description, settings }: PutRecipe, nowMs: number): Recipe {
    refuseBuiltIn(name);
    const isNew = byName.get(this.connection, { name }) === undefined;
    if (isNew && (count.get(this.connection, {})?.n ?? 0) >= mostRecipes)
      throw new AppError(
        'request_invalid',
        `There are ${mostRecipes} recipes, the most there may be. Remove one first.`,
      );
    const row = { name, description, settingsJson: JSON.stringify(settings), changedMs: nowMs };
    put.run(this.connection, row);
    return value(row);
  }

  /** What is pinned into it goes with it: a recipe made anew under its name is another. @throws AppError `request_invalid` for one that came with VIVIM, `not_found` */
  remove(name: RecipeName): Recipe {
    refuseBuiltIn(name);
    const found = this.find(name);
    if (found === null) throw new AppError('not_found');
    removePins.run(this.connection, { name });
    remove.run(this.connection, { name });
    return found;
  }
}

function refuseBuiltIn(name: RecipeName): void {
  if (builtInRecipes.some((recipe) => recipe.name === name))
    throw new AppError(
      'request_invalid',
      `The recipe ${name} comes with VIVIM and stays as it is. Take another name.`,
      {
        field: 'name',
      },
    );
}
