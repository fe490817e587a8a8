/** JSON read strictly: whatever is written once is read; a name written twice is not. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseStrictJson } from './strict-json.ts';

const parse = (text: string) => parseStrictJson(Buffer.from(text));

it('reads whatever is written, however it is spaced', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'grapheme' }), fc.constantFrom(undefined, 1, '\t'), (json, space) => {
      const value: unknown = JSON.parse(json);
      expect(parse(JSON.stringify(value, null, space))).toEqual(value);
    }),
  );
});

it('refuses a name written twice in one object, at any depth and in any spelling, and nothing else', () => {
  expect(parse('{"a":1,"a":1}')).toBeUndefined();
  expect(parse('{"a":1,"\\u0061":2}')).toBeUndefined();
  expect(parse('[{"b":[{"a":1, "c":"x", "a" : 2}]}]')).toBeUndefined();
  expect(parse('[{"a":1},{"a":2}]')).toEqual([{ a: 1 }, { a: 2 }]);
  expect(parse('{"a":"\\"a\\":1,\\"a\\":2"}')).toEqual({ a: '"a":1,"a":2' });
  expect(parse('{"a":":","b":"\\\\"}')).toEqual({ a: ':', b: '\\' });
});

it('refuses what is not JSON in UTF-8, without a crash', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 32 }), (bytes) => {
      const value = parseStrictJson(bytes);
      if (value !== undefined) expect(JSON.parse(Buffer.from(bytes).toString())).toEqual(value);
    }),
  );
  expect(parse('\ufeff{}')).toBeUndefined();
  expect(parseStrictJson(new Uint8Array([0x22, 0xff, 0x22]))).toBeUndefined();
  expect(parse(`${'['.repeat(60_000)}${']'.repeat(60_000)}`)).toBeUndefined();
});
