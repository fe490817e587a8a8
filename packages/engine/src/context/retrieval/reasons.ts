/** Why a message was found, said for a person. Pure. */
import type { Reason } from '@vivim/contract/search';
import type { EventLookUp } from './event-time.ts';
import type { Ranked } from './fuse.ts';
import type { WordFinding } from './keyword.ts';

/** What was found out on the way to a ranking. */
export interface ReasonNotes {
  readonly words: WordFinding;
  readonly similarities: ReadonlyMap<number, number>;
  /** A time the question tells by an event. */
  readonly event: EventLookUp | null;
  readonly naming: ReadonlyMap<number, { readonly names: readonly string[] }>;
}

/** The reasons of one message, the weightiest first. */
export function reasonsOf({ words, similarities, event, naming }: ReasonNotes): (ranked: Ranked) => Reason[] {
  const hits = new Map(words.hits.map((hit) => [hit.messagePk, hit]));
  const termsAt = (indexes: readonly number[] = []) => indexes.map((index) => words.terms[index] ?? '');
  const named = (indexes?: readonly number[]) => termsAt(indexes).join(', ');
  // A time that was told and not found is words like any other, and that is said where words are.
  const unknown = event !== null && event.spans === null ? `. ${event.why}` : '';
  const when = event === null || event.spans === null ? '' : `: ${event.said}. ${event.why}`;
  return (ranked) => {
    const hit = hits.get(ranked.messagePk);
    const reasons: Reason[] = [
      {
        arm: 'words',
        score: ranked.words,
        detail: `It says: ${named(hit?.ownTerms)}${unknown}`,
        terms: termsAt(hit?.ownTerms),
      },
      {
        arm: 'neighbours',
        score: ranked.neighbours,
        detail: hit?.besideTerms.length ? `Said beside it: ${named(hit.besideTerms)}` : 'Said more plainly beside it',
        terms: termsAt(hit?.besideTerms),
      },
      {
        arm: 'meaning',
        score: ranked.meaning,
        detail: `Close in meaning: similarity ${similarities.get(ranked.messagePk)?.toFixed(2)}`,
      },
      { arm: 'speaker', score: ranked.speaker, detail: 'Said by the person the question names' },
      { arm: 'time', score: ranked.time, detail: `Said at or soon after the time the question names${when}` },
      { arm: 'recency', score: ranked.recency, detail: 'Among the last said of what answers' },
      {
        arm: 'entity',
        score: ranked.entity,
        detail: `It names what the question names: ${naming.get(ranked.messagePk)?.names.join(', ')}`,
        terms: [...(naming.get(ranked.messagePk)?.names ?? [])],
      },
      { arm: 'standing', score: ranked.standing, detail: 'A memory that the question is about stands on it' },
      { arm: 'answer', score: ranked.answer, detail: 'It answers what was asked just before it' },
    ];
    return reasons.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  };
}
