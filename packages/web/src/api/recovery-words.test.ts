import { describe, expect, it } from 'vitest';
import { newRecovery, readRecovery, sixWords, typedWords } from './recovery-words.ts';

describe('words on paper', () => {
  it('give back the key they were made for, however they are typed', async () => {
    const { words, key } = await newRecovery();
    expect(words).toHaveLength(24);
    const typed = words.map((word, index) => `${index + 1}. ${word.toUpperCase()},`).join('\n');
    const read = await readRecovery(typed);
    if (read.outcome !== 'read') throw new Error(read.outcome);
    expect([read.key.sign.kid, read.key.seal.kid]).toEqual([key.sign.kid, key.seal.kid]);
  });

  it('say what is wrong with them', async () => {
    const { words } = await newRecovery();
    expect(await readRecovery(words.slice(1).join(' '))).toEqual({ outcome: 'count', count: 23 });
    expect(await readRecovery(`${words.slice(1).join(' ')} vivim`)).toEqual({ outcome: 'unknown', words: ['vivim'] });
    expect(await readRecovery('')).toEqual({ outcome: 'count', count: 0 });
    // The checksum of 24 words is a byte: a wrong word passes once in 256 times, so several are tried.
    const outcomes = await Promise.all(
      ['abandon', 'ability', 'able', 'about'].map((word) => readRecovery([word, ...words.slice(1)].join(' '))),
    );
    expect(outcomes.some(({ outcome }) => outcome === 'mistaken')).toBe(true);
  });

  it('are found among numbers and commas', () => {
    expect(typedWords(' 1) Able,\n2) ZOO ')).toEqual(['able', 'zoo']);
  });
});

describe('six words', () => {
  it('are the same for the same and others for another', async () => {
    const subject = { account: 'did:key:z1', did: 'did:key:z2', encKey: 'x', platform: 'web' };
    const words = await sixWords(subject);
    expect(words).toHaveLength(6);
    expect(await sixWords({ ...subject })).toEqual(words);
    expect(await sixWords({ ...subject, encKey: 'y' })).not.toEqual(words);
  });
});
