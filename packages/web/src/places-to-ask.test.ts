import { describe, expect, it } from 'vitest';
import { placesToAsk } from './places-to-ask.ts';

describe('the words that are asked back', () => {
  it('are different places in their order, and others another time', () => {
    const runs = Array.from({ length: 40 }, () => placesToAsk(24, 3));
    for (const places of runs) {
      expect(new Set(places).size).toBe(3);
      expect([...places].sort((a, b) => a - b)).toEqual(places);
      for (const place of places) expect(place >= 1 && place <= 24).toBe(true);
    }
    expect(new Set(runs.map(String)).size).toBeGreaterThan(10);
  });
});
