/** What nobody writes by hand and everybody pastes: it is cut in a time that grows with its length, and no unit is torn. */
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import { describe, expect, it } from 'vitest';
import { conversationUnits } from './conversation-units.ts';
import { segmentMessage } from './segment.ts';

const cut = (text: string, authorKind: 'human' | 'model' = 'human') =>
  segmentMessage(
    {
      id: 'm' as MessageId,
      conversationId: 'c' as ConversationId,
      role: 'user',
      authorKind,
      parts: [{ ix: 0, kind: 'text', text, language: null }],
    },
    null,
  );

const megabytes = 5_000_000;
const filled = (piece: string, length = megabytes): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** Each would take minutes, or never end, where some step looks at all that came before. */
const hard: readonly (readonly [string, string])[] = [
  ['prose of 5 MB', filled('The ferry leaves at nine, and comes back when the wind allows it. ')],
  ['5 MB of lines', filled('The ferry leaves at nine.\n\n- one\n- two\n\n')],
  ['one line of 5 MB without a space', filled('x')],
  ['5 MB of Chinese without an end', filled('我昨天在东京丢了护照')],
  ['5 MB of Thai', filled('ฉันจะไปกรุงเทพมหานครพรุ่งนี้')],
  ['lists in lists', Array.from({ length: 3_000 }, (_, i) => `${'  '.repeat(i % 400)}- item ${i}`).join('\n')],
  ['quotes in quotes', Array.from({ length: 2_000 }, (_, i) => `${'> '.repeat(i % 500)}said ${i}`).join('\n')],
  ['fences that never close', filled('```\ncode\n~~~~\n', 400_000)],
  ['formulas that never close', filled('\\[ a $$ b \\[ ', 1_000_000)],
  ['brackets and stars', filled('[*_`~<', 1_000_000)],
  ['combining marks', `a${'\u0301\u0323'.repeat(500_000)}`],
  ['zero-width characters', filled('a\u200b\u200d\u2060', 1_000_000)],
  ['right to left with marks of direction', filled('\u202eשלום עולם. \u200fمرحبا بالعالم؟ ', 1_000_000)],
  ['a pasted table of values', filled('1,Ada Lovelace,"London, W1",1815-12-10\n', 2_000_000)],
  ['HTML', filled('<div><p>one</p>\n<!-- two -->\n', 1_000_000)],
];

describe('hard inputs', () => {
  it.each(hard)('%s', (_, text) => {
    for (const author of ['human', 'model'] as const) {
      const units = cut(text, author);
      expect(units.length).toBeGreaterThan(0);
      let end = 0;
      for (const unit of units) {
        expect(unit.start >= end && unit.end > unit.start).toBe(true);
        end = unit.end;
      }
      expect(new Set(units.map(({ id }) => id)).size).toBe(units.length);
      // Whole characters only, at either end.
      const torn = units.filter(
        ({ start, end: to }) =>
          /^[\udc00-\udfff]/.test(text.charAt(start)) || /[\ud800-\udbff]$/.test(text.charAt(to - 1)),
      );
      expect(torn).toEqual([]);
    }
  });

  it('a conversation of 20,000 messages', () => {
    const messages = Array.from({ length: 20_000 }, (_, ix) => ({
      id: `m${ix}` as MessageId,
      parentIx: ix === 0 ? null : ix - 1,
      role: 'user',
      authorKind: ix % 2 === 0 ? 'human' : 'model',
      onActivePath: true,
      hidden: false,
      parts: [{ kind: 'text', text: `What is number ${ix}? I live in Oslo and count.` }],
    })) as never;
    expect(conversationUnits({ id: 'c' as ConversationId, messages }).size).toBe(20_000);
  });
});
