/** The six words both sides of a request show. Works them out here and asks nobody. */
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { comparisonWords } from '@vivim/contract/comparison-words';
import { CliError } from '../cli-error.ts';

/** @param subject `deviceClaim` or `recoveryClaim` of what is compared */
export const sixWords = async (subject: unknown): Promise<string> =>
  (await comparisonWords(subject, wordlist)).join(' ');

const plainWords = (text: string): string => (text.toLowerCase().match(/[a-z]+/g) ?? []).join(' ');

/** @throws CliError `refused` when somebody read other words than these */
export function assertSameWords(shown: string, read: string): void {
  if (plainWords(read) !== shown)
    throw new CliError('refused', 'The words differ: what asks is not what you were shown. Nothing was let in.');
}
