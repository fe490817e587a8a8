import { sources } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { soundness } from '../../../../../test/kit/soundness.ts';
import { readFile } from '../../../../../test/kit/source-files.ts';
import { sourceSeeds } from '../../../../../test/kit/source-seeds.ts';
import { noContext } from '../canonical.ts';
import { readRecord } from '../read-record.ts';
import { sourceModules } from './registry.ts';

/** A deep value as text: what builds it here must not be what breaks. */
const deep = (levels: number) => `${'{"a":['.repeat(levels)}${']}'.repeat(levels)}`;
const odd = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1,
  1e308,
  1e13,
  '',
  '\ud800',
  '__proto__',
  'x'.repeat(2_000),
  [],
  {},
  [null],
  [[[[]]]],
  JSON.parse('{"__proto__":{"role":"user"},"constructor":1,"toString":2,"hasOwnProperty":3}'),
  JSON.parse(deep(300)),
  '2026-01-01T00:00:00Z',
  '<details type="reasoning"><pre><!--',
);

/** The same value with one place of it changed: taken out, made odd, or put in its own place again. */
function spoiled(value: unknown, place: number, change: unknown): unknown {
  let left = place;
  const walk = (at: unknown): unknown => {
    if (left-- === 0) return change;
    if (Array.isArray(at)) return at.flatMap((item, ix) => (ix % 3 === 2 && left === 1 ? [item, item] : [walk(item)]));
    if (typeof at !== 'object' || at === null) return at;
    return Object.fromEntries(Object.entries(at).map(([key, item]) => [left === 2 ? '__proto__' : key, walk(item)]));
  };
  return walk(value);
}

const asJson = (text: string): unknown[] | null => {
  try {
    return [JSON.parse(text)];
  } catch {
    const rows = text.split('\n').map((line) => line.trim());
    return rows.every((line) => line.startsWith('{')) ? rows.map((line) => JSON.parse(line) as unknown) : null;
  }
};

/** A file spoiled in its values (where it is JSON), in its bytes, and cut off. */
const spoiledFile = (seed: Buffer): fc.Arbitrary<Buffer> => {
  const rows = asJson(seed.toString('utf8'));
  const values =
    rows === null
      ? fc.constant(seed)
      : fc
          .array(fc.record({ place: fc.nat(60), row: fc.nat(rows.length - 1), change: odd }), { maxLength: 3 })
          .map((changes) => {
            const all = [...rows];
            for (const { place, row, change } of changes) all[row] = spoiled(all[row], place, change);
            return Buffer.from(all.map((row) => JSON.stringify(row)).join('\n'));
          });
  const bytes = fc.array(fc.record({ at: fc.nat(20_000), byte: fc.nat(255) }), { maxLength: 4 });
  return fc.tuple(values, bytes, fc.option(fc.nat(20_000), { freq: 4 })).map(([file, changes, length]) => {
    const changed = Buffer.from(file);
    for (const { at, byte } of changes) if (changed.length > 0) changed[at % changed.length] = byte;
    return length === null ? changed : changed.subarray(0, length % (changed.length + 1));
  });
};

describe('the registry', () => {
  it('has a module and a name for every source, and each knows itself', () => {
    expect(sourceModules.map(({ source }) => source)).toEqual(sources);
  });

  it.each(sources)('tells %s from all others, surely and in words', async (source) => {
    const file = await readFile(sourceSeeds[source]);
    expect(file).toMatchObject({ source, why: expect.stringMatching(/^I.+\.$/) });
    expect(file.confidence).toBeGreaterThanOrEqual(0.75);
    expect(file.confidence).toBeLessThanOrEqual(1);
    expect(file.readings.some(({ outcome }) => outcome === 'conversation')).toBe(true);
    for (const reading of file.readings) soundness(reading);
  });

  it.each(sources)('makes something sound of spoiled files of %s, or says what is wrong', async (source) => {
    await fc.assert(
      fc.asyncProperty(spoiledFile(sourceSeeds[source]), fc.boolean(), async (bytes, said) => {
        soundness(readRecord(source, bytes, noContext));
        try {
          for (const reading of (await readFile(bytes, said ? source : null)).readings) soundness(reading);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          expect(error.message).not.toBe('');
        }
      }),
      { numRuns: 80 },
    );
  });

  it.each(sources)('is not ended by depth beyond the stack in %s', (source) => {
    for (const levels of [600, 200_000]) {
      soundness(readRecord(source, Buffer.from(deep(levels)), noContext));
      soundness(readRecord(source, Buffer.from(`{"messages":${deep(levels)}}`), noContext));
    }
  });

  it.each(sources)('reads a file of %s the same way every time', async (source) => {
    expect(await readFile(sourceSeeds[source])).toEqual(await readFile(sourceSeeds[source]));
  });
});
