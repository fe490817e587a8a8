/**
 * One ranking from what the arms found. Scores, not ranks, are fused: each arm is brought to 0–1 by its own best, and
 * the shares of tuning add up. Measured better than reciprocal rank here, whose k has to be tuned to the corpus. Pure.
 */
import { isHuman, slotOf, wordsAt } from '../../space/place.ts';
import { dayMs } from './calendar.ts';
import { type Columns, newColumns, type Ranked, Ranking } from './ranking.ts';
import type { WordScore } from './spread.ts';
import { tuning } from './tuning.ts';
import type { Similarities } from './vicinity.ts';

/** What one message got from each arm but meaning, which is asked twice. */
export interface Found {
  readonly messagePk: number;
  readonly place: number;
  /** Null where no word stands in it or beside it. */
  readonly words: Pick<WordScore, 'own' | 'beside' | 'ownTerms'> | null;
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
  /** It is in letters the embedder was not made for. */
  readonly foreign?: boolean;
}

/** Fuses what was found for one question, by one look at meaning or another: what does not change with it is found out once. */
export class Fusion {
  readonly #found: readonly Found[];
  readonly #asked: AskedFor;
  readonly #messagePks: readonly number[];
  /** Of each message 0–1, how much it leans on what is around it. */
  readonly #leaning: Float64Array;
  /** Which of those found stands right before it and right after it in its conversation; −1 where none does. */
  readonly #before: Int32Array;
  readonly #after: Int32Array;
  /** The best score by words. */
  readonly #best: number;
  /** Some message says every word that is asked for, and words are all it asks for. */
  readonly #someSaysAll: boolean;

  constructor(found: readonly Found[], asked: AskedFor) {
    this.#found = found;
    this.#asked = asked;
    this.#messagePks = found.map(({ messagePk }) => messagePk);
    this.#leaning = new Float64Array(found.length);
    this.#before = new Int32Array(found.length);
    this.#after = new Int32Array(found.length);
    const bySlot = new Map<number, number>();
    for (let at = 0; at < found.length; at += 1) bySlot.set(slotOf((found[at] as Found).place), at);
    for (let at = 0; at < found.length; at += 1) {
      const { place } = found[at] as Found;
      this.#leaning[at] = leaningOf(place);
      this.#before[at] = bySlot.get(slotOf(place) - 1) ?? -1;
      this.#after[at] = bySlot.get(slotOf(place) + 1) ?? -1;
    }
    this.#best = found.reduce(
      (best, { words }) => (words === null ? best : Math.max(best, words.own + words.beside)),
      0,
    );
    this.#someSaysAll = asked.terms > 0 && found.some((_, i) => this.#saysAll(i));
  }

  /** Best first; of equals the one that came in later. A message that scores nothing is left out, and what does not come after `after`. */
  ranking(similarities: Similarities, after?: Pick<Ranked, 'score' | 'messagePk'>): Ranking {
    const columns = this.#scored(similarities);
    const order = this.#found.flatMap(({ messagePk }, at) => {
      const score = columns.score[at] as number;
      const comes =
        after === undefined || score < after.score || (score === after.score && messagePk < after.messagePk);
      return score > 0 && comes ? at : [];
    });
    return new Ranking(this.#messagePks, columns, order.sort(this.#byScore(columns)));
  }

  /** The first few of the same. */
  first(similarities: Similarities, count: number): Ranked[] {
    const columns = this.#scored(similarities);
    const byScore = this.#byScore(columns);
    const best: number[] = [];
    for (let at = 0; at < this.#found.length; at += 1) {
      const last = best[count - 1];
      if ((columns.score[at] as number) <= 0 || (last !== undefined && byScore(at, last) > 0)) continue;
      const before = best.findIndex((other) => byScore(at, other) < 0);
      best.splice(before === -1 ? best.length : before, 0, at);
      best.length = Math.min(best.length, count);
    }
    return new Ranking(this.#messagePks, columns, best).slice();
  }

  #byScore({ score }: Columns): (a: number, b: number) => number {
    const messagePks = this.#messagePks;
    return (a, b) =>
      (score[b] as number) - (score[a] as number) || (messagePks[b] as number) - (messagePks[a] as number);
  }

  #scored(similarities: Similarities): Columns {
    const found = this.#found;
    const asked = this.#asked;
    const columns = newColumns(found.length);
    const near = new Float64Array(found.length);
    for (let at = 0; at < near.length; at += 1)
      near[at] = similarities.get(this.#messagePks[at] as number) ?? Number.NEGATIVE_INFINITY;
    const meanings = this.#meanings(near);
    // Where nothing but words answers there is nothing they could count less than.
    const full = meanings === null ? this.#best : Math.max(this.#best, tuning.wordsInFull * asked.allWords);
    const trust = asked.foreign === true ? tuning.foreignMeaning : 1;
    const model = asked.answer ? tuning.asked : { words: 1, meaning: 1 };
    for (let at = 0; at < found.length; at += 1) {
      const message = found[at] as Found;
      const human = isHuman(message.place);
      const leaning = this.#leaning[at] as number;
      const share = meanings === null ? 0 : trust * (tuning.meaning.share + tuning.meaning.leaning * leaning);
      const weight = (1 - share) * (human ? 1 : model.words);
      const words = full === 0 ? 0 : (weight * (message.words?.own ?? 0)) / full;
      const neighbours = full === 0 ? 0 : (weight * (message.words?.beside ?? 0)) / full;
      const meaning = share * (meanings?.[at] ?? 0) * (human ? 1 : model.meaning / tuning.humanMeaning);
      const sum = words + neighbours + meaning;
      // The others lift what was found, and find nothing themselves.
      const lifts = sum > 0 ? 1 : 0;
      const speaker = message.spokenByNamed ? lifts * tuning.speaker : 0;
      const then = tuning.time * message.timely;
      const time = asked.onlyTime === true ? then * (human ? 1 : 0.5) : lifts * then;
      const entity = lifts * tuning.entity * message.naming;
      const known = message.remembered === null ? 0 : tuning.memory[message.remembered];
      // What says the very thing that is asked of oneself needs no word of the question.
      const standing = message.remembered === 'says' ? known : lifts * known;
      columns.words[at] = words;
      columns.neighbours[at] = neighbours;
      columns.meaning[at] = meaning;
      columns.speaker[at] = speaker;
      columns.time[at] = time;
      columns.entity[at] = entity;
      columns.standing[at] = standing;
      columns.score[at] = sum + speaker + time + entity + standing;
    }
    if (this.#someSaysAll) this.#dropFar(columns, near);
    this.#liftInOrder(columns, asked.first === true);
    const lift = asked.answer ? tuning.asked.ofQuestion : asked.answers ? tuning.ofQuestion : 0;
    if (lift > 0) this.#liftAnswers(columns, lift);
    if (this.#someSaysAll) this.#keepBehind(columns);
    return columns;
  }

  /** The meaning of each message, its own and of what is beside it; null where nothing was compared. */
  #meanings(near: Float64Array): Float64Array | null {
    const nearest = near.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY);
    if (nearest === Number.NEGATIVE_INFINITY) return null;
    const full = Math.max(tuning.unrelated + tuning.telling, nearest);
    const worth = near.map((one) => Math.max(0, one - tuning.unrelated) / (full - tuning.unrelated));
    const leaning = this.#leaning;
    // What is near to nothing adds nothing to what stands beside it.
    const lent = (at: number): number => (at === -1 ? 0 : (leaning[at] as number) * (worth[at] as number));
    return worth.map(
      (own, at) =>
        own +
        tuning.meaningBeside *
          (leaning[at] as number) *
          Math.max(lent(this.#before[at] as number), lent(this.#after[at] as number)),
    );
  }

  /** Of what answers, what was said on the last day (or the first) gets most, on the one before that half: things told on one day are as new. */
  #liftInOrder({ score, recency }: Columns, first: boolean): void {
    if (this.#found.every(({ saidMs }) => saidMs === null)) return;
    const { most, answersFrom } = tuning.recency;
    const best = score.reduce((top, one) => Math.max(top, one), 0);
    const dated = this.#found.flatMap(({ saidMs }, at) => {
      const own = score[at] as number;
      return saidMs === null || own <= 0 || own < answersFrom * best ? [] : [{ at, day: Math.floor(saidMs / dayMs) }];
    });
    const days = [...new Set(dated.map(({ day }) => day))].sort((a, b) => (first ? a - b : b - a));
    for (const { at, day } of dated) add(recency, score, at, most / (1 + days.indexOf(day)));
  }

  /** What answers a question that was found is what is asked for, in whatever words. */
  #liftAnswers({ score, answer }: Columns, lift: number): void {
    const alone = score.slice();
    this.#before.forEach((question, at) => {
      if (question !== -1 && !isHuman((this.#found[at] as Found).place))
        add(answer, score, at, lift * (alone[question] as number));
    });
  }

  /** What nothing finds but a meaning that is not close is not found: a greeting is a little like anything. */
  #dropFar({ score, meaning }: Columns, near: Float64Array): void {
    for (let at = 0; at < near.length; at += 1) {
      const more = (score[at] as number) > (meaning[at] as number);
      if (!this.#saysNone(at) || more || (near[at] as number) >= tuning.close) continue;
      score[at] = 0;
      meaning[at] = 0;
    }
  }

  /**
   * The words beside a message that says none lift it above none that says all: somebody who looks for a word wants to see it. What a
   * person wrote weighs more, and would else stand before the answers that say it.
   */
  #keepBehind({ score, neighbours }: Columns): void {
    const least = score.reduce(
      (low, one, at) => (this.#saysAll(at) ? Math.min(low, one) : low),
      Number.POSITIVE_INFINITY,
    );
    for (let at = 0; at < score.length; at += 1) {
      const own = score[at] as number;
      if (!this.#saysNone(at) || own < least) continue;
      const beside = neighbours[at] as number;
      add(neighbours, score, at, Math.max(-beside, justBehind * least - own));
    }
  }

  #saysAll(at: number): boolean {
    return this.#found[at]?.words?.ownTerms.length === this.#asked.terms;
  }

  #saysNone(at: number): boolean {
    return (this.#found[at]?.words?.ownTerms.length ?? 0) === 0;
  }
}

/** What stands this much below another is shown after it. */
const justBehind = 0.999;

/** 0–1: how much a message leans on what is around it. */
const leaningOf = (place: number): number => tuning.standsAloneAt / (tuning.standsAloneAt + wordsAt(place));

function add(arm: Float64Array, score: Float64Array, at: number, more: number): void {
  arm[at] = (arm[at] as number) + more;
  score[at] = (score[at] as number) + more;
}
