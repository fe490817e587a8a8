/** Statements are slices of the text they were read from, in order, and nothing that bears words is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statementsIn } from './statements.ts';

const textsOf = (text: string) => statementsIn(text).map((statement) => statement.text);

describe('statements', () => {
  it('are list items, lines after a blank one, and no titles', () => {
    expect(
      textsOf(
        '**Work context**\n\nTeaches physics\nin Leeds.\n\n- Prefers metric.\n- Has two cats.\n\n## Brief\n\n1. Plays chess.',
      ),
    ).toEqual(['Teaches physics\nin Leeds.', 'Prefers metric.', 'Has two cats.', 'Plays chess.']);
  });

  it('are the sentences of a long paragraph, several together', () => {
    const sentence = 'She keeps bees on the roof of the school and sells honey in the market. ';
    const found = textsOf(sentence.repeat(40));
    expect(found.length).toBeGreaterThan(3);
    for (const text of found) expect(text.length).toBeLessThanOrEqual(480);
    expect(found.join(' ')).toBe(sentence.repeat(40).trim());
  });

  it('name their place for any text, end where they begin to repeat, and keep every word', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc
        .array(fc.constantFrom('- a b', '', '**T**', '1. x', 'words here', '😀 ok', '日本語。次。', '\r'), {
          maxLength: 30,
        })
        .map((lines) => lines.join('\n')),
      fc.string({ unit: 'grapheme', minLength: 4_100, maxLength: 9_000 }),
    );
    fc.assert(
      fc.property(text, (raw) => {
        const whole = raw.toWellFormed();
        let at = 0;
        for (const { text: said, start, end } of statementsIn(whole)) {
          expect(whole.slice(start, end)).toBe(said);
          expect(start).toBeGreaterThanOrEqual(at);
          expect(said.length).toBeLessThanOrEqual(4_000);
          expect(said).toBe(said.trim());
          at = end;
        }
      }),
    );
  });
});
