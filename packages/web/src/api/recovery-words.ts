/** The words of BIP-39: 24 of them for the key on paper, six to compare. The list is fetched when it is first needed. */
import { comparisonWords } from '@vivim/contract/comparison-words';
import { randomBytes } from '@vivim/contract/random';
import { type RecoveryKey, recoveryKeyFrom, recoverySecretBytes } from '@vivim/contract/recovery-key';

const wordCount = 24;

const loadList = async () => (await import('@scure/bip39/wordlists/english.js')).wordlist;

export interface NewRecovery {
  readonly words: readonly string[];
  readonly key: RecoveryKey;
}

export async function newRecovery(): Promise<NewRecovery> {
  const [{ entropyToMnemonic }, list] = await Promise.all([import('@scure/bip39'), loadList()]);
  const secret = randomBytes(recoverySecretBytes);
  const words = entropyToMnemonic(secret, list).split(' ');
  const key = await recoveryKeyFrom(secret);
  secret.fill(0);
  return { words, key };
}

/** As people type and paste: any case, any space, numbers before the words, commas after them. */
export const typedWords = (text: string): string[] =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');

export type ReadWords =
  | { readonly outcome: 'read'; readonly key: RecoveryKey }
  /** Not 24 of them. */
  | { readonly outcome: 'count'; readonly count: number }
  /** Words that are not on the list. */
  | { readonly outcome: 'unknown'; readonly words: readonly string[] }
  /** All on the list, and not what was written down: the last word checks the others. */
  | { readonly outcome: 'mistaken' };

export async function readRecovery(text: string): Promise<ReadWords> {
  const [{ mnemonicToEntropy }, list] = await Promise.all([import('@scure/bip39'), loadList()]);
  const words = typedWords(text);
  const unknown = words.filter((word) => !list.includes(word));
  if (unknown.length > 0) return { outcome: 'unknown', words: unknown };
  if (words.length !== wordCount) return { outcome: 'count', count: words.length };
  let secret: Uint8Array<ArrayBuffer>;
  try {
    secret = Uint8Array.from(mnemonicToEntropy(words.join(' '), list));
  } catch {
    return { outcome: 'mistaken' };
  }
  return { outcome: 'read', key: await recoveryKeyFrom(secret) };
}

export interface PlacedWord {
  /** From 1. */
  readonly place: number;
  readonly word: string;
}

/** The same word may stand in two places. */
export const placed = (words: readonly string[]): PlacedWord[] =>
  words.map((word, index) => ({ place: index + 1, word }));

/** Six words both sides make of what they hold. */
export const sixWords = async (subject: unknown): Promise<readonly string[]> =>
  comparisonWords(subject, await loadList());
