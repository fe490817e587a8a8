/**
 * Runs of words of a text in a script without spaces: words by `Intl.Segmenter`, those that follow each other as one phrase
 * ("机器学习", "味噌汁"). Pure.
 */
import type { PhraseWord } from './phrase-words.ts';
import { stopWords } from './stop-words.ts';
import { lastWordsUnspaced } from './stop-words-of-scripts.ts';
import { namesUnspaced } from './word-classes.ts';

export const unspaced: RegExp = /[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]/;

let segmenter: Intl.Segmenter | undefined;

/** In pieces, because the segmenter is slow on long strings. */
export function unspacedRuns(text: string): PhraseWord[][] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const runs: PhraseWord[][] = [];
  let run: PhraseWord[] = [];
  const close = () => {
    // One sign alone names nothing, whatever it is part of.
    if (run.some(({ stands }) => stands) || run.length > 1) runs.push(run);
    run = [];
  };
  for (const piece of text.slice(0, 20_000).match(/[\s\S]{1,500}/g) ?? []) {
    for (const { segment, isWordLike } of segmenter.segment(piece)) {
      const key = segment.toLowerCase();
      const names = isWordLike === true && namesUnspaced(segment) && !stopWords.has(key);
      if (!names) {
        close();
        continue;
      }
      // A Latin word among them stands for itself.
      if (run.length > 0 && unspaced.test(segment) !== unspaced.test(run[0]?.surface ?? '')) close();
      const endsOnly = lastWordsUnspaced.has(key);
      run.push({
        surface: segment,
        key,
        stands: segment.length >= 2 && !endsOnly,
        endsOnly,
        glued: unspaced.test(segment),
      });
    }
    close();
  }
  return runs;
}
