/**
 * One ranking from what the arms found. Scores, not ranks, are fused: each arm is brought to 0–1 by its own best, and
 * the shares of tuning add up. Measured better than reciprocal rank here, whose k has to be tuned to the corpus. Pure.
 */
import { isHuman, slotOf, wordsAt } from '../../space/place.ts';
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
  /** 0–1: how near it was said to a time the question names. */
  readonly timely: number;
  /** 0–1: how new it is, where the question asks for how things are now; else 0. */
  readonly recent: number;
}

export interface Ranked {
  readonly messagePk: number;
  readonly score: number;
  /** What each arm added; they sum to the score. */
  readonly words: number;
  readonly neighbours: number;
  readonly meaning: number;
  readonly speaker: number;
  readonly time: number;
  readonly recency: number;
  readonly answer: number;
}

/**
 * Best first; of equals the one that came in later. A message that scores nothing is left out.
 * @param asksAnswer the question asks what a model answered
 */
export function fuse(found: readonly Found[], asksAnswer = false): Ranked[] {
  const bestWords = Math.max(0, ...found.map(({ words }) => (words === null ? 0 : words.own + words.beside)));
  const meaningOf = meaningBy(found);
  const model = asksAnswer ? tuning.asked : { words: 1, meaning: 1 };
  const alone = found.map((message): Ranked => {
    const { messagePk, place } = message;
    const human = isHuman(place);
    const leaning = leaningOf(place);
    const share = meaningOf === null ? 0 : tuning.meaning.share + tuning.meaning.leaning * leaning;
    const ofBest = (score = 0) => (bestWords === 0 ? 0 : ((1 - share) * score * (human ? 1 : model.words)) / bestWords);
    const words = ofBest(message.words?.own);
    const neighbours = ofBest(message.words?.beside);
    const meaning = share * (meaningOf?.(message, leaning) ?? 0) * (human ? 1 : model.meaning / tuning.humanMeaning);
    const sum = words + neighbours + meaning;
    const speaker = sum > 0 && message.spokenByNamed ? tuning.speaker : 0;
    const time = sum > 0 ? tuning.time * message.timely : 0;
    const recency = sum > 0 ? tuning.recency * message.recent : 0;
    const score = sum + speaker + time + recency;
    return { messagePk, score, words, neighbours, meaning, speaker, time, recency, answer: 0 };
  });
  return (asksAnswer ? liftAnswers(alone, found) : alone)
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.messagePk - a.messagePk);
}

/** 0–1: how much a message leans on what is around it. */
const leaningOf = (place: number): number => tuning.standsAloneAt / (tuning.standsAloneAt + wordsAt(place));

/** The meaning of a message, its own and of what is beside it; null where nothing was compared. */
function meaningBy(found: readonly Found[]): ((message: Found, leaning: number) => number) | null {
  const similarities = found.flatMap(({ similarity }) => similarity ?? []);
  if (similarities.length === 0) return null;
  const full = Math.max(tuning.unrelated + tuning.telling, ...similarities);
  const scaled = (similarity: number | null | undefined): number =>
    Math.max(0, (similarity ?? 0) - tuning.unrelated) / (full - tuning.unrelated);
  const bySlot = new Map(found.map(({ place, similarity }) => [slotOf(place), similarity]));
  return ({ place, similarity }, leaning) => {
    const slot = slotOf(place);
    const beside = Math.max(scaled(bySlot.get(slot - 1)), scaled(bySlot.get(slot + 1)));
    return scaled(similarity) + tuning.meaningBeside * leaning * beside;
  };
}

/** What answers a question that was found is what is asked for, in whatever words. */
function liftAnswers(alone: readonly Ranked[], found: readonly Found[]): Ranked[] {
  const bySlot = new Map(alone.map(({ score }, i) => [slotOf(found[i]?.place ?? 0), score]));
  return alone.map((message, i) => {
    const place = found[i]?.place ?? 0;
    const before = bySlot.get(slotOf(place) - 1);
    if (isHuman(place) || before === undefined) return message;
    const answer = tuning.asked.ofQuestion * before;
    return { ...message, score: message.score + answer, answer };
  });
}
