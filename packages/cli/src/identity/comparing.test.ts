import { describe, expect, it } from 'vitest';
import { assertSameWords, sixWords } from './comparing.ts';

const claim = { account: 'did:key:zA', did: 'did:key:zB', encKey: 'x', platform: 'cli' };

describe('six words', () => {
  it('are the same on both sides, and others for any other claim', async () => {
    const words = await sixWords(claim);
    expect(words.split(' ')).toHaveLength(6);
    expect(await sixWords({ ...claim })).toBe(words);
    for (const name of Object.keys(claim)) expect(await sixWords({ ...claim, [name]: 'other' })).not.toBe(words);
  });

  it('are compared as they are read out: case, commas and spaces do not count', async () => {
    const words = await sixWords(claim);
    assertSameWords(words, ` ${words.toUpperCase().replaceAll(' ', ',  ')}\n`);
  });

  it('let nothing in when one differs, or is missing', async () => {
    const words = await sixWords(claim);
    for (const read of ['', words.split(' ').slice(1).join(' '), words.replace(/\w+$/, 'zoo2'), `${words} zoo`])
      expect(() => assertSameWords(words, read)).toThrow(expect.objectContaining({ failure: 'refused' }));
  });
});
