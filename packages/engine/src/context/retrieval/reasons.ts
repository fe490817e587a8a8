/** Why a message was found, in codes with what it was found by; in English too, out of the same. Pure. */
import { reasonText } from '@vivim/contract/reason-text';
import type { Reason } from '@vivim/contract/search';
import type { EventLookUp } from './event-time.ts';
import type { WordFinding, WordHit } from './keyword.ts';
import type { Ranked } from './ranking.ts';

/** What was found out on the way to a ranking. */
export interface ReasonNotes {
  readonly words: WordFinding;
  readonly similarities: ReadonlyMap<number, number>;
  /** A time the question tells by an event. */
  readonly event: EventLookUp | null;
  readonly naming: ReadonlyMap<number, { readonly names: readonly string[] }>;
  /** The question asks for what was said first. */
  readonly first?: boolean;
}

type Facts = Pick<Reason, 'terms' | 'similarity' | 'event' | 'first'>;

const arms = ['words', 'neighbours', 'meaning', 'speaker', 'time', 'recency', 'entity', 'standing', 'answer'] as const;

/** The reasons of one message, the weightiest first. */
export function reasonsOf({ words, similarities, event, naming, first }: ReasonNotes): (ranked: Ranked) => Reason[] {
  const hits = new Map<number, WordHit>();
  for (const hit of words.hits) hits.set(hit.messagePk, hit);
  const termsAt = (indexes: readonly number[] = []) => indexes.map((index) => words.terms[index] ?? '');
  // A time that was told and not found is words like any other, and that is said where words are.
  const told = event === null ? {} : { event: event.told };
  const [unknown, when] = event?.spans === null ? [told, {}] : [{}, told];
  /** What each arm found a message by, where it is more than that it did. */
  const foundBy: { readonly [A in (typeof arms)[number]]?: (messagePk: number) => Facts } = {
    words: (pk) => ({ terms: termsAt(hits.get(pk)?.ownTerms), ...unknown }),
    neighbours: (pk) => ({ terms: termsAt(hits.get(pk)?.besideTerms) }),
    meaning: (pk) => similarityOf(similarities.get(pk)),
    time: () => when,
    recency: () => (first === true ? { first } : {}),
    entity: (pk) => ({ terms: [...(naming.get(pk)?.names ?? [])] }),
  };
  return (ranked) => {
    const reasons: Reason[] = [];
    for (const arm of arms) {
      const score = ranked[arm];
      if (score <= 0) continue;
      const facts = foundBy[arm]?.(ranked.messagePk) ?? {};
      reasons.push({ arm, score, detail: reasonText({ arm, ...facts }), ...facts });
    }
    return reasons.sort((a, b) => b.score - a.score);
  };
}

const similarityOf = (similarity: number | undefined) => (similarity === undefined ? {} : { similarity });
