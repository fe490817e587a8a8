/**
 * The count for models whose token lists are not to be had offline or would cost an engine tens of megabytes: never lower
 * than theirs on anything we could measure it against, and named for what it is. docs/adr/0049 has the figures.
 *
 * Made from cl100k's pieces: the families split text much alike and differ in how many tokens a piece becomes. Some give
 * every digit a token of its own, and all of them are poorer in other scripts than Latin; none needs more than a token
 * for each byte.
 */
import { cl100k, once } from './byte-pair-tokenizer.ts';
import type { Tokenizer, TokenizerSource } from './tokenizer.ts';

/** Tokens for each one of cl100k: for words of Latin script, code and white space, and for those of other scripts. */
const factors = { latin: 1.4, other: 1.9 };
const digits = /^\p{N}+$/u;
const otherScript = /[^\0-\u024f\u2000-\u206f]/;

export const conservative: TokenizerSource = once(async (): Promise<Tokenizer> => {
  const exact = await cl100k();
  const countOf = (piece: string): number => {
    if (digits.test(piece)) return piece.length;
    const factor = otherScript.test(piece) ? factors.other : factors.latin;
    return Math.min(exact.countPiece(piece) * factor, Buffer.byteLength(piece));
  };
  return {
    name: 'conservative',
    count: (text) => Math.ceil(exact.pieces(text).reduce((sum, piece) => sum + countOf(piece), 0)),
  };
});
