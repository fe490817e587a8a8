/** Why a message was found, in codes with what it was found by; in English too, out of the same. Pure. */
import { reasonText } from '@vivim/contract/reason-text';
import type { Reason } from '@vivim/contract/search';
import type { EventLookUp } from './event-time.ts';
import type { WordFinding } from './keyword.ts';
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

/** The reasons of one message, the weightiest first. */
export function reasonsOf({ words, similarities, event, naming, first }: ReasonNotes): (ranked: Ranked) => Reason[] {
  const hits = new Map(words.hits.map((hit) => [hit.messagePk, hit]));
  const termsAt = (indexes: readonly number[] = []) => indexes.map((index) => words.terms[index] ?? '');
  // A time that was told and not found is words like any other, and that is said where words are.
  const told = event === null ? {} : { event: event.told };
  const [unknown, when] = event?.spans === null ? [told, {}] : [{}, told];
  return (ranked) => {
    const hit = hits.get(ranked.messagePk);
    const reason = (
      arm: Reason['arm'],
      score: number,
      found: Pick<Reason, 'terms' | 'similarity' | 'event' | 'first'> = {},
    ) => (score > 0 ? [{ arm, score, detail: reasonText({ arm, ...found }), ...found }] : []);
    return [
      ...reason('words', ranked.words, { terms: termsAt(hit?.ownTerms), ...unknown }),
      ...reason('neighbours', ranked.neighbours, { terms: termsAt(hit?.besideTerms) }),
      ...reason('meaning', ranked.meaning, similarityOf(similarities.get(ranked.messagePk))),
      ...reason('speaker', ranked.speaker),
      ...reason('time', ranked.time, when),
      ...reason('recency', ranked.recency, first === true ? { first } : {}),
      ...reason('entity', ranked.entity, { terms: [...(naming.get(ranked.messagePk)?.names ?? [])] }),
      ...reason('standing', ranked.standing),
      ...reason('answer', ranked.answer),
    ].sort((a, b) => b.score - a.score);
  };
}

const similarityOf = (similarity: number | undefined) => (similarity === undefined ? {} : { similarity });
