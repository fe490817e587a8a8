import { AppError } from '@vivim/contract/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ElementLimits, elementLimits, JsonElements } from './json-elements.ts';

interface Split {
  readonly texts: (string | null)[];
  readonly ends: number[];
  readonly error: string | null;
}

function split(bytes: Buffer, cuts: readonly number[] = [], limits: ElementLimits = elementLimits): Split {
  const splitter = new JsonElements(limits);
  const texts: (string | null)[] = [];
  const ends: number[] = [];
  const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  try {
    places.slice(1).forEach((end, ix) => {
      for (const element of splitter.push(bytes.subarray(places[ix], end))) {
        texts.push(element.bytes?.toString('utf8') ?? element.refused);
        ends.push(element.end);
      }
    });
    splitter.end();
    return { texts, ends, error: null };
  } catch (error) {
    return { texts, ends, error: error instanceof AppError ? error.code : String(error) };
  }
}

/** JSON as a person or a program may space it. */
const spaced = (value: unknown, indent: number): string => JSON.stringify(value, null, indent);

describe('splitting JSON into elements', () => {
  it('gives the elements of an array, wherever the chunks are cut', () => {
    const property = fc.property(
      fc.array(fc.jsonValue(), { maxLength: 6 }),
      fc.integer({ min: 0, max: 3 }),
      fc.array(fc.nat(400), { maxLength: 12 }),
      (values, indent, cuts) => {
        const bytes = Buffer.from(spaced(values, indent));
        const found = split(
          bytes,
          cuts.map((cut) => Math.min(cut, bytes.length)),
        );
        expect(found.error).toBeNull();
        expect(found.texts.map((text) => JSON.parse(text ?? ''))).toEqual(JSON.parse(JSON.stringify(values)));
        expect(found).toEqual(split(bytes));
      },
    );
    fc.assert(property, { numRuns: 400 });
  });

  it('gives the list under "conversations", whatever stands around it', () => {
    const property = fc.property(
      fc.array(fc.jsonValue(), { maxLength: 4 }),
      fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }),
      fc.array(fc.nat(300), { maxLength: 8 }),
      (values, beside, cuts) => {
        const { conversations: _, ...rest } = beside;
        const bytes = Buffer.from(JSON.stringify({ ...rest, conversations: values, after: rest }));
        const found = split(
          bytes,
          cuts.map((cut) => Math.min(cut, bytes.length)),
        );
        expect(found.error).toBeNull();
        expect(found.texts.map((text) => JSON.parse(text ?? ''))).toEqual(JSON.parse(JSON.stringify(values)));
      },
    );
    fc.assert(property, { numRuns: 200 });
  });

  it.each([
    ['one object', '{"mapping": {"a": [1, "]}"]}}', ['{"mapping": {"a": [1, "]}"]}}']],
    ['JSON lines', '{"a":1}\n{"b":"\\"}"}\n', ['{"a":1}', '{"b":"\\"}"}']],
    ['a list key only as a value', '{"a":"conversations","b":[1]}', ['{"a":"conversations","b":[1]}']],
    ['a list key further in', '{"a":{"conversations":[1]}}', ['{"a":{"conversations":[1]}}']],
    ['spaces around the colon', '{ "conversations" : [ {} , [] ] }', ['{}', '[]']],
    ['scalars', '[1, null, "a,b", true]', ['1', 'null', '"a,b"', 'true']],
    ['nothing', '[]', []],
  ])('reads %s', (_, text, expected) => {
    const found = split(Buffer.from(text));
    expect(found.error).toBeNull();
    expect(found.texts.map((element) => element?.trim())).toEqual(expected);
  });

  it.each([
    ['plain text', 'hello'],
    ['a bare string', '"hello"'],
    ['an array cut off', '[{"a":1},{"b":'],
    ['a string cut off', '[{"a":"x'],
    ['a list not closed', '[{"a":1}'],
    ['text after the end', '[{"a":1}] and more'],
    ['another list after the end', '[1][2]'],
    ['a bracket too many', '[{"a":1}]]'],
    ['nothing at all', ' \n'],
  ])('refuses %s', (_, text) => {
    expect(split(Buffer.from(text)).error).toBe('import_json_invalid');
  });

  it('says which entry a file was cut off in', () => {
    const splitter = new JsonElements();
    splitter.push(Buffer.from('[{"a":1},{"b":'));
    expect(() => splitter.end()).toThrow('in the middle of entry 2');
  });

  it('gives what stands before a break', () => {
    expect(split(Buffer.from('[{"a":1},{"b":2}]]'))).toMatchObject({
      texts: ['{"a":1}', '{"b":2}'],
      error: 'import_json_invalid',
    });
  });

  it('leaves out an element over a limit and gives the ones around it', () => {
    const limits = { elementBytes: 20, depth: 3 };
    const text = '[{"a":1},"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",{"b":2},[[[[1]]]],{"c":3}]';
    for (const cuts of [[], [15], [20, 30, 45], Array.from({ length: text.length }, (_, ix) => ix)]) {
      expect(split(Buffer.from(text), cuts, limits).texts).toEqual([
        '{"a":1}',
        'too_large',
        '{"b":2}',
        'too_deep',
        '{"c":3}',
      ]);
    }
  });

  it('goes through nesting no stack could hold', () => {
    const deep = `[${'['.repeat(200_000)}${']'.repeat(200_000)},1]`;
    expect(split(Buffer.from(deep)).texts).toEqual(['too_deep', '1']);
  });

  it('never throws anything but a plain answer, whatever the bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc
        .array(fc.constantFrom('[', ']', '{', '}', '"', '\\', ',', ':', '1', ' ', '"conversations"'), { maxLength: 40 })
        .map((marks) => Buffer.from(marks.join(''))),
    );
    fc.assert(
      fc.property(bytes, fc.nat(80), (raw, cut) => {
        const buffer = Buffer.from(raw);
        const whole = split(buffer);
        expect([null, 'import_json_invalid']).toContain(whole.error);
        expect(split(buffer, [Math.min(cut, buffer.length)])).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
  });
});
