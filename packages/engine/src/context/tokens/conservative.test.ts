/** The conservative count: never lower than the exact ones, additive from above, and bounded by bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cl100k, o200k } from './byte-pair-tokenizer.ts';
import { conservative } from './conservative.ts';

const samples = [
  'I moved to Lyon last year and still look for a doctor who takes new patients.',
  'Ich habe gestern mit meiner Tochter über die Kündigungsfristen der Wohnungsbaugesellschaft gesprochen.',
  '我昨天和女儿讨论了租房合同的问题。',
  'تحدثت أمس مع ابنتي عن عقد الإيجار.',
  'कल मैंने अपनी बेटी से किराए के समझौते के बारे में बात की।',
  'export const sum = (a: number, b: number): number => a + b;\n',
  '2024-03-01 18:04:55.123456 +01:00, invoice 4711-0815',
  '    \n\t\t  if (x) {\n        return  y;\n      }\n',
];

describe('the conservative tokenizer', () => {
  it.each(samples)('is at least the exact ones on %j', async (text) => {
    const [some, ...exact] = await Promise.all([conservative(), cl100k(), o200k()]);
    for (const tokenizer of exact) expect(some.count(text)).toBeGreaterThanOrEqual(tokenizer.count(text));
  });

  it('counts every digit', async () => {
    expect((await conservative()).count('1234567890')).toBe(10);
  });

  it('never counts more tokens than bytes, nor more for the whole than for its parts', async () => {
    const tokenizer = await conservative();
    const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.constantFrom(...samples));
    fc.assert(
      fc.property(text, (sample) => {
        expect(tokenizer.count(sample)).toBeLessThanOrEqual(Buffer.byteLength(sample));
      }),
    );
    for (const sample of samples) {
      const parts = sample.split(/(?<=\s)/);
      const sum = parts.reduce((tokens, part) => tokens + tokenizer.count(part), 0);
      expect(tokenizer.count(sample)).toBeLessThanOrEqual(sum);
    }
  });
});
