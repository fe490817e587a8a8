import { describe, expect, it } from 'vitest';
import { newRecoveryWords, recoveryKeyOfWords } from './recovery-words.ts';

describe('the words of a recovery key', () => {
  it('are 24, new each time, and give the same key back however they are written', async () => {
    const [{ words, key }, other] = [await newRecoveryWords(), await newRecoveryWords()];
    expect(words).toHaveLength(24);
    expect(other.words).not.toEqual(words);
    const numbered = words.map((word, index) => `${index + 1}. ${word.toUpperCase()}`).join('\n');
    for (const text of [words.join(' '), `  ${words.join('  ')}\n`, numbered])
      expect((await recoveryKeyOfWords(text)).sign.kid).toBe(key.sign.kid);
  });

  it('are the ones of the standard: 32 zero bytes', async () => {
    const words = `${'abandon '.repeat(23)}art`;
    expect((await recoveryKeyOfWords(words)).sign.kid).toMatch(/^[\w-]{43}$/);
  });

  it.each([
    ['', /24 words; these are 0/],
    ['abandon '.repeat(23), /these are 23/],
    [`${'abandon '.repeat(23)}zebr`, /“zebr” is not a word/],
    ['abandon '.repeat(24), /one is wrong, or two changed places/],
    [`${'abandon '.repeat(11)}about`, /these are 12/],
  ])('are refused with what is wrong: %j', async (text, reason) => {
    await expect(recoveryKeyOfWords(text)).rejects.toThrow(reason);
  });
});
