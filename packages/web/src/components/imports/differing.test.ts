/** Both texts stay whole, and what is marked is cut at words. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differing } from './differing.ts';

it('marks whole words', () => {
  expect(differing('We meet on Monday at nine.', 'We meet on Sunday at nine.')).toEqual([
    { before: 'We meet on ', own: 'Monday', after: ' at nine.' },
    { before: 'We meet on ', own: 'Sunday', after: ' at nine.' },
  ]);
  expect(differing('Yes', 'Yes, please')[1]).toEqual({ before: 'Yes', own: ', please', after: '' });
});

it('loses nothing of either', () => {
  const text = fc.array(fc.constantFrom('a', 'b', ' ', 'é', '.'), { maxLength: 12 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [a, b] = differing(one, other);
      expect(a.before + a.own + a.after).toBe(one);
      expect(b.before + b.own + b.after).toBe(other);
      expect([a.before, a.after]).toEqual([b.before, b.after]);
    }),
  );
});
