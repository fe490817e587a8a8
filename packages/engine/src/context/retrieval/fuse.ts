/**
 * One ranking from what the arms found. Scores, not ranks, are fused: each arm is brought to 0–1 by its own best, and
 * the shares of tuning add up. Measured better than reciprocal rank here, whose k has to be tuned to the corpus. Pure.
 */
import { isHuman } from '../../space/place.ts';
import { tuning } from './tuning.ts';

/** What one message got from each arm; a score of an arm that did not find it is null. */
export interface Found {
  readonly messagePk: number;
  readonly place: number;
  readonly words: { readonly own: number; readonly beside: number } | null;
  /** Cosine with the question. */
  readonly similarity: number | null;
  /** The question names who wrote it. */
  readonly spokenByNamed: boolean;
}

export interface Ranked {
  readonly messagePk: number;
  readonly score: number;
  /** What each arm added; they sum to the score. */
  readonly words: number;
  readonly neighbours: number;
  readonly meaning: number;
  readonly speaker: number;
}

/** Best first; of equals the one that came in later. A message that scores nothing is left out. */
export function fuse(found: readonly Found[]): Ranked[] {
  const bestWords = Math.max(0, ...found.map(({ words }) => (words === null ? 0 : words.own + words.beside)));
  const similarities = found.flatMap(({ similarity }) => similarity ?? []);
  const meant = similarities.length > 0;
  const full = Math.max(tuning.unrelated + tuning.telling, ...similarities);
  const wordShare = meant ? 1 - tuning.meaning : 1;
  const ofBest = (score = 0): number => (bestWords === 0 ? 0 : (wordShare * score) / bestWords);
  return found
    .map((message): Ranked => {
      const { place, similarity } = message;
      const words = ofBest(message.words?.own);
      const neighbours = ofBest(message.words?.beside);
      const near = similarity === null ? 0 : Math.max(0, similarity - tuning.unrelated) / (full - tuning.unrelated);
      const meaning = tuning.meaning * near * (isHuman(place) ? 1 : 1 / tuning.humanMeaning);
      const sum = words + neighbours + meaning;
      const speaker = sum > 0 && message.spokenByNamed ? tuning.speaker : 0;
      return { messagePk: message.messagePk, score: sum + speaker, words, neighbours, meaning, speaker };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.messagePk - a.messagePk);
}
