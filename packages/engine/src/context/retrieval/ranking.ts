/**
 * What each arm added to each message, a column for each arm, and the messages best first. Objects of eleven numbers for a thousand
 * messages, twice for each question, were a sixth of what a context leaves to be collected: a message gets one when it is looked at.
 */

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

/** A number of each message, in the order they were found in. */
export type Columns = { readonly [Column in Exclude<keyof Ranked, 'messagePk'>]: Float64Array };

export const newColumns = (length: number): Columns => {
  const column = () => new Float64Array(length);
  return {
    score: column(),
    words: column(),
    neighbours: column(),
    meaning: column(),
    speaker: column(),
    time: column(),
    recency: column(),
    entity: column(),
    standing: column(),
    answer: column(),
  };
};

export class Ranking {
  readonly #messagePks: readonly number[];
  readonly #columns: Columns;
  /** Which messages, best first. */
  readonly #order: readonly number[];

  constructor(messagePks: readonly number[], columns: Columns, order: readonly number[]) {
    this.#messagePks = messagePks;
    this.#columns = columns;
    this.#order = order;
  }

  get length(): number {
    return this.#order.length;
  }

  /** Those from one place to another, best first. */
  slice(from = 0, to = this.length): Ranked[] {
    return this.#order.slice(from, to).map((at) => this.#ranked(at));
  }

  #ranked(at: number): Ranked {
    const { score, words, neighbours, meaning, speaker, time, recency, entity, standing, answer } = this.#columns;
    return {
      messagePk: this.#messagePks[at] as number,
      score: score[at] as number,
      words: words[at] as number,
      neighbours: neighbours[at] as number,
      meaning: meaning[at] as number,
      speaker: speaker[at] as number,
      time: time[at] as number,
      recency: recency[at] as number,
      entity: entity[at] as number,
      standing: standing[at] as number,
      answer: answer[at] as number,
    };
  }
}
