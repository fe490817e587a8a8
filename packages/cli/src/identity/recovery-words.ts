/** The recovery key as a person writes it down: 32 bytes as 24 words of BIP-39. Never stores or sends them. */
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { randomBytes } from '@vivim/contract/random';
import { type RecoveryKey, recoveryKeyFrom, recoverySecretBytes } from '@vivim/contract/recovery-key';
import { CliError } from '../cli-error.ts';

const wordCount = 24;

/** A new one. */
export async function newRecoveryWords(): Promise<{ words: readonly string[]; key: RecoveryKey }> {
  const secret = randomBytes(recoverySecretBytes);
  return { words: entropyToMnemonic(secret, wordlist).split(' '), key: await recoveryKeyFrom(secret) };
}

/**
 * The key of words as somebody typed them: any case, any spacing, with or without their numbers.
 *
 * @throws CliError `usage` naming the first thing that is wrong, and no word that could be right
 */
export async function recoveryKeyOfWords(text: string): Promise<RecoveryKey> {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  const unknown = words.find((word) => !wordlist.includes(word));
  if (unknown !== undefined) throw new CliError('usage', `“${unknown}” is not a word of a recovery key.`);
  if (words.length !== wordCount)
    throw new CliError('usage', `A recovery key has ${wordCount} words; these are ${words.length}.`);
  try {
    return await recoveryKeyFrom(Uint8Array.from(mnemonicToEntropy(words.join(' '), wordlist)));
  } catch (cause) {
    throw new CliError('usage', 'These words are no recovery key: one is wrong, or two changed places.', { cause });
  }
}
