import fc from 'fast-check';
import { countTokens as countCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { countTokens as countO200k } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { cl100k, o200k } from './byte-pair-tokenizer.ts';

/** The same tokens by the library the tables come from, special tokens taken as plain text. */
const plainly = { disallowedSpecial: new Set<string>() };
const each = [
  { name: 'o200k', load: o200k, reference: (text: string) => countO200k(text, plainly) },
  { name: 'cl100k', load: cl100k, reference: (text: string) => countCl100k(text, plainly) },
];

/** The library loses a byte order mark where it reads its list, and so a token that is one. */
const withoutMark = (sample: string): string => sample.replaceAll('\ufeff', '');
const text = fc
  .oneof(
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
  )
  .map(withoutMark);

describe.each(each)('$name', ({ load, reference }) => {
  it('counts what the reference counts', async () => {
    const tokenizer = await load();
    fc.assert(
      fc.property(text, (sample) => {
        expect(tokenizer.count(sample)).toBe(reference(sample));
      }),
      { numRuns: 1_000 },
    );
  });

  it('knows a byte order mark for the one token it is', async () => {
    expect((await load()).count('\ufeff')).toBe(1);
  });

  it('counts a text it has met before the same', async () => {
    const tokenizer = await load();
    const sample = 'I went to a LGBTQ support group yesterday and it was so powerful.';
    expect([tokenizer.count(sample), tokenizer.count(sample)]).toEqual([reference(sample), reference(sample)]);
  });

  it('ends on a megabyte of one character, and on one of noise', async () => {
    const tokenizer = await load();
    expect(tokenizer.count('a'.repeat(1_000_000))).toBe(125_000);
    expect(tokenizer.count('x9'.repeat(500_000))).toBeGreaterThan(100_000);
  });

  it('is loaded once', async () => {
    expect(await load()).toBe(await load());
  });
});
