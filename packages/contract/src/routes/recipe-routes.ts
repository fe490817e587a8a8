/** Recipes: named settings of context bundles. */
import { z } from 'zod';
import { PutRecipe, Recipe, RecipeName } from '../recipe.ts';
import { engine, type Route } from './route.ts';

const writing = { ...engine, scope: 'memory:write', write: true, tag: 'context' } as const;
const named = z.strictObject({ name: RecipeName });

export const recipeRoutes = {
  listRecipes: {
    ...engine,
    path: '/v1/recipes',
    tag: 'context',
    summary: 'Recipes: those that come with VIVIM, then your own by name',
    answer: z.strictObject({ items: z.array(Recipe) }),
  },
  putRecipe: {
    ...writing,
    method: 'PUT',
    path: '/v1/recipes/{name}',
    summary: 'Keep settings of contexts under a name',
    params: named,
    body: PutRecipe,
    answer: Recipe,
  },
  deleteRecipe: {
    ...writing,
    method: 'DELETE',
    path: '/v1/recipes/{name}',
    summary: 'Remove a recipe of your own',
    params: named,
    answer: Recipe,
  },
} as const satisfies Record<string, Route>;
