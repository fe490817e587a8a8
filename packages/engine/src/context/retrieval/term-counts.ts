/**
 * In how many messages a term stands, remembered as long as nothing in the space changes: counting a common word reads all there is of
 * it in the index, and the next page of a search, the next key of who types and the next question ask for the same. In memory alone.
 */
import type { WordSource } from '../../space/stores/branch-words.ts';

/** Terms remembered. */
const most = 1_024;

export class TermCounts {
  readonly #counts = new Map<string, number>();
  #version = -1;

  /** The same words with what is known of them. @param version of the space as they are read */
  over(words: WordSource, version: number): WordSource {
    if (version !== this.#version || this.#counts.size >= most) this.#counts.clear();
    this.#version = version;
    return {
      corpus: () => words.corpus(),
      beginning: (letters) => words.beginning(letters),
      places: (term, limit) => words.places(term, limit),
      atSlots: (slots) => words.atSlots(slots),
      frequency: (term) => {
        const known = this.#counts.get(term);
        if (known !== undefined) return known;
        const counted = words.frequency(term);
        this.#counts.set(term, counted);
        return counted;
      },
    };
  }
}
