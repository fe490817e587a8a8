/**
 * A sentence that is kept out stays out whatever later exports say around it: moved, said elsewhere, gone for a while from
 * where it was; and each place it is said says why it is out. Of another person nothing is kept out.
 */
import type { AcuId } from '@vivim/contract/ids';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newCapture } from '../../../../test/kit/capture.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';

const secret = 'The rent of my flat is nine hundred a month.';
const others = [
  'I prefer trains to planes on long journeys.',
  'Does the oven need an hour before the bread goes in?',
  'We decided to paint the kitchen green in spring.',
  'The cat sleeps on the radiator all winter long.',
];

/** What one export says: sentences of each message of two conversations. */
type Said = readonly (readonly (readonly string[])[])[];
const exportOf = (said: Said, nth: number) =>
  JSON.stringify({
    conversations: said.map((messages, c) => ({
      externalId: `c${c}`,
      title: `Talk ${c}`,
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: new Date(Date.UTC(2026, 1, 1 + nth)).toISOString(),
      messages: messages.map((sentences, m) => ({
        externalId: `c${c}m${m}`,
        role: 'user',
        content: sentences.join(' '),
        createdAt: '2026-01-01T00:00:00Z',
      })),
    })),
  });

const units = (space: UserSpace) =>
  space.read((r) => r.acus.byPks(Array.from({ length: 400 }, (_, n) => n + 1))).map(({ acu }) => acu);
const told = (space: UserSpace) => {
  const all = units(space);
  const out = space.read((r) => r.exclusions.unitIds(all.map(({ id }) => id)));
  return all.filter(({ id }) => !out.has(id));
};

const message = fc.shuffledSubarray(others).chain((sentences) =>
  fc.oneof(
    fc.constant(sentences),
    fc.nat({ max: sentences.length }).map((at) => sentences.toSpliced(at, 0, secret)),
  ),
);
const said = fc.array(
  fc.array(
    message.filter(({ length }) => length > 0),
    { minLength: 2, maxLength: 2 },
  ),
  {
    minLength: 2,
    maxLength: 2,
  },
);

it('no later export brings back what is kept out', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 5 }), async (exports) => {
      const { alice, bob } = twoSpaces();
      const [hers, his] = [newCapture(alice), newCapture(bob)];
      const first: Said = [
        [[others[0] ?? '', secret], [others[1] ?? '']],
        [[others[2] ?? ''], [secret]],
      ];
      for (const one of [hers, his]) await one.bring(exportOf(first, 0));
      const [unit] = units(alice).filter(({ text }) => text.includes(secret));
      const made = alice.write((w) => w.exclusions.make({ kind: 'unit', of: unit?.id as AcuId }, 1));
      for (const [nth, one] of exports.entries()) {
        for (const person of [hers, his]) await person.bring(exportOf(one, nth + 1));
        expect(told(alice).filter(({ text }) => text.includes(secret))).toEqual([]);
        expect(told(bob)).toEqual(units(bob));
        for (const { id, text } of units(alice))
          if (text.includes(secret)) expect(alice.read((r) => r.exclusions.over(id))?.id).toBe(made.id);
      }
      alice.close();
      bob.close();
    }),
    { numRuns: 12 },
  );
}, 120_000);
