import { acuTypes } from '@vivim/contract/acu';
import type { AuthorKind, PartKind } from '@vivim/contract/conversation';
import { AcuId, type ConversationId, type MessageId } from '@vivim/contract/ids';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../../test/kit/property-runs.ts';
import { type AcuDraft, type SegmentableMessage, segmentMessage } from './segment.ts';

const message = (
  text: string,
  authorKind: AuthorKind = 'model',
  kind: PartKind = 'text',
  id = 'm1',
): SegmentableMessage => ({
  id: id as MessageId,
  conversationId: 'c1' as ConversationId,
  role: authorKind === 'human' ? 'user' : 'assistant',
  authorKind,
  parts: [{ ix: 0, kind, text, language: null }],
});
const units = (text: string, authorKind: AuthorKind = 'model', kind: PartKind = 'text') =>
  segmentMessage(message(text, authorKind, kind), null);
const texts = (text: string, authorKind: AuthorKind = 'model') =>
  units(text, authorKind).map((unit) => text.slice(unit.start, unit.end));
const typesOf = (text: string, authorKind: AuthorKind = 'human') => units(text, authorKind).map((unit) => unit.type);

/** Texts with much structure: every line a piece of Markdown, in any order, with any line end. */
const markdown = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        '# ',
        '## ',
        '- ',
        '  - ',
        '1. ',
        '> ',
        '```',
        '```ts',
        '~~~',
        '| a | b |',
        '|---|---|',
        '---',
        '',
        '    ',
        '\t',
        '<div>',
        '**Bold:**',
        '$$',
      ),
      fc.oneof(fc.lorem({ maxCount: 30 }), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.constant('')),
      fc.constantFrom('\n', '\n\n', '\r\n', '\r\n\r\n', '\r', ' \n \n'),
    ),
    { maxLength: 40 },
  )
  .map((lines) => lines.map((line) => line.join('')).join(''));
const anything = fc.oneof(
  markdown,
  fc.string({ unit: 'binary', maxLength: 3000 }),
  fc.lorem({ mode: 'sentences', maxCount: 60 }),
);
const author = fc.constantFrom<AuthorKind>('human', 'model');

function check(text: string, found: readonly AcuDraft[]): void {
  let end = 0;
  for (const [i, unit] of found.entries()) {
    expect(unit.ordinal).toBe(i);
    expect(unit.start).toBeGreaterThanOrEqual(end);
    expect(unit.end).toBeGreaterThan(unit.start);
    end = unit.end;
    const slice = text.slice(unit.start, unit.end);
    expect(slice.trim()).not.toBe('');
    expect(slice.isWellFormed()).toBe(text.isWellFormed() || slice.isWellFormed());
    expect(AcuId.safeParse(unit.id).success).toBe(true);
    expect(acuTypes).toContain(unit.type);
    expect(unit.quality).toBeGreaterThanOrEqual(0);
    expect(unit.quality).toBeLessThanOrEqual(1);
    expect(unit.textKey).toMatch(/^[0-9a-f]{16}$/);
  }
  expect(end).toBeLessThanOrEqual(text.length);
  expect(new Set(found.map((unit) => unit.id)).size).toBe(found.length);
}

describe('segmenting any text', () => {
  it('gives ordered, separate, exact slices, dense ordinals and sound fields', () => {
    fc.assert(
      fc.property(anything, author, (text, by) => check(text, units(text, by))),
      { numRuns: runs(400) },
    );
  });

  it('gives the same units for the same message', () => {
    fc.assert(
      fc.property(anything, author, (text, by) => {
        expect(units(text, by)).toEqual(units(text, by));
      }),
    );
  });

  it('covers every character of prose', () => {
    const prose = fc.array(fc.lorem({ mode: 'sentences', maxCount: 12 }), { minLength: 1, maxLength: 12 });
    const gap = fc.constantFrom('\n\n', '\r\n\r\n', '\n', ' ');
    fc.assert(
      fc.property(prose, gap, author, (paragraphs, between, by) => {
        const text = paragraphs.join(between);
        expect(texts(text, by).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });

  it('covers every character of structured text but the lines that only separate', () => {
    fc.assert(
      fc.property(markdown, author, (text, by) => {
        let left = text;
        for (const unit of [...units(text, by)].reverse()) left = left.slice(0, unit.start) + left.slice(unit.end);
        expect(
          left
            .replace(/^(?:[ \t]*[-*_>]){1,}[ \t]*$/gm, '')
            .replace(/[\s\ufeff]/g, '')
            .replace(/[-*_>]/g, ''),
        ).toBe('');
      }),
      { numRuns: runs(400) },
    );
  });

  it('never cuts a surrogate pair', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('😀', '𠀀', '漢', 'あ', '，', 'a', ' ', '👨‍👩‍👧'),
          minLength: 500,
          maxLength: 4000,
        }),
        author,
        (text, by) => {
          for (const slice of texts(text, by)) expect(slice.isWellFormed()).toBe(true);
        },
      ),
      { numRuns: runs(50) },
    );
  });

  it('never cuts a word, however long', () => {
    const word = 'x'.repeat(50_000);
    const slices = texts(`Look at ${word} and say what it is.`);
    expect(slices.some((slice) => slice.includes(word))).toBe(true);
  });

  it('gives other messages, conversations and types other ids', () => {
    const one = segmentMessage(message('The same text stands here twice, word for word.', 'model', 'text', 'm1'), null);
    const two = segmentMessage(message('The same text stands here twice, word for word.', 'model', 'text', 'm2'), null);
    expect(one[0]?.id).not.toBe(two[0]?.id);
    expect(one[0]?.textKey).toBe(two[0]?.textKey);
  });
});

describe('structure', () => {
  const answer = [
    '# Sorting',
    '',
    'There are many ways to sort a list in Python, and most of them are built in.',
    '',
    'Here is the shortest of them:',
    '',
    '```py',
    'a = sorted(b)',
    '',
    'print(a)',
    '```',
    '',
    'You will need:',
    '',
    '- a list',
    '- patience',
    '',
    '| method | speed |',
    '|---|---|',
    '| sorted | fast |',
    '',
    '> Premature optimisation is the root of all evil.',
  ];

  it.each(['\n', '\r\n', '\r'])('keeps blocks whole with line ends %j', (end) => {
    const text = answer.join(end);
    const found = units(text);
    expect(found.map((unit) => unit.type)).toEqual(['statement', 'code', 'list', 'table', 'reference']);
    const slices = found.map((unit) => text.slice(unit.start, unit.end));
    expect(slices[0]?.startsWith('# Sorting')).toBe(true);
    expect(slices[0]?.endsWith('shortest of them:')).toBe(true);
    expect(slices[1]).toBe(['```py', 'a = sorted(b)', '', 'print(a)', '```'].join(end));
    expect(slices[2]?.startsWith('You will need:')).toBe(true);
    expect(found[1]?.language).toBe('python');
    expect(found[0]?.links).toContainEqual({ type: 'explains', to: found[1]?.id, weight: 1 });
    expect(found[2]?.links).toEqual([{ type: 'next', to: found[3]?.id, weight: 1 }]);
  });

  it('splits a long list at its items and a long table at its rows', () => {
    const items = Array.from({ length: 60 }, (_, i) => `- item ${i} is here for a reason that takes some words`);
    const list = texts(items.join('\n'));
    expect(list.length).toBeGreaterThan(3);
    expect(list.every((slice) => slice.startsWith('- item') && slice.length <= 600)).toBe(true);
    const rows = Array.from({ length: 80 }, (_, i) => `| row ${i} | a cell with some words |`);
    const table = texts(['| a | b |', '|---|---|', ...rows].join('\n'));
    expect(table.length).toBeGreaterThan(2);
    expect(table.every((slice) => slice.startsWith('|') && slice.endsWith('|'))).toBe(true);
  });

  it('keeps code whole up to its limit, and cuts at lines beyond it', () => {
    const code = (lines: number) => `\`\`\`js\n${'const a = call(b);\n'.repeat(lines)}\`\`\``;
    expect(texts(code(300))).toHaveLength(1);
    const cut = texts(code(1000));
    expect(cut.length).toBeGreaterThan(2);
    expect(cut.slice(1, -1).every((slice) => slice.startsWith('const') && slice.endsWith(';'))).toBe(true);
  });

  it('does not let a heading stand alone', () => {
    expect(texts('Some words that stand before it all.\n\n## The end')).toHaveLength(1);
    expect(texts('## Only this')).toEqual(['## Only this']);
    expect(texts('## A\n\n### B\n\nWords that follow the two headings.')).toHaveLength(1);
  });

  it('makes units of code parts and reasoning parts, and none of tools', () => {
    expect(units('print(1)', 'model', 'code').map((unit) => unit.type)).toEqual(['code']);
    expect(units('First I will think about this for a while.', 'model', 'reasoning').map((u) => u.type)).toEqual([
      'reasoning',
    ]);
    expect(units('{"a":1}', 'model', 'tool_call')).toEqual([]);
    expect(units('found 3 files', 'tool')).toEqual([]);
    expect(units('', 'human')).toEqual([]);
    expect(units(' \n\t ', 'human')).toEqual([]);
  });
});

describe('types', () => {
  it.each([
    ['Always answer in French, please.', 'instruction'],
    ['From now on use metric units.', 'instruction'],
    ['Always include error handling when I ask about Python code.', 'instruction'],
    ['I prefer tea to coffee in the morning.', 'preference'],
    ['My favourite colour is green.', 'preference'],
    ["I'm allergic to peanuts and shellfish.", 'personal_fact'],
    ['My wife Emma works at a hospital.', 'personal_fact'],
    ['I live in Lisbon with two cats.', 'personal_fact'],
    ['We decided to go with PostgreSQL for the new service.', 'decision'],
    ['How do I bake sourdough bread?', 'question'],
    ['write a poem about the sea', 'question'],
    ['Can you check this for me', 'question'],
    ['今日の天気はどうですか？', 'question'],
    ['The server answers slowly since Tuesday.', 'statement'],
    ['https://example.org/a', 'reference'],
  ])('%s is %s', (text, type) => expect(typesOf(text)).toEqual([type]));

  it('keeps a fact apart from the question beside it', () => {
    expect(typesOf("I'm allergic to peanuts and shellfish. Can you suggest a dinner for tonight?")).toEqual([
      'personal_fact',
      'question',
    ]);
  });

  it('calls what follows a question its answer, and links it', () => {
    const ask = message('I have a garden. What should I plant in the shade of a wall?', 'human', 'text', 'm1');
    const asked = segmentMessage(ask, null);
    const said = segmentMessage(
      message('Ferns and hostas do well in the shade.\n\nWater them often in summer.', 'model', 'text', 'm2'),
      { authorKind: 'human', units: asked },
    );
    expect(said[0]?.type).toBe('answer');
    expect(said[0]?.links).toContainEqual({ type: 'answers', to: asked.at(-1)?.id, weight: 1 });
    expect(said.filter((unit) => unit.links.some((link) => link.type === 'answers'))).toHaveLength(1);
  });
});

describe('languages', () => {
  it.each([
    ['This is the first of the things that you have to know.', 'en'],
    ['Das ist nicht die Antwort, die ich für dich habe.', 'de'],
    ['私は東京に住んでいます。', 'ja'],
    ['我住在北京，我很喜欢这里。', 'zh'],
    ['나는 서울에 살고 있습니다.', 'ko'],
    ['أنا أعيش في القاهرة', 'ar'],
    ['मैं दिल्ली में रहता हूँ।', 'hi'],
    ['Я живу в Москве.', 'ru'],
    ['xyzzy plugh', null],
  ])('%s is %s', (text, language) => expect(units(text, 'human')[0]?.language).toBe(language));

  it('splits sentences without spaces between them', () => {
    const text = `${'私は東京に住んでいます。犬が二匹います。'.repeat(60)}`;
    const slices = texts(text, 'human');
    expect(slices.length).toBeGreaterThan(2);
    expect(slices.every((slice) => slice.endsWith('。'))).toBe(true);
  });
});

describe('a very long message', () => {
  const line = (size: number, text: string) => text.repeat(Math.ceil(size / text.length));
  const inTime = { timeout: 60_000 };

  it.each([
    ['one word', 'x'],
    ['sentences', 'This is a sentence. '],
    ['ideographs', '漢字仮名交じり文'],
    ['nested lists', '- - - x\n'],
  ])('of five million characters of %s comes to an end', inTime, (_, text) => {
    expect(units(line(5_000_000, text), 'human').length).toBeGreaterThan(0);
  });

  // Each would take minutes where a rule looks at the rest of the text from every place in it.
  it.each([
    ['prose without an end', 'word and word '],
    ['full stops', '.'],
    ['carriage returns', 'a\r'],
    ['quotes', '>'],
    ['nested quotes', '> > > x\n'],
    ['indents', '  - a\n    - b\n'],
    ['pipes', 'a|'],
    ['rows', '|x|\n|-|\n'],
    ['fences', '```\n'],
    ['html', '<div>\n'],
    ['brackets', '['],
    ['stars', '*'],
    ['backslashes', '\\\n'],
    ['headings', '# a\n'],
    ['spaces', 'a     '],
    ['combining marks', '\u0301'],
    ['greetings', 'ok '],
  ])('of %s alone takes time in proportion', inTime, (_, text) => {
    const long = line(250_000, text);
    check(long, units(long, 'human'));
  });
});
