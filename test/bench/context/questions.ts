/** Questions as people ask them, in the words of a made-up history: some rare words, some common ones. Pure. */
import { Writer } from '../synthetic.ts';

/** @param seed of the history's writer */
export function questionsOf(count: number, seed: number): string[] {
  const writer = new Writer(seed);
  return Array.from(
    { length: count },
    () => `What did I say about ${writer.word()} and ${writer.word()} when we talked about ${writer.word()}?`,
  );
}

/** The question's content words, any of them, as the bare driver would be asked. */
export const ftsOf = (question: string): string => {
  const stop = new Set('what did i say about and when we talked'.split(' '));
  const words = question.toLowerCase().match(/[a-z]+/g) ?? [];
  return words
    .filter((word) => !stop.has(word))
    .map((word) => `"${word}"`)
    .join(' OR ');
};
