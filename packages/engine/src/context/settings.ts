/** What a request asks for once its recipe had its say: every setting has a value. Pure. */
import type { ContextRequest } from '@vivim/contract/context';
import {
  type BundleFormat,
  budgetLimits,
  type Depth,
  type LayerWeights,
  type Recipe,
  type RecipeName,
  type RecipeSettings,
} from '@vivim/contract/recipe';
import { type TokenizerName, tokenizerOfModel } from '@vivim/contract/tokenizers';
import { type View, viewOf } from '../space/view.ts';
import { type SharingLayer, sharingLayers } from './budget.ts';

export interface Persona {
  readonly text: string;
  /** The recipe it stands in; null where the request brought it. */
  readonly recipe: RecipeName | null;
}

export interface SettledRequest {
  readonly query: string;
  readonly conversationId: ContextRequest['conversationId'];
  readonly projectId: ContextRequest['projectId'];
  readonly pin: ContextRequest['pin'];
  readonly exclude: ContextRequest['exclude'];
  readonly at: ContextRequest['at'];
  readonly timeZone: ContextRequest['timeZone'];
  /** What of the space is looked at; all of it as it is now where it is left out. */
  readonly view: View | undefined;
  readonly without: ContextRequest['without'];
  /** Domains at hand, and how many memories may come beside those that hold always. */
  readonly scopes: ContextRequest['scopes'];
  readonly maxMemories: ContextRequest['maxMemories'];
  readonly recipe: RecipeName;
  readonly budget: number;
  readonly format: BundleFormat;
  readonly depth: Depth;
  readonly tokenizer: TokenizerName;
  readonly weights: Readonly<Record<SharingLayer, number>>;
  readonly sources: RecipeSettings['sources'];
  /** UTF-16 units; `Infinity` where quotations may be as long as their layer lets them. */
  readonly longestQuote: number;
  readonly persona: Persona | null;
}

/** The request's own settings, then those of its recipe, then what holds for everybody. */
export function settle(request: ContextRequest, recipe: Recipe): SettledRequest {
  const { settings } = recipe;
  return {
    query: request.query,
    conversationId: request.conversationId,
    projectId: request.projectId,
    pin: request.pin,
    exclude: request.exclude,
    at: request.at,
    timeZone: request.timeZone,
    view: viewOf({ asOf: request.asOf, liveOnly: request.liveOnly ?? settings.liveOnly }),
    without: request.without,
    scopes: request.scopes,
    maxMemories: request.maxMemories,
    recipe: recipe.name,
    budget: request.budget ?? settings.budget ?? budgetLimits.default,
    format: request.format ?? settings.format ?? 'markdown',
    depth: request.depth ?? settings.depth ?? 'standard',
    tokenizer: tokenizerOf(request) ?? tokenizerOf(settings) ?? 'o200k_base',
    weights: weightsOf(request.weights, settings.weights),
    sources: request.sources ?? settings.sources,
    longestQuote: request.longestQuote ?? settings.longestQuote ?? Number.POSITIVE_INFINITY,
    persona: personaOf(request, recipe),
  };
}

const tokenizerOf = ({ tokenizer, model }: RecipeSettings): TokenizerName | undefined =>
  tokenizer ?? (model === undefined ? undefined : tokenizerOfModel(model));

const weightsOf = (asked: LayerWeights = {}, usual: LayerWeights = {}): Record<SharingLayer, number> =>
  Object.fromEntries(sharingLayers.map((layer) => [layer, asked[layer] ?? usual[layer] ?? 1])) as Record<
    SharingLayer,
    number
  >;

function personaOf(request: ContextRequest, { name, settings }: Recipe): Persona | null {
  if (request.persona !== undefined) return { text: request.persona, recipe: null };
  return settings.persona === undefined ? null : { text: settings.persona, recipe: name };
}
