/**
 * Filling layers with quotations: which of a layer's entries fit into the tokens it has, each thing said once in the
 * whole bundle. Pure but for the tokenizer. Renders single lines to count them, never the document.
 */
import type { LayerName } from '@vivim/contract/context';
import type { Entry, Group, LayerMaterial } from './layers/layer.ts';
import { Omissions } from './omissions.ts';
import { dayOf, isOwnWord, pastOf, type Quote, saidKey, shortened, speakerOf } from './quote.ts';
import type { Line, Piece, Renderer } from './render/renderer.ts';
import type { Tokenizer } from './tokens/tokenizer.ts';

/** A quotation that is in, and what it cost with the headings it brought. */
export interface Chosen {
  readonly line: Omit<Line, 'ref'>;
  readonly group: string;
  readonly cost: number;
}

export interface FilledLayer {
  readonly material: LayerMaterial;
  readonly chosen: readonly Chosen[];
  readonly used: number;
  readonly omissions: Omissions;
  /** What there was no room for, most valuable first. */
  readonly left: readonly Entry[];
}

/** One quotation may take this share of its layer; a longer one is quoted from its beginning. */
const largestShare = 1 / 3;
/** No line is shorter than this, in tokens. */
const smallestLine = 8;
/** Below this many tokens nothing is shortened: a scrap of a sentence helps nobody. */
const smallestPiece = 80;
/** A unit of which this share stands in the bundle in pieces is not told again. */
const mostlyTold = 0.6;
/** Of what the person wrote down themselves a shorter beginning is better than none of it. */
const smallestOwn = 30;

export class Packing {
  readonly #renderer: Renderer;
  readonly #tokenizer: Tokenizer;
  /** A mark as long as the longest the bundle can hold. */
  readonly #ref: string;
  readonly #costs = new Map<Quote, number>();
  /** Of headings: the same stand over many lines, and are tried with each. */
  readonly #layerCosts = new Map<LayerName, number>();
  readonly #groupCosts = new Map<Group, number>();
  readonly #units = new Set<string>();
  readonly #texts = new Set<string>();
  /** Pieces of units that stand in the bundle, and how much of each unit they tell. */
  readonly #pieces = new Set<string>();
  readonly #told = new Map<string, number>();
  /** Messages that stand in the bundle word for word. */
  readonly #messages = new Set<string>();

  /** UTF-16 units of one quotation that is not given word for word. */
  readonly #longestQuote: number;

  /** The unit each of these units says nearly the same as, by rows. */
  readonly #near: ReadonlyMap<number, number>;
  /** Of units that stand here and their likes: the numbers each says. */
  readonly #nearTold = new Map<number, Set<string>>();

  constructor(
    renderer: Renderer,
    tokenizer: Tokenizer,
    budget: number,
    longestQuote: number = Number.POSITIVE_INFINITY,
    near: ReadonlyMap<number, number> = new Map(),
  ) {
    this.#near = near;
    this.#renderer = renderer;
    this.#tokenizer = tokenizer;
    this.#longestQuote = longestQuote;
    this.#ref = budget < 16_000 ? '888' : '888888';
  }

  /** Tokens the whole material would take, counted no further than `limit`. */
  wanted(material: LayerMaterial, limit: number): number {
    const least = material.entries.reduce((sum, { quote }) => sum + leastCost(quote), 0);
    if (least >= limit) return limit;
    let tokens = material.entries.length === 0 ? 0 : this.#layerCost(material);
    const groups = new Set<string>();
    for (const entry of material.entries) {
      if (tokens >= limit) return limit;
      if (!groups.has(entry.group)) tokens += this.#groupCost(material, entry.group);
      groups.add(entry.group);
      tokens += this.#lineCost(material, entry, entry.quote);
    }
    return tokens;
  }

  /**
   * Choose the entries that fit into `room` tokens, most valuable first. What is chosen is not chosen again.
   * @param own of these so many tokens are for what the person wrote down themselves, before everything else
   */
  fill(material: LayerMaterial, room: number, own = 0): FilledLayer {
    const omissions = new Omissions(material.layer);
    return this.#filled({ material, chosen: [], used: 0, omissions, left: material.entries }, room, own);
  }

  /** The same layer once it has `room` tokens in all: what is in stays, what there was no room for is tried again. */
  fillUp(before: FilledLayer, room: number): FilledLayer {
    if (before.left.length === 0 || room - before.used < smallestLine) return before;
    return this.#filled({ ...before, omissions: before.omissions.withMoreRoom() }, room, 0);
  }

  #filled({ material, left: entries, omissions, ...before }: FilledLayer, room: number, own: number): FilledLayer {
    const chosen = [...before.chosen];
    const groups = new Set(chosen.map(({ group }) => group));
    const left: Entry[] = [];
    let { used } = before;
    const first = own === 0 ? [] : entries.filter(isHeeded(material));
    const told = new Set<Entry>();
    for (const entry of first) {
      if (own - used < smallestLine) break;
      if (this.#isHere(entry.quote, entry)) continue;
      const headings = this.#headings(material, entry, chosen.length === 0, groups);
      const spare = own - used - headings;
      const fitting = spare < smallestLine ? null : this.#fitted(material, entry, spare, spare, 1);
      if (fitting === null) continue;
      chosen.push({
        line: this.#line(material, entry, fitting.quote),
        group: entry.group,
        cost: fitting.cost + headings,
      });
      this.#remember(entry, fitting.quote, fitting.quote === entry.quote);
      used += fitting.cost + headings;
      groups.add(entry.group);
      told.add(entry);
    }
    const noRoom = (entry: Entry): void => {
      omissions.add('budget', entry.quote);
      left.push(entry);
    };
    for (const entry of entries) {
      if (told.has(entry)) continue;
      if (room - used < smallestLine) {
        noRoom(entry);
        continue;
      }
      if (this.#isHere(entry.quote, entry)) {
        omissions.add('duplicate', entry.quote);
        continue;
      }
      const headings = this.#headings(material, entry, chosen.length === 0, groups);
      const spare = room - used - headings;
      const fitting = spare < smallestLine ? null : this.#fitted(material, entry, spare, room);
      if (fitting === null) {
        noRoom(entry);
        continue;
      }
      const lead = this.#leadOf(material, entry, spare - fitting.cost);
      for (const [i, { quote, cost }] of [...lead, fitting].entries()) {
        const whole = i === 0 ? cost + headings : cost;
        chosen.push({ line: this.#line(material, entry, quote), group: entry.group, cost: whole });
        this.#remember(entry, quote, quote === entry.quote);
        used += whole;
      }
      groups.add(entry.group);
    }
    return { material, chosen, used, omissions, left };
  }

  /** What the layer's and the group's headings cost, where this entry would be the first under them. */
  #headings(material: LayerMaterial, entry: Entry, first: boolean, groups: ReadonlySet<string>): number {
    const layer = first ? this.#layerCost(material) : 0;
    return layer + (groups.has(entry.group) ? 0 : this.#groupCost(material, entry.group));
  }

  /** What was said before, where it is not here yet and fits as well. */
  #leadOf(material: LayerMaterial, entry: Entry, left: number): { quote: Quote; cost: number }[] {
    const { before } = entry;
    if (before === undefined || this.#isHere(before)) return [];
    const cost = this.#lineCost(material, entry, before);
    return cost <= left ? [{ quote: before, cost }] : [];
  }

  /** The quotation as it fits, whole or from its beginning, or null. */
  #fitted(
    material: LayerMaterial,
    entry: Entry,
    left: number,
    room: number,
    share = largestShare,
  ): { quote: Quote; cost: number } | null {
    const quote = entry.verbatim ? entry.quote : shortened(entry.quote, this.#longestQuote);
    const most = Math.min(left, Math.max(smallestPiece, Math.floor(room * share)));
    const fits = leastCost(quote) <= most;
    const cost = fits ? this.#lineCost(material, entry, quote) : Number.POSITIVE_INFINITY;
    if (cost <= most) return { quote, cost };
    if (most < (share === 1 ? smallestOwn : smallestPiece)) return null;
    const first = fits ? Math.floor((quote.acu.text.length * most) / cost) : most * likelyLength;
    for (let length = first; length > 40; length = Math.floor(length * 0.8)) {
      const piece = shortened(quote, length);
      const shorter = this.#lineCost(material, entry, piece);
      if (piece.acu.text.length > 0 && shorter <= most) return { quote: piece, cost: shorter };
    }
    return null;
  }

  #isHere(quote: Quote, { verbatim, piece }: Pick<Entry, 'verbatim' | 'piece'> = {}): boolean {
    const { id, text } = quote.acu;
    if (piece && this.#pieces.has(pieceKey(quote))) return true;
    if (!piece && (this.#told.get(id) ?? 0) >= text.length * mostlyTold) return true;
    if (this.#units.has(id) || this.#messages.has(quote.message.id))
      return !verbatim || this.#messages.has(partKey(quote));
    return !verbatim && (this.#texts.has(saidKey(quote)) || (!piece && this.#isNear(quote)));
  }

  /** Said in nearly these words already, with the very numbers: another day or sum is another thing. */
  #isNear(quote: Quote): boolean {
    return this.#nearTold.get(this.#near.get(quote.acu.pk) ?? quote.acu.pk)?.has(numbersOf(quote)) ?? false;
  }

  #remember(entry: Entry, quote: Quote, whole: boolean): void {
    const { id, text, pk } = quote.acu;
    if (!entry.piece) {
      const root = this.#near.get(pk) ?? pk;
      this.#nearTold.set(root, (this.#nearTold.get(root) ?? new Set()).add(numbersOf(quote)));
    }
    if (entry.piece && quote !== entry.before) {
      this.#pieces.add(pieceKey(quote));
      this.#told.set(id, (this.#told.get(id) ?? 0) + text.length);
    } else this.#units.add(id);
    this.#texts.add(saidKey(quote));
    if (entry.verbatim && whole) this.#messages.add(quote.message.id).add(partKey(quote));
  }

  #line(material: LayerMaterial, entry: Entry, quote: Quote): Omit<Line, 'ref'> {
    const { show } = material;
    const named = show.speaker === 'always' || quote.message.authorName !== null || quote.message.role !== 'user';
    return {
      quote,
      speaker: named ? speakerOf(quote) : null,
      day: show.day || groupOf(material, entry.group).days ? dayOf(quote.message.createdMs) : null,
      verbatim: entry.verbatim === true,
      past: pastOf(quote),
    };
  }

  #lineCost(material: LayerMaterial, entry: Entry, quote: Quote): number {
    const known = this.#costs.get(quote);
    if (known !== undefined) return known;
    const group = groupOf(material, entry.group);
    const line = this.#renderer.line({ ...this.#line(material, entry, quote), ref: this.#ref }, group);
    const { between } = this.#renderer.group(group, material.layer);
    const cost = this.#tokenizer.count(between + line);
    this.#costs.set(quote, cost);
    return cost;
  }

  #layerCost({ layer }: LayerMaterial): number {
    const known = this.#layerCosts.get(layer);
    if (known !== undefined) return known;
    const cost = this.#pieceCost(this.#renderer.layer(layer));
    this.#layerCosts.set(layer, cost);
    return cost;
  }

  #groupCost(material: LayerMaterial, key: string): number {
    const { layer } = material;
    const group = groupOf(material, key);
    const known = this.#groupCosts.get(group);
    if (known !== undefined) return known;
    const { between } = this.#renderer.layer(layer);
    const cost = this.#tokenizer.count(between) + this.#pieceCost(this.#renderer.group(group, layer));
    this.#groupCosts.set(group, cost);
    return cost;
  }

  #pieceCost({ open, close }: Piece): number {
    return this.#tokenizer.count(open) + this.#tokenizer.count(close);
  }
}

/** UTF-16 units a token is of running text, and at the very most of any text worth quoting. */
const likelyLength = 4;
const greatestLength = 10;

/** What a quotation costs at the least: saves counting what cannot fit. */
const leastCost = ({ acu }: Quote): number => 4 + acu.text.length / greatestLength;

/** What of a layer has the floor of its budget: what the person wrote down themselves; of their history what they pinned. */
export const isHeeded =
  ({ layer }: LayerMaterial) =>
  ({ quote }: Entry): boolean =>
    layer === 'L5' ? quote.pinned !== undefined : isOwnWord(quote);

const numbersOf = ({ acu }: Quote): string => acu.text.match(/\p{N}+/gu)?.join(' ') ?? '';
const pieceKey = ({ acu }: Quote): string => `${acu.id} ${acu.start}`;
const partKey = (quote: Quote): string => `${quote.message.id} ${quote.acu.partIndex}`;

/** @throws Error when a layer names a group it does not have: a fault of the layer, not of its data */
export function groupOf(material: LayerMaterial, key: string): Group {
  const group = material.groups.get(key);
  if (group === undefined) throw new Error(`Layer ${material.layer} has no group ${key}.`);
  return group;
}
