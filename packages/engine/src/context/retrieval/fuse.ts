/**
 * One ranking from what the arms found. Scores, not ranks, are fused: each arm is brought to 0–1 by its own best, and
 * the shares of tuning add up. Measured better than reciprocal rank here, whose k has to be tuned to the corpus. Pure.
 */
import { isHuman, slotOf, wordsAt } from '../../space/place.ts';
import { dayMs } from './calendar.ts';
import type { WordScore } from './spread.ts';
import { tuning } from './tuning.ts';

/** What one message got from each arm; a score of an arm that did not find it is null. */
export interface Found {
  readonly messagePk: number;
  readonly place: number;
  readonly words: Pick<WordScore, 'own' | 'beside' | 'ownTerms'> | null;
  /** Cosine with the question. */
  readonly similarity: number | null;
  /** The question names who wrote it. */
  readonly spokenByNamed: boolean;
  /** 0–1: how near it was said to a time the question names. */
  readonly timely: number;
  /** When it was said, ms UTC, where the question asks for how things are now or were first; null else, and where nobody knows. */
  readonly saidMs: number | null;
  /** 0–1: how telling the rarest entity is that both it and the question name; 0 where there is none. */
  readonly naming: number;
  /** A memory stands on it that the question is about, or that says what the question asks of its person. */
  readonly remembered: 'about' | 'says' | null;
}

/** What the arms look for, beside what they found. */
export interface AskedFor {
  /** The question asks what a model answered. */
  readonly answer: boolean;
  /** What models answer to what was found counts. */
  readonly answers: boolean;
  /** The word score of a message that held all words of the question once; 0 where it asks by none. */
  readonly allWords: number;
  /** How many words are looked for that stand anywhere; 0 where they are not all it asks for. */
  readonly terms: number;
  /** It asks for what was said first of what answers, not last. */
  readonly first?: boolean;
  /** It asks for nothing but a time: what was said then needs no word of it. */
  readonly onlyTime?: boolean;
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
  readonly entity: number;
  readonly standing: number;
  readonly answer: number;
}

/** Best first; of equals the one that came in later. A message that scores nothing is left out. */
export const fuse = (found: readonly Found[], asked: AskedFor): Ranked[] =>
  scored(found, asked)
    .filter(({ score }) => score > 0)
    .sort(byScore);

/** The first few of the same. */
export function fusedFirst(found: readonly Found[], asked: AskedFor, count: number): Ranked[] {
  const best: Ranked[] = [];
  for (const one of scored(found, asked)) {
    const last = best[count - 1];
    if (one.score <= 0 || (last !== undefined && byScore(one, last) > 0)) continue;
    const at = best.findIndex((other) => byScore(one, other) < 0);
    best.splice(at === -1 ? best.length : at, 0, one);
    best.length = Math.min(best.length, count);
  }
  return best;
}

const byScore = (a: Ranked, b: Ranked): number => b.score - a.score || b.messagePk - a.messagePk;

function scored(found: readonly Found[], asked: AskedFor): Ranked[] {
  let best = 0;
  for (const { words } of found) if (words !== null) best = Math.max(best, words.own + words.beside);
  const fullWords = Math.max(best, tuning.wordsInFull * asked.allWords);
  const meaningOf = meaningBy(found);
  const model = asked.answer ? tuning.asked : { words: 1, meaning: 1 };
  const alone = found.map((message): Writable<Ranked> => {
    const { messagePk, place } = message;
    const human = isHuman(place);
    const leaning = leaningOf(place);
    const share = meaningOf === null ? 0 : tuning.meaning.share + tuning.meaning.leaning * leaning;
    // Where nothing but words answers there is nothing they could count less than.
    const full = meaningOf === null ? best : fullWords;
    const ofFull = (score = 0) => (full === 0 ? 0 : ((1 - share) * score * (human ? 1 : model.words)) / full);
    const words = ofFull(message.words?.own);
    const neighbours = ofFull(message.words?.beside);
    const meaning = share * (meaningOf?.(message, leaning) ?? 0) * (human ? 1 : model.meaning / tuning.humanMeaning);
    const sum = words + neighbours + meaning;
    const on = (bonus: number): number => (sum > 0 ? bonus : 0);
    const speaker = on(message.spokenByNamed ? tuning.speaker : 0);
    const then = tuning.time * message.timely * (human ? 1 : 0.5);
    const time = asked.onlyTime === true ? then : on(tuning.time * message.timely);
    const entity = on(tuning.entity * message.naming);
    const known = message.remembered === null ? 0 : tuning.memory[message.remembered];
    const standing = message.remembered === 'says' ? known : on(known);
    const score = sum + speaker + time + entity + standing;
    return { messagePk, score, words, neighbours, meaning, speaker, time, recency: 0, entity, standing, answer: 0 };
  });
  const says = sayingAll(found, asked.terms);
  if (says !== null) dropFar(alone, found);
  liftInOrder(alone, found, asked.first === true);
  const lift = asked.answer ? tuning.asked.ofQuestion : asked.answers ? tuning.ofQuestion : 0;
  if (lift > 0) liftAnswers(alone, found, lift);
  if (says !== null) keepBehind(alone, found, says);
  return alone;
}

/** 0–1: how much a message leans on what is around it. */
const leaningOf = (place: number): number => tuning.standsAloneAt / (tuning.standsAloneAt + wordsAt(place));

/** The meaning of a message, its own and of what is beside it; null where nothing was compared. */
function meaningBy(found: readonly Found[]): ((message: Found, leaning: number) => number) | null {
  let nearest = Number.NEGATIVE_INFINITY;
  for (const { similarity } of found) if (similarity !== null) nearest = Math.max(nearest, similarity);
  if (nearest === Number.NEGATIVE_INFINITY) return null;
  const full = Math.max(tuning.unrelated + tuning.telling, nearest);
  const scaled = (similarity: number | null | undefined): number =>
    Math.max(0, (similarity ?? 0) - tuning.unrelated) / (full - tuning.unrelated);
  const bySlot = new Map<number, number>();
  for (const { place, similarity } of found) {
    const worth = scaled(similarity);
    // What is near to nothing adds nothing to what stands beside it.
    if (worth > 0) bySlot.set(slotOf(place), leaningOf(place) * worth);
  }
  return ({ place, similarity }, leaning) => {
    const slot = slotOf(place);
    const beside = Math.max(bySlot.get(slot - 1) ?? 0, bySlot.get(slot + 1) ?? 0);
    return scaled(similarity) + tuning.meaningBeside * leaning * beside;
  };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Of what answers, what was said on the last day (or the first) gets most, on the one before that half: things told on one day are as new. */
function liftInOrder(alone: readonly Writable<Ranked>[], found: readonly Found[], first: boolean): void {
  if (found.every(({ saidMs }) => saidMs === null)) return;
  const { most, answersFrom } = tuning.recency;
  const best = alone.reduce((top, { score }) => Math.max(top, score), 0);
  const dated = alone.flatMap((message, i) => {
    const saidMs = found[i]?.saidMs ?? null;
    const answers = message.score > 0 && message.score >= answersFrom * best;
    return saidMs === null || !answers ? [] : [{ message, day: Math.floor(saidMs / dayMs) }];
  });
  const days = [...new Set(dated.map(({ day }) => day))].sort((a, b) => (first ? a - b : b - a));
  for (const { message, day } of dated) {
    message.recency = most / (1 + days.indexOf(day));
    message.score += message.recency;
  }
}

/** What answers a question that was found is what is asked for, in whatever words. */
function liftAnswers(alone: readonly Writable<Ranked>[], found: readonly Found[], lift: number): void {
  const bySlot = new Map(alone.map(({ score }, i) => [slotOf(found[i]?.place ?? 0), score]));
  alone.forEach((message, i) => {
    const place = found[i]?.place ?? 0;
    if (isHuman(place)) return;
    message.answer = lift * (bySlot.get(slotOf(place) - 1) ?? 0);
    message.score += message.answer;
  });
}

/** Which messages say every word that is asked for; null where none does, or where words are not all it asks for. */
function sayingAll(found: readonly Found[], terms: number): ((message: Found) => boolean) | null {
  const says = ({ words }: Found): boolean => words?.ownTerms.length === terms;
  return terms > 0 && found.some(says) ? says : null;
}

const saysNone = (message: Found | undefined): boolean => (message?.words?.ownTerms.length ?? 0) === 0;

/** What nothing finds but a meaning that is not close is not found: a greeting is a little like anything. */
function dropFar(alone: readonly Writable<Ranked>[], found: readonly Found[]): void {
  alone.forEach((message, i) => {
    if (!saysNone(found[i]) || message.score > message.meaning || (found[i]?.similarity ?? 0) >= tuning.close) return;
    message.score = 0;
    message.meaning = 0;
  });
}

/** What stands this much below another is shown after it. */
const justBehind = 0.999;

/**
 * The words beside a message that says none lift it above none that says all: somebody who looks for a word wants to see it. What a
 * person wrote weighs more, and would else stand before the answers that say it.
 */
function keepBehind(
  alone: readonly Writable<Ranked>[],
  found: readonly Found[],
  says: (message: Found) => boolean,
): void {
  const least = found.reduce(
    (low, one, i) => (says(one) ? Math.min(low, alone[i]?.score ?? low) : low),
    Number.POSITIVE_INFINITY,
  );
  alone.forEach((message, i) => {
    if (!saysNone(found[i]) || message.score < least) return;
    const neighbours = Math.max(0, message.neighbours - (message.score - justBehind * least));
    message.score -= message.neighbours - neighbours;
    message.neighbours = neighbours;
  });
}
