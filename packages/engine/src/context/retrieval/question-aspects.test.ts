import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aspectsOf } from './question-aspects.ts';

describe('the parts of a question', () => {
  it('are the things it is about', () => {
    expect(
      aspectsOf(
        'Considering my letter deadlines, the call with the director, and my interview results, what comes first?',
      ),
    ).toEqual([
      'Considering my letter deadlines',
      'the call with the director',
      'my interview results',
      'what comes first',
    ]);
  });

  it('are none where it is about one thing, or short', () => {
    expect(aspectsOf('salt and pepper, bread and butter')).toEqual([]);
    expect(
      aspectsOf('What did the neighbour from the second floor say to me about the broken heating last week?'),
    ).toEqual([]);
  });

  it('stand in it, few and short, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 4_000, unit: 'binary' }), (text) => {
        const parts = aspectsOf(text);
        expect(parts.length).toBeLessThanOrEqual(6);
        for (const part of parts) {
          expect(text).toContain(part);
          expect(part.length).toBeLessThanOrEqual(300);
        }
      }),
    );
  });
});
