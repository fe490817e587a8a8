import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { o200k } from './o200k.ts';

/** The same tokens by the library the tables come from, special tokens taken as plain text. */
const reference = (text: string): number => countTokens(text, { disallowedSpecial: new Set() });

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc
    .array(
      fc.constantFrom(
        'the ',
        'Straße',
        '  ',
        '\n\n',
        "don't",
        '漢字',
        'العربية',
        '🙂👍🏽',
        '<|endoftext|>',
        '1234567',
        '```\n',
        '\t',
      ),
    )
    .map((words) => words.join('')),
  fc
    .tuple(fc.constantFrom('a', ' ', '=', '中', '\n', 'é'), fc.integer({ min: 1, max: 300 }))
    .map(([c, n]) => c.repeat(n)),
);

describe('o200k', () => {
  it('counts what the reference counts', async () => {
    const tokenizer = await o200k();
    fc.assert(
      fc.property(text, (sample) => {
        expect(tokenizer.count(sample)).toBe(reference(sample));
      }),
      { numRuns: 1_000 },
    );
  });

  it('counts a text it has met before the same', async () => {
    const tokenizer = await o200k();
    const sample = 'I went to a LGBTQ support group yesterday and it was so powerful.';
    expect([tokenizer.count(sample), tokenizer.count(sample)]).toEqual([reference(sample), reference(sample)]);
  });

  it('ends on a megabyte of one character, and on one of noise', async () => {
    const tokenizer = await o200k();
    expect(tokenizer.count('a'.repeat(1_000_000))).toBe(125_000);
    expect(tokenizer.count('x9'.repeat(500_000))).toBeGreaterThan(100_000);
  });

  it('is loaded once', async () => {
    expect(await o200k()).toBe(await o200k());
  });
});
