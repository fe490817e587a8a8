/** A directory of thousands of names pasted into one message costs what its length is, and no more of it is held than is bounded. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { entityMentions, type MentionedEntity, type SpokenUnit } from './entity-mentions.ts';

const unit = (acuPk: number, text: string): SpokenUnit => ({
  acuPk,
  messagePk: 1,
  byHuman: true,
  authorName: null,
  text,
});
function mentioned(units: readonly SpokenUnit[]): MentionedEntity[] {
  const work = entityMentions(units);
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}
const letters = (n: number): string => [...String(n)].map((digit) => 'aeioulmnrs'[Number(digit)]).join('');
const directory = (people: number): SpokenUnit[] =>
  Array.from({ length: people / 10 }, (_, at) =>
    unit(
      at,
      Array.from({ length: 10 }, (_, i) => {
        const name = letters(at * 10 + i);
        return `Today I met my friend P${name} Bell, and P${name} called me.`;
      }).join(' '),
    ),
  );

/** Copies of lists and comparisons of beginnings: what grew with the square of the names. */
function counted(work: () => void): number {
  let steps = 0;
  const { startsWith } = String.prototype;
  const iterate = Array.prototype[Symbol.iterator];
  Array.prototype[Symbol.iterator] = function (this: unknown[]) {
    steps += this.length;
    return iterate.call(this);
  } as typeof iterate;
  String.prototype.startsWith = function (...given) {
    steps += 1;
    return startsWith.apply(this, given);
  };
  try {
    work();
  } finally {
    Array.prototype[Symbol.iterator] = iterate;
    String.prototype.startsWith = startsWith;
  }
  return steps;
}

it('twice as many names of one family cost twice as much', () => {
  const [once, twice] = [400, 800].map((people) => counted(() => void mentioned(directory(people))));
  expect(once).toBeGreaterThan(400);
  expect(twice).toBeLessThan(2.5 * (once ?? 0));
});

it('beyond what is held, what stood in one place alone goes, and what stood in several stays', () => {
  const many = directory(24_000);
  const found = mentioned([
    unit(100_001, 'We asked Halldora Sund.'),
    ...many,
    unit(100_002, 'So we saw Halldora Sund.'),
  ]);
  const again = mentioned([
    ...many,
    unit(100_001, 'We asked Halldora Sund.'),
    unit(100_002, 'So we saw Halldora Sund.'),
  ]);
  expect(found.length).toBeLessThan(24_000);
  expect(again.map(({ key }) => key)).toContain('halldora sund');
});

it('a nickname is joined to the one person whose name begins with it, as if each were compared with each', () => {
  const name = fc.constantFrom('Mel', 'Mela', 'Melanie', 'Melissa', 'Tom', 'Tomas', 'Anna', 'Annabel', 'Ann');
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 9 }), (names) => {
      const found = mentioned(
        names.map((one, at) => unit(at, `Then my friend ${one} said hello, and ${one} told me.`)),
      );
      const keys = new Set(found.map(({ key }) => key));
      for (const short of names) {
        const longer = names.filter((one) => one.length > short.length + 1 && one.startsWith(short));
        const isJoined = longer.length === 1;
        if (keys.has(short.toLowerCase()) || isJoined) expect(keys.has(short.toLowerCase())).toBe(!isJoined);
      }
    }),
  );
});
