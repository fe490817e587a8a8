/** Recipes of the owner's. One interface for each table. */
import type { Generated } from 'kysely';

export interface RecipeTable {
  pk: Generated<number>;
  name: string;
  description: string;
  settings_json: string;
  changed_ms: number;
}
