/** Names answer to the beginnings of their words. */
import { describe, expect, it } from 'vitest';
import { distance, matches } from './palette-match.ts';

describe('names in the palette', () => {
  it.each([
    ['Conversations', 'conv', true],
    ['People & things', 'thi peo', true],
    ['Émilie du Châtelet', 'emi cha', true],
    ['Colours: Dark', 'dark', true],
    ['Conversations', 'vers', false],
    ['Topics', 'topics x', false],
    ['Anything', '', true],
  ])('%s, asked for by %j', (name, typed, found) => {
    expect(matches(name, typed)).toBe(found);
  });

  it.each([
    ['Ana', 'ana', 0],
    ['Anaïs Nin', 'anais', 1],
    ['Santa Ana', 'ana', 2],
    ['Nin, Anaïs', 'ana nin', 2],
    ['Bananas', 'ana', 3],
  ])('%s stands so far from %j', (name, typed, far) => {
    expect(distance(name, typed)).toBe(far);
  });
});
