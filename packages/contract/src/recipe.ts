/**
 * Recipes: named settings of context bundles. Some come with VIVIM, a person keeps their own. What a request says itself
 * goes before what its recipe says, and that before what holds for everybody.
 */
import { z } from 'zod';
import { Source } from './conversation.ts';
import { budgetLimits, bundleFormats } from './recipe-words.ts';
import { TokenizerName } from './tokenizers.ts';

export { bundleFormats };
export const BundleFormat = z.enum(bundleFormats);
export type BundleFormat = z.infer<typeof BundleFormat>;

export const Depth = z.enum(['minimal', 'standard', 'deep']);
export type Depth = z.infer<typeof Depth>;

export { budgetLimits };

const weight = z.number().min(0).max(3).optional();
/** How much of the budget each layer may claim, as a multiple of its usual share; 0 leaves it out. */
export const LayerWeights = z.strictObject({
  /** Identity; 1 is its usual share. */
  L0: weight,

  /** Preferences; 1 is its usual share. */
  L1: weight,

  /** Topics; 1 is its usual share. */
  L2: weight,

  /** People and things; 1 is its usual share. */
  L3: weight,

  /** The conversation so far; 1 is its usual share. */
  L4: weight,

  /** What was said elsewhere before; 1 is its usual share. */
  L5: weight,

  /** Recent messages; 1 is its usual share. */
  L6: weight,
});
export type LayerWeights = z.infer<typeof LayerWeights>;

/** Everything about a bundle that can be set, by a request or by a recipe. */
export const contextSettings = {
  /** Tokens of the whole text; 12,000 where nobody says otherwise. */
  budget: z.int().min(budgetLimits.min).max(budgetLimits.max).optional(),
  format: BundleFormat.optional(),
  /** How far to look. */
  depth: Depth.optional(),
  /** What counts the tokens. */
  tokenizer: TokenizerName.optional(),
  /** The model the text is for: chooses the tokenizer where none is named. */
  model: z.string().trim().min(1).max(100).optional(),
  weights: LayerWeights.optional(),
  /** Of which sources conversations may be quoted. */
  sources: z
    .strictObject({ only: z.array(Source).min(1).max(50).optional(), except: z.array(Source).max(50).optional() })
    .optional(),
  /** UTF-16 units of one quotation at most; longer ones are quoted from their beginning. */
  longestQuote: z.int().min(80).max(100_000).optional(),
  /**
   * Only what is valid: no memory that no longer holds, nothing that merely says one, nothing deleted at its source. Where it is not
   * asked for, what was said and no longer holds is marked.
   */
  liveOnly: z.boolean().optional(),
  /** Who the one that answers is to be, and how: stands first among the preferences. */
  persona: z.string().trim().min(1).max(4_000).optional(),
};

export const RecipeSettings = z.strictObject(contextSettings);
export type RecipeSettings = z.infer<typeof RecipeSettings>;

export const RecipeName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Small letters, digits and hyphens, at most 40.')
  .brand<'RecipeName'>();
export type RecipeName = z.infer<typeof RecipeName>;

export const PutRecipe = z.strictObject({
  description: z.string().trim().max(200).default(''),
  settings: RecipeSettings,
});
export type PutRecipe = z.infer<typeof PutRecipe>;

export const Recipe = z.strictObject({
  name: RecipeName,
  description: z.string(),
  /** Came with VIVIM: cannot be changed or removed. */
  builtIn: z.boolean(),
  settings: RecipeSettings,
  /** Null for one that came with VIVIM. */
  changedAt: z.string().nullable(),
});
export type Recipe = z.infer<typeof Recipe>;

const builtIn = (name: string, description: string, settings: RecipeSettings): Recipe => ({
  name: name as RecipeName,
  description,
  builtIn: true,
  settings,
  changedAt: null,
});

/** The recipes that come with VIVIM; the first is taken where none is named. */
export const builtInRecipes: readonly Recipe[] = [
  builtIn('balanced', 'A little of everything, shared by need', {}),
  builtIn('research', 'Looks further: more topics and history, less about yourself', {
    depth: 'deep',
    budget: 16_000,
    weights: { L0: 0.5, L2: 1.6, L3: 1.3, L5: 1.8 },
  }),
  builtIn('coding', 'Instructions, the conversation at hand and what was said of the code before', {
    weights: { L0: 0.3, L1: 1.3, L2: 0.7, L3: 0.5, L5: 1.6, L6: 1.2 },
  }),
  builtIn('creative', 'More of who you are and what you like, less of what was said', {
    weights: { L0: 1.8, L1: 1.6, L2: 1.4, L3: 1.4, L5: 0.7 },
  }),
  builtIn('concise', 'A short text of short quotations', {
    depth: 'minimal',
    budget: 3_000,
    longestQuote: 240,
    weights: { L2: 0.6, L3: 0.6 },
  }),
];
