/** What rests in a browser is bounded by number, size and age, and the newest stay. */
import { describe, expect, it } from 'vitest';
import { boundedAnswers, isKept } from './last-seen-bounds.ts';

const now = '2026-11-26T12:00:00.000Z';
const at = (hoursAgo: number): string => new Date(Date.parse(now) - hoursAgo * 3_600_000).toISOString();

describe('what a browser keeps', () => {
  it('throws out the oldest beyond a number', () => {
    const all = Array.from({ length: 405 }, (_, n) => ({ id: `a${n}`, at: at(n), bytes: 10 }));
    expect(boundedAnswers(all, now)).toEqual(['a400', 'a401', 'a402', 'a403', 'a404']);
  });

  it('throws out what is too much together, and what is a month old', () => {
    const all = [
      { id: 'new', at: at(1), bytes: 20 * 1024 * 1024 },
      { id: 'older', at: at(2), bytes: 5 * 1024 * 1024 },
      { id: 'ancient', at: at(24 * 31), bytes: 1 },
    ];
    expect(boundedAnswers(all, now)).toEqual(['older', 'ancient']);
    expect(boundedAnswers(all.slice(1), now)).toEqual(['ancient']);
  });

  it('names nothing of keys, tokens, secrets, devices or searches', () => {
    for (const word of ['account', 'me', 'settled', 'secrets', 'secret-settings', 'identities', 'search', 'consent'])
      expect(isKept([word])).toBe(false);
  });

  it('keeps lists as their filters have them, and none that was narrowed by words somebody typed', () => {
    for (const word of ['topics', 'entities', 'memories', 'conversations']) {
      expect(isKept([word, 'list', { sort: 'recent' }, 60])).toBe(true);
      expect(isKept([word, 'list', { q: 'divorce', sort: 'recent' }, 60])).toBe(false);
    }
  });

  it('keeps a message, and not what was asked where it was used', () => {
    expect(isKept(['message', 'm1'])).toBe(true);
    expect(isKept(['message', 'm1', 'units'])).toBe(true);
    expect(isKept(['message', 'm1', 'use'])).toBe(false);
  });
});
