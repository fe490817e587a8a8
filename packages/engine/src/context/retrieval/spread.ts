/**
 * Word scores of messages from where single terms stand. Each term counts for the message it stands in and, less, for
 * the messages beside it; where both do, only the larger counts. Pure; reads nothing but places.
 *
 * A term's worth in a message is BM25 (Robertson and Zaragoza, 2009) with the count of the term taken as one: measured,
 * repetition adds nothing here, and without it a place alone is enough to score by.
 */
import { conversationOfSlot, isHuman, slotOf, wordsAt } from '../../space/place.ts';
import { nthValue } from './nth-value.ts';
import { tuning } from './tuning.ts';

export interface TermPlaces {
  readonly term: string;
  /** In how many messages it stands. */
  readonly frequency: number;
  /** Where it stands, ascending. */
  readonly places: readonly number[];
}

/** The whole index: how many messages, and how many words they have on average. */
export interface Corpus {
  readonly messages: number;
  readonly averageWords: number;
}

export interface WordScore {
  /** What its own words add, and what the words beside it add to that. */
  readonly own: number;
  readonly beside: number;
  /** Indexes of the terms that stand in the message, and of those that only stand beside it. */
  readonly ownTerms: readonly number[];
  readonly besideTerms: readonly number[];
}

/** Which messages a question's words point at, and what each term is worth there. */
export interface Spread {
  /** Ascending; the messages most worth an exact score. */
  readonly slots: readonly number[];
  /** The score of the message at `slots[index]`, once its place says who wrote it and how long it is. */
  scoreAt(index: number, place: number): WordScore;
}

/** @param pool how many messages at most are scored; `Infinity` for all */
export function spread(terms: readonly TermPlaces[], corpus: Corpus, pool: number): Spread {
  const weighed = terms.map((term) => weigh(term, corpus));
  const near = around(strongest(weighed, pool));
  const own = new Float64Array(near.length * terms.length);
  const beside = new Float64Array(near.length * terms.length);
  // Until a message is looked up it may be anybody's; where a term stands in it, the place says whose.
  const weights = new Float64Array(near.length).fill(tuning.humanWords);
  weighed.forEach((term, t) => {
    const of = (all: Float64Array) => all.subarray(t * near.length, (t + 1) * near.length);
    spreadTerm(term, near, of(own), of(beside), weights);
  });
  const kept = best(weights, own, beside, terms.length, pool);
  return {
    slots: kept.map((index) => near[index] ?? 0),
    scoreAt: (index, place) => score(place, kept[index] ?? 0, near.length, own, beside, terms.length),
  };
}

interface WeighedTerm {
  readonly slots: Float64Array;
  readonly places: readonly number[];
  readonly scores: Float64Array;
}

function weigh({ frequency, places }: TermPlaces, { messages, averageWords }: Corpus): WeighedTerm {
  const rarity = Math.log(1 + (Math.max(messages, frequency) - frequency + 0.5) / (frequency + 0.5));
  const { k1, b } = tuning.bm25;
  const slots = new Float64Array(places.length);
  const scores = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) {
    const place = places[i] ?? 0;
    slots[i] = slotOf(place);
    const length = wordsAt(place) / Math.max(1, averageWords);
    scores[i] = (rarity * (k1 + 1)) / (1 + k1 * (1 - b + b * length));
  }
  return { slots, places, scores };
}

/** The slots where the terms add up to most, ascending: at least `pool` of them where so many match. */
function strongest(terms: readonly WeighedTerm[], pool: number): number[] {
  const places = ascendingOnce(terms);
  const sums = new Float64Array(places.length);
  for (const term of terms) {
    let at = 0;
    for (let i = 0; i < term.places.length; i++) {
      const place = term.places[i] ?? 0;
      while ((places[at] ?? place) < place) at++;
      sums[at] = (sums[at] ?? 0) + (term.scores[i] ?? 0) * weightOf(place);
    }
  }
  const least = places.length > pool ? nthValue(sums.slice(), places.length - pool) : 0;
  const slots: number[] = [];
  for (let i = 0; i < places.length; i++) if ((sums[i] ?? 0) >= least) slots.push(slotOf(places[i] ?? 0));
  return slots;
}

/** Typed arrays and merging throughout: a question may match many thousand places, and a map or a sort of them costs milliseconds. */
function ascendingOnce(terms: readonly WeighedTerm[]): Float64Array {
  let all: Float64Array = new Float64Array(0);
  for (const { places } of terms) all = merged(all, places);
  return all;
}

/** What stands in either of two ascending lists, each once. */
function merged(a: Float64Array, b: readonly number[]): Float64Array {
  const all = new Float64Array(a.length + b.length);
  let i = 0;
  let j = 0;
  let end = 0;
  while (i < a.length || j < b.length) {
    const isNext = j >= b.length || (i < a.length && (a[i] as number) <= (b[j] as number));
    const least = (isNext ? a[i++] : b[j++]) as number;
    if (end === 0 || all[end - 1] !== least) all[end++] = least;
  }
  return all.subarray(0, end);
}

/** These slots and those within reach in the same conversation, ascending, each once. */
function around(slots: readonly number[]): Float64Array {
  const reach = tuning.besides.length;
  const all: number[] = [];
  let last = -1;
  for (const slot of slots) {
    for (let near = Math.max(last + 1, slot - reach); near <= slot + reach; near++) {
      if (conversationOfSlot(near) !== conversationOfSlot(slot)) continue;
      all.push(near);
      last = near;
    }
  }
  return Float64Array.from(all);
}

/** One pass over both ascending lists: each message sees where the term stands within reach of it. */
function spreadTerm(
  term: WeighedTerm,
  near: Float64Array,
  own: Float64Array,
  beside: Float64Array,
  weights: Float64Array,
): void {
  const reach = tuning.besides.length;
  const { slots, places, scores } = term;
  let first = 0;
  for (let n = 0; n < near.length; n++) {
    const slot = near[n] ?? 0;
    while (first < slots.length && (slots[first] ?? 0) < slot - reach) first++;
    for (let i = first; i < slots.length; i++) {
      const there = slots[i] ?? 0;
      if (there > slot + reach) break;
      const worth = scores[i] ?? 0;
      if (there === slot) {
        own[n] = worth;
        weights[n] = weightOf(places[i] ?? 0);
      } else if (conversationOfSlot(there) === conversationOfSlot(slot)) {
        const shares = there < slot && !isHuman(places[i] ?? 0) ? tuning.behindAnswer : tuning.besides;
        beside[n] = Math.max(beside[n] ?? 0, (shares[Math.abs(there - slot) - 1] ?? 0) * worth);
      }
    }
  }
}

/**
 * Indexes of the messages that can score highest, ascending. Beside a place a term stands in there may be no message at all, which
 * only looking it up tells: those that hold a term are kept as if there were no others. A prompt that is said every day, alone in its
 * conversation, would fill the pool with nothing.
 */
function best(weights: Float64Array, own: Float64Array, beside: Float64Array, terms: number, pool: number): number[] {
  const width = weights.length;
  if (width <= pool) return [...weights.keys()];
  const bounds = new Float64Array(width);
  const holds = new Uint8Array(width);
  for (let t = 0; t < terms; t++) {
    for (let n = 0; n < width; n++) {
      const inside = own[t * width + n] ?? 0;
      if (inside > 0) holds[n] = 1;
      bounds[n] = (bounds[n] ?? 0) + Math.max(inside, beside[t * width + n] ?? 0) * (weights[n] ?? 0);
    }
  }
  const least = nthValue(bounds.slice(), width - pool);
  const holding = bounds.filter((_, n) => holds[n] === 1);
  const leastHolding = holding.length > pool ? nthValue(holding, holding.length - pool) : 0;
  const kept: number[] = [];
  for (let n = 0; n < width; n++) if ((bounds[n] ?? 0) >= (holds[n] === 1 ? leastHolding : least)) kept.push(n);
  return kept;
}

const weightOf = (place: number): number => (isHuman(place) ? tuning.humanWords : 1);

function score(
  place: number,
  n: number,
  width: number,
  owns: Float64Array,
  besides: Float64Array,
  terms: number,
): WordScore {
  const lean = tuning.standsAloneAt / (tuning.standsAloneAt + wordsAt(place));
  const weight = weightOf(place);
  const ownTerms: number[] = [];
  const besideTerms: number[] = [];
  let own = 0;
  let beside = 0;
  for (let t = 0; t < terms; t++) {
    const inside = owns[t * width + n] ?? 0;
    const outside = lean * (besides[t * width + n] ?? 0);
    own += inside;
    beside += Math.max(0, outside - inside);
    if (inside > 0) ownTerms.push(t);
    else if (outside > 0) besideTerms.push(t);
  }
  return { own: own * weight, beside: beside * weight, ownTerms, besideTerms };
}
