/** Why a message was found, said for a person. Pure. */
import type { Reason } from '@vivim/contract/search';
import type { Ranked } from './fuse.ts';
import type { WordHit } from './keyword.ts';

export function reasonsOf(
  ranked: Ranked,
  hit: WordHit | undefined,
  terms: readonly string[],
  similarity: number | undefined,
): Reason[] {
  const named = (indexes: readonly number[] = []) => indexes.map((index) => terms[index] ?? '').join(', ');
  const reasons: Reason[] = [
    { arm: 'words', score: ranked.words, detail: `It says: ${named(hit?.ownTerms)}` },
    {
      arm: 'neighbours',
      score: ranked.neighbours,
      detail: hit?.besideTerms.length ? `Said beside it: ${named(hit.besideTerms)}` : 'Said more plainly beside it',
    },
    { arm: 'meaning', score: ranked.meaning, detail: `Close in meaning: similarity ${similarity?.toFixed(2)}` },
    { arm: 'speaker', score: ranked.speaker, detail: 'Said by the person the question names' },
    { arm: 'time', score: ranked.time, detail: 'Said at or soon after the time the question names' },
    { arm: 'recency', score: ranked.recency, detail: 'Among the last said of what was found' },
    { arm: 'answer', score: ranked.answer, detail: 'It answers what was asked just before it' },
  ];
  return reasons.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
}
