/**
 * Layers and a message in, a bundle out: budget, packing, rendering, counting. Pure but for the tokenizer it is
 * handed; no clock, no database, so that the same inputs give the same bytes. The text is never above the budget.
 */
import type { Bundle, BundleLayer, LayerName } from '@vivim/contract/context';
import { layerTitles } from '@vivim/contract/context';
import type { BundleFormat, Depth } from '@vivim/contract/recipe';
import { sha256 } from '../space/hash.ts';
import {
  type Allotments,
  allot,
  assertFits,
  handOnOrder,
  mostOf,
  type OwnLayer,
  ownLayers,
  ownRoom,
  type SharingLayer,
  sharingLayers,
} from './budget.ts';
import type { LayerMaterial } from './layers/layer.ts';
import { type Chosen, type FilledLayer, groupOf, isHeeded, Packing } from './packing.ts';
import { bySaying, citationOf } from './quote.ts';
import type { Line, Renderer } from './render/renderer.ts';
import { renderers } from './render/renderers.ts';
import type { Tokenizer } from './tokens/tokenizer.ts';

export interface Compilation {
  readonly message: string;
  readonly budget: number;
  readonly format: BundleFormat;
  readonly depth: Depth;
  readonly weights: Readonly<Record<SharingLayer, number>>;
  readonly longestQuote: number;
  readonly layers: Readonly<Record<SharingLayer, LayerMaterial>>;
  readonly topics: number;
  readonly entities: number;
  readonly conversationMessages: number;
  readonly coverage: number;
  /** The unit each of these units says nearly the same as, by rows. */
  readonly near: ReadonlyMap<number, number>;
}

/** A layer whose lines are chosen. */
export interface DecidedLayer {
  readonly layer: SharingLayer;
  readonly allotted: number;
  readonly used: number;
  readonly reason: string;
  readonly lines: readonly Omit<Line, 'ref'>[];
}

/** L5 takes what the others leave, so it is filled last. */
const fillOrder = ['L0', 'L1', 'L6', 'L4', 'L3', 'L2', 'L5'] as const satisfies readonly SharingLayer[];

/** What `compiling` comes to. */
export type CompiledText = Omit<Bundle, 'id' | 'timings' | 'recipe'>;

/**
 * Tokens of the message with the frame around everything.
 * @throws AppError `budget_too_small` when they are more than the budget
 */
export function fixedTokens(
  { message, format, budget }: Pick<Compilation, 'message' | 'format' | 'budget'>,
  tokenizer: Tokenizer,
): number {
  const { open, close } = renderers[format].document(message);
  const fixed = tokenizer.count(open + close);
  assertFits(fixed, budget);
  return fixed;
}

/** @throws AppError `budget_too_small` when the message alone does not fit */
export function compileBundle(compilation: Compilation, tokenizer: Tokenizer): CompiledText {
  const compiling = compilingBundle(compilation, tokenizer);
  for (;;) {
    const next = compiling.next();
    if (next.done) return next.value;
  }
}

/**
 * The same step by step: gives each layer as it is decided, in the order they are filled, and null where something else may have
 * a turn. Whoever stops asking leaves nothing behind.
 * @throws AppError `budget_too_small` when the message alone does not fit
 */
export function* compilingBundle(
  compilation: Compilation,
  tokenizer: Tokenizer,
): Generator<DecidedLayer | null, CompiledText> {
  const { budget, format, layers } = compilation;
  const renderer = renderers[format];
  const fixed = fixedTokens(compilation, tokenizer);
  const packing = new Packing(renderer, tokenizer, budget, compilation.longestQuote, compilation.near);
  const wanted: Partial<Record<SharingLayer, number>> = {};
  for (const layer of sharingLayers) {
    wanted[layer] = packing.wanted(layers[layer], budget);
    yield null;
  }
  const own = Object.fromEntries(
    ownLayers.map((layer) => [layer, ownTokens(packing, layers[layer], budget)]),
  ) as Record<OwnLayer, number>;
  const sharing = { ...compilation, fixed, wanted: wanted as Record<SharingLayer, number>, own };
  const allotments = allot(sharing);
  const decided = yield* fillingLayers(packing, layers, allotments, ownRoom(sharing));
  const filled = yield* handingOn(packing, decided, budget - fixed, mostOf(sharing));
  const { text, tokens, kept, cited } = fitted(renderer, tokenizer, compilation, filled);
  return {
    text,
    format,
    budget,
    tokens,
    tokenizer: tokenizer.name,
    hash: sha256(text),
    layers: [...layerReports(kept, allotments, sharing.wanted), messageReport(fixed)],
    citations: cited.map(({ line, layer }) => citationOf(line.ref, layer, line.quote)),
    omitted: sharingLayers.flatMap((layer) => [...layers[layer].omitted, ...kept[layer].omissions.list()]),
  };
}

type Filled = Readonly<Record<SharingLayer, FilledLayer>>;

/** What the entries the person wrote down themselves would take. */
const ownTokens = (packing: Packing, material: LayerMaterial, limit: number): number =>
  packing.wanted({ ...material, entries: material.entries.filter(isHeeded(material)) }, limit);

const isOwnLayer = (layer: SharingLayer): layer is OwnLayer => ownLayers.some((one) => one === layer);

function* fillingLayers(
  packing: Packing,
  layers: Compilation['layers'],
  allotments: Allotments,
  own: Readonly<Record<OwnLayer, number>>,
): Generator<DecidedLayer, Filled> {
  const filled: Partial<Record<SharingLayer, FilledLayer>> = {};
  let unused = 0;
  for (const layer of fillOrder) {
    const room = allotments[layer] + (layer === 'L5' ? unused : 0);
    const result = packing.fill(layers[layer], room, isOwnLayer(layer) ? Math.min(own[layer], room) : 0);
    unused += allotments[layer] - result.used;
    filled[layer] = result;
    yield decidedLayer(layer, room, result);
  }
  return filled as Filled;
}

/** What the last layer leaves of the room for all goes to those that had more to say; each is told again. */
function* handingOn(
  packing: Packing,
  filled: Filled,
  room: number,
  most: Readonly<Record<SharingLayer, number>>,
): Generator<DecidedLayer, Filled> {
  const all = { ...filled };
  let unused = room - sharingLayers.reduce((sum, layer) => sum + all[layer].used, 0);
  for (const layer of handOnOrder) {
    const { used } = all[layer];
    const more = packing.fillUp(all[layer], Math.min(used + unused, most[layer]));
    if (more.used === used) continue;
    unused -= more.used - used;
    all[layer] = more;
    yield decidedLayer(layer, more.used, more);
  }
  return all;
}

const decidedLayer = (
  layer: SharingLayer,
  allotted: number,
  { material, used, chosen }: FilledLayer,
): DecidedLayer => ({ layer, allotted, used, reason: material.reason, lines: chosen.map(({ line }) => line) });

/**
 * The text, counted as a whole. The pieces were counted one by one, which comes out a little higher; should it ever
 * come out lower, the last chosen quotations go until the text fits.
 */
function fitted(renderer: Renderer, tokenizer: Tokenizer, { message, budget }: Compilation, filled: Filled) {
  for (let kept = filled; ; ) {
    const { text, cited } = rendered(renderer, message, kept);
    const tokens = tokenizer.count(text);
    if (tokens <= budget) return { text, tokens, kept, cited };
    kept = without(kept, tokens - budget);
  }
}

function without(filled: Filled, excess: number): Filled {
  const kept = { ...filled };
  let over = excess;
  for (const layer of fillOrder.toReversed()) {
    const chosen = [...kept[layer].chosen];
    const { omissions } = kept[layer];
    let { used } = kept[layer];
    while (over > 0) {
      const last = chosen.pop();
      if (last === undefined) break;
      over -= last.cost;
      used -= last.cost;
      omissions.add('budget', last.line.quote);
    }
    kept[layer] = { ...kept[layer], chosen, used };
  }
  return kept;
}

interface Cited {
  readonly line: Line;
  readonly layer: LayerName;
}

/** The document, and its quotations in the order of their marks. */
function rendered(renderer: Renderer, message: string, filled: Filled): { text: string; cited: Cited[] } {
  const cited: Cited[] = [];
  const numbered = (layer: LayerName, line: Omit<Line, 'ref'>): Line => {
    const marked = { ...line, ref: String(cited.length + 1) };
    cited.push({ line: marked, layer });
    return marked;
  };
  const { open, between, close } = renderer.document(message);
  const sections = sharingLayers
    .filter((layer) => filled[layer].chosen.length > 0)
    .map((layer) => {
      const piece = renderer.layer(layer);
      const groups = grouped(filled[layer]).map(({ key, chosen }) => {
        const group = groupOf(filled[layer].material, key);
        const around = renderer.group(group, layer);
        const lines = chosen.map(({ line }) => renderer.line(numbered(layer, line), group));
        return around.open + lines.join(around.between) + around.close;
      });
      return piece.open + groups.join(piece.between) + piece.close;
    });
  return { text: open + sections.join(between) + close, cited };
}

/** The groups of a layer in their order, each with its lines in theirs. */
function grouped({ material, chosen }: FilledLayer): { key: string; chosen: Chosen[] }[] {
  const byKey = Map.groupBy(chosen, ({ group }) => group);
  const groups = [...byKey].map(([key, of]) => ({
    key,
    chosen: material.order === 'time' ? of.toSorted((a, b) => bySaying(a.line.quote, b.line.quote)) : of,
  }));
  const orderOf = (key: string): string => groupOf(material, key).order;
  return groups.sort((a, b) => compare(orderOf(a.key), orderOf(b.key)) || compare(a.key, b.key));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What a layer took beyond its own came from what others left: it is shown where it went. */
function layerReports(filled: Filled, allotments: Allotments, wanted: Allotments): BundleLayer[] {
  const given = { ...allotments };
  let borrowed = 0;
  for (const layer of sharingLayers) {
    const more = Math.max(0, filled[layer].used - given[layer]);
    given[layer] += more;
    borrowed += more;
  }
  for (const layer of fillOrder) {
    const back = Math.min(borrowed, Math.max(0, given[layer] - filled[layer].used));
    given[layer] -= back;
    borrowed -= back;
  }
  return sharingLayers.map((layer) => {
    const { used, material } = filled[layer];
    return { layer, allotted: given[layer], used, wanted: wanted[layer], reason: material.reason };
  });
}

const messageReport = (fixed: number): BundleLayer => ({
  layer: 'L7',
  allotted: fixed,
  used: fixed,
  wanted: fixed,
  reason: `${layerTitles.L7}, with the frame around everything`,
});
