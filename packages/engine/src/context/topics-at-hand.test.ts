import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../test/kit/spaces.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Candidate } from './candidate.ts';
import { topicsAtHand } from './topics-at-hand.ts';

const vase = ['I decided on cobalt for the vase.', 'We decided that cobalt stays.', 'Then I decided: cobalt.'];
const loaf = ['I decided to fold the bread.', 'My bread rests for a night.', 'The bread is done.'];

function filled(space: UserSpace): void {
  fillSpace(space, [
    { externalId: 'vase', messages: vase.map((text) => ({ text, units: [{ text, topics: ['cobalt'] }] })) },
    { externalId: 'loaf', messages: loaf.map((text) => ({ text, units: [{ text, topics: ['sourdough'] }] })) },
  ]);
}
/** What retrieval would find, in this order. */
const candidates = (space: UserSpace, arm: 'words' | 'meaning' = 'words'): Candidate[] =>
  space
    .read((r) => r.acus.byPks([1, 2, 3, 4, 5, 6]))
    .map((unit) => ({ ...unit, score: 1, reasons: [{ arm, score: 1, detail: '' }] }));
const at = (space: UserSpace, message: string, found: readonly Candidate[]) =>
  space.read((r) => topicsAtHand(r, { query: message }, [], found, null, 3)).map(({ name }) => name);

describe('topics at hand', () => {
  it('are those that say something telling the message says, not those that share a common word', () => {
    const { alice, bob } = twoSpaces();
    filled(alice);
    expect(at(alice, 'What did I decide about my bread?', candidates(alice))).toEqual(['sourdough']);
    expect(at(alice, 'What did I decide?', candidates(alice))).toEqual([]);
    expect(at(bob, 'What did I decide about my bread?', candidates(bob))).toEqual([]);
  });

  it('may be close in meaning alone', () => {
    const { alice, bob } = twoSpaces();
    filled(alice);
    expect(at(alice, 'How is the loaf?', candidates(alice, 'meaning')).sort()).toEqual(['cobalt', 'sourdough']);
    expect(at(bob, 'How is the loaf?', candidates(bob, 'meaning'))).toEqual([]);
  });
});
