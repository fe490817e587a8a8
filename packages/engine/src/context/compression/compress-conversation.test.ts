/**
 * A conversation in fewer words: every line a span of the message it cites, nothing twice, any budget kept, what was decided, asked
 * and coded before what was merely said. Whatever the words are.
 */

import type { AcuType } from '@vivim/contract/acu';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../../../test/kit/property-runs.ts';
import { candidate } from '../../../../../test/kit/quotes.ts';
import { symbolsOf } from '../../space/words/code-symbols.ts';
import { conversationLayer } from '../layers/conversation.ts';
import { Packing } from '../packing.ts';
import { citationOf, type Quote } from '../quote.ts';
import { markdown } from '../render/markdown.ts';
import type { Tokenizer } from '../tokens/tokenizer.ts';
import { compressConversation, rankLines } from './compress-conversation.ts';

interface Said {
  readonly text: string;
  readonly pk: number;
  readonly authorKind: 'human' | 'model';
  readonly type: AcuType;
}
const quoteOf = ({ text: words, pk, authorKind, type }: Said): Quote =>
  candidate({ text: words, type, role: authorKind === 'human' ? 'user' : 'assistant' }, pk);

const tokenizer: Tokenizer = { name: 'letters', count: (text) => Math.ceil(text.length / 4) };

const sentence = fc.constantFrom(
  "Let's go with Postgres for the ledger.",
  'We still need to find out who pays Tomasz.',
  'Which port does the Gateway use?',
  'The weather in Porto was lovely.',
  'I am allergic to walnuts.',
  'Wir nehmen den Zug um neun.',
  '我们决定用 SQLite。',
  'ok',
  '',
);
const code = fc.constantFrom(
  'Like so:\n```ts\nexport function openLedger(path: string) {\n  return new Ledger(path);\n}\n```',
  '```sql\nCREATE TABLE entry (id INTEGER, amount INTEGER, at TEXT, told TEXT, who TEXT);\nCREATE INDEX entry_at ON entry(at);\nINSERT INTO entry VALUES (1, 2, 3, 4, 5);\nINSERT INTO entry VALUES (1, 2, 3, 4, 5);\n```',
  '```\n```',
  '```py\ndef a(): pass',
);
const text = fc.oneof(
  fc.array(sentence, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(' ')),
  code,
  fc.string({ unit: 'binary', maxLength: 200 }),
);
const unit = fc.record({ text, human: fc.boolean(), isCode: fc.boolean() });
const talk = fc
  .array(unit, { minLength: 1, maxLength: 30 })
  .map((units) =>
    units.map(
      ({ text: words, human, isCode }, i): Quote =>
        quoteOf({ text: words, pk: i + 1, authorKind: human ? 'human' : 'model', type: isCode ? 'code' : 'statement' }),
    ),
  );

describe('a compressed conversation', () => {
  it('holds spans of its messages alone, each once, and cites the very words', () => {
    fc.assert(
      fc.property(talk, (units) => {
        const seen = new Set<string>();
        for (const { quote } of compressConversation(units)) {
          const unitOf = units.find(({ acu }) => acu.id === quote.acu.id);
          const { start, end, text: told } = quote.acu;
          expect(unitOf?.acu.text.slice(start - unitOf.acu.start, end - unitOf.acu.start)).toBe(told);
          const citation = citationOf('1', 'L4', quote);
          expect(citation).toMatchObject({
            acuId: quote.acu.id,
            start,
            end,
            quoted: told,
            message: { id: unitOf?.message.id },
          });
          expect(seen.has(`${quote.acu.id} ${start}`)).toBe(false);
          seen.add(`${quote.acu.id} ${start}`);
        }
      }),
      { numRuns: runs(400) },
    );
  });

  it('is the same every time, and keeps what each line is when it is ranked again', () => {
    fc.assert(
      fc.property(talk, (units) => {
        const lines = compressConversation(units);
        expect(compressConversation(units)).toEqual(lines);
        const kinds = new Map(lines.map(({ quote, kind }) => [`${quote.acu.id} ${quote.acu.start}`, kind]));
        for (const { quote, kind } of rankLines(lines.map((line) => line.quote)))
          expect(kind).toBe(kinds.get(`${quote.acu.id} ${quote.acu.start}`));
      }),
      { numRuns: runs(100) },
    );
  });

  it('fits any budget', () => {
    fc.assert(
      fc.property(talk, fc.integer({ min: 0, max: 1_500 }), (units, room) => {
        const layer = conversationLayer('T', units.length, compressConversation(units));
        expect(new Packing(markdown, tokenizer, 12_000).fill(layer, room).used).toBeLessThanOrEqual(room);
      }),
      { numRuns: runs(200) },
    );
  });

  it('tells what was decided, is open and was coded before what was merely said as often', () => {
    const said = (i: number, words: string, human = true): Quote =>
      quoteOf({ text: words, pk: i, authorKind: human ? 'human' : 'model', type: 'statement' });
    const small = (i: number) =>
      said(i, `The number ${i} bus was late again and the rain came down on the market square.`);
    const units = [
      said(1, 'I want to plan the bakery.'),
      ...Array.from({ length: 20 }, (_, i) => small(i + 2)),
      said(30, "We'll buy the oven from Miele in March."),
      said(31, 'Where the flour comes from is still open.'),
      quoteOf({ text: '```py\ndef bake_bread(flour):\n    pass\n```', pk: 32, authorKind: 'model', type: 'code' }),
      ...Array.from({ length: 20 }, (_, i) => small(i + 40)),
    ];
    const kinds = compressConversation(units).map(({ kind }) => kind);
    expect(new Set(kinds.slice(0, 4))).toEqual(new Set(['decided', 'open', 'code', 'said']));
  });

  it('takes a question for answered that something decided later answers', () => {
    const ask = quoteOf({
      text: 'Which database shall hold the ledger?',
      pk: 1,
      authorKind: 'human',
      type: 'question',
    });
    const answer = quoteOf({
      text: "Let's go with Postgres as the database of the ledger.",
      pk: 2,
      authorKind: 'human',
      type: 'statement',
    });
    const kindOf = (units: Quote[]) =>
      compressConversation(units).find(({ quote }) => quote.acu.id === ask.acu.id)?.kind;
    expect(kindOf([ask])).toBe('open');
    expect(kindOf([ask, answer])).toBe('said');
    expect(kindOf([answer, ask])).toBe('open');
  });

  it('ranks a conversation of 2,000 long messages', () => {
    const units = Array.from({ length: 2_000 }, (_, i) =>
      quoteOf({
        text: `Turn ${i} speaks of Tomasz and file_${i}.ts. `.repeat(8),
        pk: i + 1,
        authorKind: i % 2 === 0 ? 'human' : 'model',
        type: 'statement',
      }),
    );
    expect(compressConversation(units).length).toBeGreaterThan(100);
  });
});

describe('what code defines', () => {
  it.each([
    [
      'ts',
      'export const open = async (path: string) => 1;\nclass Ledger<T> {}\n  if (x) return;\nexport type Id = string;',
      ['open', 'Ledger', 'Id'],
    ],
    [
      'python',
      '@cached\nasync def read_all(path):\n    for x in y: pass\nclass Shop(Base):\nLIMIT_OF = 3',
      ['read_all', 'Shop', 'LIMIT_OF'],
    ],
    ['go', 'func (s *Server) Serve(ctx context.Context) error {\ntype Server struct {', ['Serve', 'Server']],
    ['rust', 'pub(crate) async fn open<T>(x: T) {}\npub struct Ledger {', ['open', 'Ledger']],
    [
      'java',
      'public final class Shop extends Base {\n  private static int countAll(List<String> of) {',
      ['Shop', 'countAll'],
    ],
    [
      'c',
      'static inline int add(int a, int b) {\n#define LIMIT 4\nstruct node {\n  return add(1, 2);',
      ['add', 'LIMIT', 'node'],
    ],
    [
      'sql',
      'create table if not exists shop.receipt (\nCREATE UNIQUE INDEX receipt_at ON receipt(at);',
      ['receipt', 'receipt_at'],
    ],
    ['ruby', 'module Bakery\n  def self.open_at(day)', ['Bakery', 'open_at']],
    ['kotlin', 'data class Point(val x: Int)\nsuspend fun load(id: String): Point {', ['Point', 'load']],
    ['bash', 'deploy() {\nexport TARGET=prod', ['deploy', 'TARGET']],
    ['elixir', 'defmodule Shop do\n  def open(day) do', ['Shop', 'open']],
    [null, 'function open() {}\ndef close():', ['open', 'close']],
  ])('in %s', (language, source, names) => {
    expect(symbolsOf(source, language).map(({ name }) => name)).toEqual(names);
    for (const { start, end } of symbolsOf(source, language))
      expect(source.slice(start, end)).not.toMatch(/^\s|\s$|\n/);
  });

  it('is found in any text without an error', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.constantFrom('ts', 'c', 'sql', 'nonsense', null),
        (source, language) => {
          for (const { name, start, end } of symbolsOf(source, language))
            expect(source.slice(start, end)).toContain(name);
        },
      ),
    );
  });
});
