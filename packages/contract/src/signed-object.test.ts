/** Canonical JSON against the vectors of RFC 8785, and the bytes that are signed. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeShared } from '../../../test/kit/shared.ts';
import { vectorCases } from '../../../test/kit/vectors.ts';
import { canonicalJson, signedBytes, signedTags } from './signed-object.ts';

it('canonical JSON is the same however its members are ordered, and reads back as it was', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
      const shuffled = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(shuffled)).toBe(canonicalJson(value));
      expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
    }),
  );
});

it('what JSON cannot hold has no canonical form', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { a: '\udc00' }, undefined])
    expect(() => canonicalJson(value)).toThrow();
});

it('a signature for one purpose is not over the bytes of another', () => {
  const texts = Object.values(signedTags).map((tag) => Buffer.from(signedBytes(tag, { b: 1, a: 'é' })).toString());
  expect(texts).toContain('VIVIM-KEYLOG-V1\n{"a":"é","b":1}');
  expect(new Set(texts).size).toBe(texts.length);
});

describeShared('vectors', 'RFC 8785', () => {
  it('every text has its canonical form', () => {
    const cases = vectorCases<{ name: string; input: string; canonical: string }>('jcs', /\.json$/);
    for (const { name, input, canonical } of cases)
      expect(`${name} ${canonicalJson(JSON.parse(input))}`).toBe(`${name} ${canonical}`);
  });
});
