import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { chooseTerms, findByWords } from './keyword.ts';
import { parseQuestion } from './query.ts';
import { tuning } from './tuning.ts';

describe('the terms that are read', () => {
  it('are the rarest, within the budget, and always a few', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ frequency: fc.nat(2 * tuning.places) })), (terms) => {
        const chosen = chooseTerms(terms);
        const standing = terms.filter(({ frequency }) => frequency > 0);
        expect(chosen.length).toBeGreaterThanOrEqual(Math.min(tuning.leastTerms, standing.length));
        expect(chosen.map((term) => term.frequency)).toEqual(
          chosen.map((term) => term.frequency).sort((a, b) => a - b),
        );
        const beyond = chosen.slice(tuning.leastTerms).reduce((sum, term) => sum + term.frequency, 0);
        expect(beyond).toBeLessThanOrEqual(tuning.places);
        expect(chosen.every(({ frequency }) => frequency > 0)).toBe(true);
      }),
    );
  });
});

describe('the word arm', () => {
  const finds = (space: UserSpace, question: string) =>
    space.read((r) => findByWords(r.words, parseQuestion(question).terms, tuning.pool));

  it('takes a word that nothing holds for one that is spelt nearly so, and only for one of its own space', () => {
    const { alice, bob } = twoSpaces();
    fillSpace(alice, [
      { externalId: 'a', messages: [{ text: 'The passport is in the drawer.' }, { text: 'Marta has the keys.' }] },
    ]);
    fillSpace(bob, [{ externalId: 'b', messages: [{ text: 'Passing the port.' }] }]);
    for (const space of [alice, bob]) space.write((w) => w.words.index([1]));
    const told = (space: UserSpace, question: string) => {
      const { hits, nowhere, spelt } = finds(space, question);
      return { found: hits.filter(({ own }) => own > 0).map(({ messagePk }) => messagePk), nowhere, spelt };
    };
    const slip = { nowhere: ['passprot'], spelt: [{ word: 'passprot', as: ['passport'] }] };
    expect(told(alice, 'passprot drawer')).toEqual({ found: [1], ...slip });
    expect(told(alice, 'passport')).toEqual({ found: [1], nowhere: [], spelt: [] });
    // Another name is no slip of this one, and a short word of none.
    expect(told(alice, 'Maria kyes')).toEqual({ found: [], nowhere: ['maria', 'kyes'], spelt: [] });
    expect(told(bob, 'passprot drawer')).toEqual({ found: [], nowhere: ['passprot', 'drawer'], spelt: [] });
    const long = Array.from({ length: 20 }, (_, i) => `unheard${String.fromCharCode(97 + i)}`).join(' ');
    expect(finds(alice, `${long} passprot`).spelt).toEqual([]);
  });

  it('scores what says it above what stands beside it, and only in its own space', () => {
    const { alice, bob } = twoSpaces();
    fillSpace(alice, [{ externalId: 'a', messages: [{ text: 'I moved to Lisbon.' }, { text: 'When was that?' }] }]);
    alice.write((w) => w.words.index([1]));
    const { hits, terms } = finds(alice, 'Lisbon move');
    expect(terms.toSorted()).toEqual(['lisbon', 'move']);
    expect(hits.map((hit) => [hit.messagePk, hit.own > 0, hit.beside > 0])).toEqual([
      [1, true, false],
      [2, false, true],
    ]);
    expect(finds(bob, 'Lisbon move').hits).toEqual([]);
  });

  it('lets a quoted phrase prefer the message that has the words together', () => {
    const { alice } = twoSpaces();
    const texts = ['Green leaves in my tea cup', 'A pot of green tea', 'Nothing at all', 'Nor here'];
    fillSpace(
      alice,
      texts.map((text, i) => ({ externalId: `c${i}`, messages: [{ text }] })),
    );
    alice.write((w) => w.words.index([1, 2, 3, 4]));
    const scores = new Map(finds(alice, 'who has "green tea"?').hits.map((hit) => [hit.messagePk, hit.own]));
    expect(scores.get(2)).toBeGreaterThan((scores.get(1) ?? 0) * 1.2);
  });
});
