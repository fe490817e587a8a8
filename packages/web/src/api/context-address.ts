/**
 * The settings of a context as they stand in the page's address, so that a view can be linked, and the request they come to. What is
 * unknown or malformed is dropped, not guessed. Lists stand in it with commas.
 */

import { arms } from '@vivim/contract/arm-names';
import type { Arm } from '@vivim/contract/arms';
import type { ContextRequest, LayerName } from '@vivim/contract/context';
import type { Source } from '@vivim/contract/conversation';
import { sources } from '@vivim/contract/conversation-words';
import type { BundleFormat, Depth, LayerWeights, RecipeName, RecipeSettings } from '@vivim/contract/recipe';
import { budgetLimits, bundleFormats } from '@vivim/contract/recipe-words';
import { tokenizerNames } from '@vivim/contract/tokenizer-names';
import type { TokenizerName } from '@vivim/contract/tokenizers';
import { present } from './search-filters.ts';

export const depths = ['minimal', 'standard', 'deep'] as const satisfies readonly Depth[];
export const weightedLayers = ['L0', 'L1', 'L2', 'L3', 'L4', 'L5', 'L6'] as const satisfies readonly LayerName[];

export interface ContextAddress {
  /** The message; an empty one asks for what holds always. */
  q?: string;
  recipe?: string;
  budget?: number;
  format?: BundleFormat;
  depth?: Depth;
  model?: string;
  tokenizer?: TokenizerName;
  /** `L5:2,L2:0` */
  weights?: string;
  longest?: number;
  persona?: string;
  only?: string;
  except?: string;
  live?: 'yes' | 'no';
  /** `YYYY-MM-DD` */
  asOf?: string;
  project?: string;
  conversation?: string;
  memories?: number;
  without?: string;
  /** Ids that are left out of this one, and ids that are pinned into it. */
  out?: string;
  pin?: string;
  /** The recipe it is compared with. */
  vs?: string;
}

const among = <T extends string>(allowed: readonly T[], value: unknown): T | undefined =>
  allowed.find((one) => one === value);
const words = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
const within = (value: unknown, min: number, max: number): number | undefined => {
  const n = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  return Number.isInteger(n) && n >= min && n <= max ? n : undefined;
};
const matching = (value: unknown, pattern: RegExp): string | undefined =>
  typeof value === 'string' && pattern.test(value) ? value : undefined;
const ids = /^[aktec]_[a-z2-7]{32}(,[aktec]_[a-z2-7]{32})*$/;
const recipeName = /^[a-z0-9][a-z0-9-]{0,39}$/;

export const listOf = (value: string | undefined): string[] =>
  value === undefined || value === '' ? [] : value.split(',');
export const joined = (values: readonly string[]): string | undefined =>
  values.length === 0 ? undefined : values.join(',');

function allAmong<T extends string>(allowed: readonly T[], value: unknown): string | undefined {
  return joined(listOf(words(value)).filter((one) => allowed.some((known) => known === one)));
}

export function toContextAddress(address: Record<string, unknown>): ContextAddress {
  return present<ContextAddress>({
    q: words(address.q),
    recipe: matching(address.recipe, recipeName),
    budget: within(address.budget, budgetLimits.min, budgetLimits.max),
    format: among(bundleFormats, address.format),
    depth: among(depths, address.depth),
    model: words(address.model)?.slice(0, 100),
    tokenizer: among(tokenizerNames, address.tokenizer),
    weights: matching(address.weights, /^L[0-6]:[0-3](\.\d{1,2})?(,L[0-6]:[0-3](\.\d{1,2})?)*$/),
    longest: within(address.longest, 80, 100_000),
    persona: words(address.persona)?.slice(0, 4_000),
    only: allAmong(sources, address.only),
    except: allAmong(sources, address.except),
    live: among(['yes', 'no'], address.live),
    asOf: matching(address.asOf, /^\d{4}-\d{2}-\d{2}$/),
    project: matching(address.project, /^p_[a-z2-7]{32}$/),
    conversation: matching(address.conversation, /^c_[a-z2-7]{32}$/),
    memories: within(address.memories, 0, 1_000),
    without: allAmong(arms, address.without),
    out: matching(address.out, ids),
    pin: matching(address.pin, ids),
    vs: matching(address.vs, recipeName),
  });
}

export const weightsOf = (text: string | undefined): LayerWeights =>
  Object.fromEntries(
    listOf(text).map((one): [string, number] => {
      const [layer = '', weight = '1'] = one.split(':');
      return [layer, Number(weight)];
    }),
  );
export const weightsText = (weights: LayerWeights): string | undefined =>
  joined(weightedLayers.flatMap((layer) => (weights[layer] === undefined ? [] : `${layer}:${weights[layer]}`)));

const of = <T extends string>(list: readonly string[], letter: string): T[] =>
  list.filter((id) => id.startsWith(`${letter}_`)) as T[];

/** What the address itself sets, of what a recipe may hold. */
export function settingsOf(address: ContextAddress): RecipeSettings {
  const { budget, format, depth, model, tokenizer, weights, longest, persona, only, except, live } = address;
  const chosen = present<{ only?: Source[]; except?: Source[] }>({
    only: only === undefined ? undefined : (listOf(only) as Source[]),
    except: except === undefined ? undefined : (listOf(except) as Source[]),
  });
  return present<RecipeSettings>({
    budget,
    format,
    depth,
    model,
    tokenizer,
    weights: weights === undefined ? undefined : weightsOf(weights),
    sources: Object.keys(chosen).length === 0 ? undefined : chosen,
    longestQuote: longest,
    liveOnly: live === undefined ? undefined : live === 'yes',
    persona,
  });
}

/** The same in an address. */
export function settingsAddress(settings: RecipeSettings): ContextAddress {
  const { weights, sources: chosen, longestQuote, liveOnly, persona, ...same } = settings;
  return present<ContextAddress>({
    ...(same as ContextAddress),
    weights: weights === undefined ? undefined : weightsText(weights),
    only: joined(chosen?.only ?? []),
    except: joined(chosen?.except ?? []),
    longest: longestQuote,
    live: liveOnly === undefined ? undefined : liveOnly ? 'yes' : 'no',
    persona,
  });
}

export type ContextInput = Omit<ContextRequest, 'page' | 'timeZone' | 'at'>;

/** Null where nothing is asked yet. */
export function contextInput(address: ContextAddress): ContextInput | null {
  const { q, recipe, asOf, project, conversation, memories, without, out, pin } = address;
  if (q === undefined) return null;
  const gone = listOf(out);
  const pinned = listOf(pin);
  return present<ContextInput>({
    query: q,
    ...settingsOf(address),
    recipe: recipe as RecipeName | undefined,
    asOf,
    projectId: project as ContextInput['projectId'],
    conversationId: conversation as ContextInput['conversationId'],
    maxMemories: memories,
    without: without === undefined ? undefined : (listOf(without) as Arm[]),
    pin: pinned.length === 0 ? undefined : { acuIds: of(pinned, 'a'), memoryIds: of(pinned, 'k') },
    exclude:
      gone.length === 0
        ? undefined
        : {
            acuIds: of(gone, 'a'),
            memoryIds: of(gone, 'k'),
            topicIds: of(gone, 't'),
            entityIds: of(gone, 'e'),
            conversationIds: of(gone, 'c'),
            layers: [],
          },
  });
}

/** An address that asks the same again: of a record. */
export function askedAgain(query: string, request: Omit<ContextRequest, 'query' | 'page'>): ContextAddress {
  const { recipe, asOf, projectId, conversationId, maxMemories, without, pin, exclude, ...rest } = request;
  const { at: _, timeZone: __, scopes: ___, ...settings } = rest;
  const out =
    exclude === undefined
      ? []
      : [exclude.acuIds, exclude.memoryIds, exclude.topicIds, exclude.entityIds, exclude.conversationIds];
  return present<ContextAddress>({
    q: query,
    recipe,
    ...settingsAddress(settings),
    asOf: asOf?.slice(0, 10),
    project: projectId,
    conversation: conversationId,
    memories: maxMemories,
    without: joined(without ?? []),
    pin: joined([...(pin?.acuIds ?? []), ...(pin?.memoryIds ?? [])]),
    out: joined(out.flat()),
  });
}

/** How many of the folded settings are set. */
export const settingsSet = ({
  q: _,
  recipe: __,
  conversation: ___,
  vs: ____,
  out: _____,
  pin: ______,
  ...rest
}: ContextAddress): number => Object.keys(rest).length;
