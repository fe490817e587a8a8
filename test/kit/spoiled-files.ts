/** Files of every source, spoiled: in their values where they are JSON, in their bytes, and cut off. */
import fc from 'fast-check';

/** A deep value as text: what builds it here must not be what breaks. */
export const deep = (levels: number) => `${'{"a":['.repeat(levels)}${']}'.repeat(levels)}`;
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
export const spoiledFile = (seed: Buffer): fc.Arbitrary<Buffer> => {
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
