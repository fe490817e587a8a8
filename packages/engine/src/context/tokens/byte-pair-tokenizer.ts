/**
 * The exact tokenizers: byte-pair encodings whose token lists are public. Lists and splitting patterns are those of
 * gpt-tokenizer, read when first needed; counting is our own (see {@link Vocabulary} for why). Keeps counts of
 * short pieces and of longer texts by marks that do not lead back to them: never a text.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { countPairs } from './byte-pairs.ts';
import { markOf, RecentCounts } from './recent-counts.ts';
import type { Tokenizer, TokenizerSource } from './tokenizer.ts';
import { Vocabulary } from './vocabulary.ts';

/** Words remembered with their count, and lines; the longest word worth remembering, in UTF-16 units. */
const remembered = { words: 32_768, lines: 16_384, length: 32 };

export class BytePairTokenizer implements Tokenizer {
  readonly name: string;
  readonly #vocabulary: Vocabulary;
  readonly #pattern: RegExp;
  readonly #words = new RecentCounts(remembered.words);
  /** The lines of a context are counted alone, and the same stand in many: standing ones in each. */
  readonly #lines = new RecentCounts(remembered.lines);
  readonly #encoder = new TextEncoder();
  #scratch = new Uint8Array(1_024);

  constructor(name: string, vocabulary: Vocabulary, pattern: RegExp) {
    this.name = name;
    this.#vocabulary = vocabulary;
    this.#pattern = pattern;
  }

  count(text: string): number {
    if (text.length <= remembered.length) return this.#sum(text);
    const mark = markOf(text);
    return this.#lines.get(mark) ?? this.#lines.add(mark, this.#sum(text));
  }

  /** The text as it is split before any pair is joined: no token reaches across. */
  pieces(text: string): readonly string[] {
    return text.match(this.#pattern) ?? [];
  }

  /** Tokens of one of {@link pieces}. */
  countPiece(piece: string): number {
    const mark = piece.length <= remembered.length ? markOf(piece) : null;
    const known = mark === null ? undefined : this.#words.get(mark);
    if (known !== undefined) return known;
    if (this.#scratch.length < piece.length * 3) this.#scratch = new Uint8Array(piece.length * 3);
    const { written } = this.#encoder.encodeInto(piece, this.#scratch);
    const tokens = countPairs(this.#vocabulary, this.#scratch, written);
    if (this.#scratch.length > 65_536) this.#scratch = new Uint8Array(1_024);
    return mark === null ? tokens : this.#words.add(mark, tokens);
  }

  #sum(text: string): number {
    let tokens = 0;
    for (const piece of this.pieces(text)) tokens += this.countPiece(piece);
    return tokens;
  }
}

type Constants = typeof import('gpt-tokenizer/encodingParams/constants');

const source = (
  name: string,
  list: string,
  patternOf: (constants: Constants) => RegExp,
): TokenizerSource<BytePairTokenizer> =>
  once(async () => {
    const [file, constants] = await Promise.all([
      readFile(fileURLToPath(import.meta.resolve(list))),
      import('gpt-tokenizer/encodingParams/constants'),
    ]);
    return new BytePairTokenizer(name, new Vocabulary(file), patternOf(constants));
  });

/** One for the whole process, made when first asked for; a failure is not kept. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** GPT-4o and what came after it. */
export const o200k = source('o200k_base', 'gpt-tokenizer/data/o200k_base.tiktoken', (c) => c.O200K_TOKEN_SPLIT_REGEX);

/** GPT-4 and GPT-3.5. */
export const cl100k = source(
  'cl100k_base',
  'gpt-tokenizer/data/cl100k_base.tiktoken',
  (c) => c.CL100K_TOKEN_SPLIT_REGEX,
);
