/** The port of a tokenizer: how long a text is for a model. Counts only; nothing here cuts or changes a text. */

export interface Tokenizer {
  /** Named in every bundle: counts of different names are never compared. */
  readonly name: string;
  /**
   * Tokens of the text, exactly as a model with this tokenizer is sent it. Marks of special tokens inside the text
   * (`<|endoftext|>`) are counted as the plain characters they are.
   */
  count(text: string): number;
}

/** Gives the tokenizer, loading it when first asked: an engine that compiles nothing never pays for the tables. */
export type TokenizerSource<T extends Tokenizer = Tokenizer> = () => Promise<T>;
