/** Files of every source spoiled at random: never a crash, never an unsound conversation, no prototype
 * touched, every issue with its place and its reason, nothing of it with anybody else. `npm run soak -- fuzz` goes on for longer. */
import { sources } from '@vivim/contract/conversation';
import { describe, expect, it } from 'vitest';
import { fuzzSource } from '../../../../../test/kit/fuzz.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';

describe('spoiled files', () => {
  it.each(sources)('of %s come in sound, or it is said what is wrong', async (source) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const { alice, bob } = twoSpaces();
    const before = bob.version;
    await fuzzSource(alice, { source, seed, reads: 80, imports: 6 });
    expect(bob.version).toBe(before);
  });
});
