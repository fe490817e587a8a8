/** Every tokenizer a bundle can be counted by, under its name. Loads none before it is asked for. */
import type { TokenizerName } from '@vivim/contract/tokenizers';
import { cl100k, o200k } from './byte-pair-tokenizer.ts';
import { conservative } from './conservative.ts';
import type { TokenizerSource } from './tokenizer.ts';

export const tokenizers = {
  o200k_base: o200k,
  cl100k_base: cl100k,
  conservative,
} as const satisfies Record<TokenizerName, TokenizerSource>;
