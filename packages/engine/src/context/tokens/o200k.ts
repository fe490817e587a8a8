/**
 * The default tokenizer: o200k, of the GPT-4o family and later. The token list and the splitting pattern are those of
 * gpt-tokenizer, read when first needed; counting is our own (see {@link Vocabulary} for why). Keeps counts of short
 * pieces, never a text.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { countPairs } from './byte-pairs.ts';
import type { Tokenizer } from './tokenizer.ts';
import { Vocabulary } from './vocabulary.ts';

/** Words remembered with their count, and the longest one worth remembering, in UTF-16 units. */
const remembered = { pieces: 16_384, length: 32 };

class O200k implements Tokenizer {
  readonly name = 'o200k_base';
  readonly #vocabulary: Vocabulary;
  readonly #pattern: RegExp;
  readonly #counts = new Map<string, number>();
  readonly #encoder = new TextEncoder();
  #scratch = new Uint8Array(1_024);

  constructor(vocabulary: Vocabulary, pattern: RegExp) {
    this.#vocabulary = vocabulary;
    this.#pattern = pattern;
  }

  count(text: string): number {
    let tokens = 0;
    for (const piece of text.match(this.#pattern) ?? []) tokens += this.#counts.get(piece) ?? this.#countPiece(piece);
    return tokens;
  }

  #countPiece(piece: string): number {
    if (this.#scratch.length < piece.length * 3) this.#scratch = new Uint8Array(piece.length * 3);
    const { written } = this.#encoder.encodeInto(piece, this.#scratch);
    const tokens = countPairs(this.#vocabulary, this.#scratch, written);
    if (this.#scratch.length > 65_536) this.#scratch = new Uint8Array(1_024);
    if (piece.length <= remembered.length) {
      if (this.#counts.size >= remembered.pieces) this.#counts.clear();
      this.#counts.set(piece, tokens);
    }
    return tokens;
  }
}

let loading: Promise<Tokenizer> | undefined;

/** The tokenizer, loaded once for the process. */
export function o200k(): Promise<Tokenizer> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Tokenizer> {
  const list = fileURLToPath(import.meta.resolve('gpt-tokenizer/data/o200k_base.tiktoken'));
  const [file, { O200K_TOKEN_SPLIT_REGEX }] = await Promise.all([
    readFile(list),
    import('gpt-tokenizer/encodingParams/constants'),
  ]);
  return new O200k(new Vocabulary(file), O200K_TOKEN_SPLIT_REGEX);
}
