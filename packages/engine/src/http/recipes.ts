/** Recipes: named settings of context bundles. */
import type { Clock } from '@vivim/contract/clock';
import type { Recipe } from '@vivim/contract/recipe';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

export const recipeHandlers = ({ space, clock }: { space: UserSpace; clock: Clock }) =>
  ({
    listRecipes: () => space.read((r) => ({ items: r.recipes.all() })),
    putRecipe: ({ verb, params, body }) =>
      space.apply<Recipe>(verb, 200, (w) => w.recipes.put(params.name, body, clock())),
    deleteRecipe: ({ verb, params }) => space.apply<Recipe>(verb, 200, (w) => w.recipes.remove(params.name)),
  }) satisfies Handlers<'listRecipes' | 'putRecipe' | 'deleteRecipe'>;
