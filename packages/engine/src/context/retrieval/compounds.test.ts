import { describe, expect, it } from 'vitest';
import { type FilledConversation, fillSpace } from '../../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { writtenAsOne, writtenAsTwo } from './compounds.ts';
import { findByWords } from './keyword.ts';
import { parseQuestion } from './query.ts';

const said = [
  'We planned a road trip along the coast.',
  'My roadtrip notes are in the blue folder.',
  'De-stress with a walk after work.',
  'The setup of the telescope took an hour.',
  'I set up the tent alone.',
  'The roof cost us $1,200 in all.',
  'A deposit of 1200 euros is due.',
  'I was not able to reach the harbour.',
  'Die Steuer-Erklärung liegt im Ordner.',
];

function asked() {
  const { alice, bob } = twoSpaces();
  const conversations = said.map((text, i): FilledConversation => ({ externalId: `c${i}`, messages: [{ text }] }));
  fillSpace(alice, conversations);
  alice.write((w) => w.words.index(said.map((_, i) => i + 1)));
  return (question: string) => {
    const { terms } = parseQuestion(question);
    const found = (space: typeof alice) => space.read((r) => findByWords(r.words, terms, 100).hits);
    expect(found(bob)).toEqual([]);
    return found(alice)
      .map(({ messagePk }) => messagePk - 1)
      .sort((a, b) => a - b);
  };
}

describe('one thing written as one word or as two', () => {
  it.each([
    ['Where was the roadtrip?', [0, 1]],
    ['Which road trip?', [0, 1]],
    ['How do I destress?', [2]],
    ['the setup', [3, 4]],
    ['What did I set up?', [3, 4]],
    ['What was 1,200?', [5, 6]],
    ['What was 1200?', [5, 6]],
    ['Wo ist die Steuererklärung?', [8]],
  ])('is found either way: %s', (question, places) => {
    expect(asked()(question)).toEqual(places);
  });

  it('is not taken from words that only stand beside each other in a sentence', () => {
    expect(asked()('What is notable?')).toEqual([]);
    expect(writtenAsOne(['the', 'road', 'trip'], 1)).toEqual(['"roadtrip"']);
    expect(writtenAsOne(['room', '1'], 0)).toEqual([]);
  });

  it('is looked for in words of any length without growing beyond them', () => {
    expect(writtenAsTwo('a'.repeat(10_000))).toEqual([]);
    expect(writtenAsOne([], 0)).toEqual([]);
    expect(writtenAsTwo('übermorgen')).toContain('"uber morgen"');
  });
});
