import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { parseSearch } from './search-syntax.ts';

const must = (typed: string) => parseSearch(typed).must;
const mustNot = (typed: string) => parseSearch(typed).mustNot;

describe('what a person types into a search', () => {
  it.each([
    ['green tea', 'green tea', null, null],
    ['"green tea" kettle', '"green tea" kettle', '"green tea"', null],
    ['+tea kettle', 'tea kettle', '"tea"', null],
    ['tea -coffee', 'tea', null, '("coffee" OR "coffe")'],
    ['tea NOT "black coffee"', 'tea', null, '"black coffee"'],
    ['tea AND kettle', 'tea kettle', '("tea" AND ("kettle" OR "kettl"))', null],
    ['tea OR mate', 'tea mate', '("tea" OR "mate")', null],
    ['(tea OR mate) AND NOT sugar', 'tea mate', '("tea" OR "mate")', '("sugar")'],
    ['tea OR mate -sugar', 'tea mate', '("tea" OR ("mate" NOT ("sugar")))', null],
    ['self-made and well', 'self-made and well', null, null],
    ['TO BE OR NOT TO BE', 'TO BE OR NOT TO BE', null, null],
    ['Given my kettle (the old one), what about Tea?', 'Given my kettle (the old one), what about Tea?', null, null],
    ['Given my kettle, what about -coffee?', 'given my kettle what about', null, '("coffee" OR "coffe")'],
    ['Who sold me "Green Tea"?', 'Who sold me "Green Tea"?', null, null],
    ['wann habe ich „grünen Tee“ gekauft', 'wann habe ich „grünen Tee“ gekauft', null, null],
    ['Tell me about “green tea”', 'Tell me about “green tea”', null, null],
    ['what is *Green Tea* about', 'what is *Green Tea* about', null, null],
    ['昨日「緑茶」を買いましたか', '昨日「緑茶」を買いましたか', null, null],
    ['"green tea"?', '"green tea"', '"green tea"', null],
    ['who sold +"green tea"?', 'who sold "green tea"', '"green tea"', null],
    ['who sold "green tea" -kettle?', 'who sold "green tea"', '"green tea"', '("kettle" OR "kettl")'],
    ['nginx -t', 'nginx -t', null, null],
    ['ls -la /srv', 'ls -la /srv', null, null],
    ['sh -c "green tea"', 'sh c "green tea"', '"green tea"', null],
    ['tea -mud', 'tea', null, '"mud"'],
    ['in "green tea"\n  raise -kettle', 'in "green tea"\n  raise -kettle', null, null],
    ['?!', '', null, null],
    ['tea AND (kettle', 'tea kettle', '("tea" AND ("kettle" OR "kettl"))', null],
  ])('%s', (typed, text, wanted, refused) => {
    expect(parseSearch(typed)).toEqual({ text, prefixes: [], must: wanted, mustNot: refused, fields: {}, unknown: [] });
  });

  it('is a text as it was written where it demands nothing, however long', () => {
    const long = Array.from({ length: 100 }, (_, i) => `Kettle${i}, tea.`).join(' ');
    expect(parseSearch(long).text).toBe(long);
  });

  it('takes beginnings of words', () => {
    expect(parseSearch('fermen* jars')).toEqual({
      text: 'jars',
      prefixes: ['fermen'],
      must: '"fermen" *',
      mustNot: null,
      fields: {},
      unknown: [],
    });
  });

  it.each([
    ['symbol:parseConfig yaml', 'yaml', { symbol: 'parseConfig' }],
    ['symbol:Config.parse() lang:py', '', { symbol: 'Config.parse()', language: 'python' }],
    ['language:TypeScript type:code kettle', 'kettle', { language: 'typescript', type: 'code' }],
    ['SOURCE:claude role:user tea', 'tea', { source: 'claude', role: 'user' }],
    ['tea after:2025 before:2025-12-01', 'tea', { from: '2025-01-01', to: '2025-12-01' }],
    ['Before:2025-03 kettle', 'kettle', { to: '2025-03-01' }],
    ['after:2024/02/29 kettle', 'kettle', { from: '2024-02-29' }],
    ['the url http://role:user', 'the url http://role:user', {}],
    ['What of Tea, role:user by the way?', 'What of Tea,   by the way?', { role: 'user' }],
  ])('reads filters out of %s', (typed, text, fields) => {
    expect(parseSearch(typed)).toEqual({ text, prefixes: [], must: null, mustNot: null, fields, unknown: [] });
  });

  it.each([
    ['type:poem tea', [{ field: 'type', value: 'poem' }]],
    [
      'Source:"no such" role:boss tea',
      [
        { field: 'source', value: 'no such' },
        { field: 'role', value: 'boss' },
      ],
    ],
    [
      'before:yesterday after:2025-02-30 after:0000 tea',
      [
        { field: 'before', value: 'yesterday' },
        { field: 'after', value: '2025-02-30' },
        { field: 'after', value: '0000' },
      ],
    ],
    ['What did I say of source:nothing?', [{ field: 'source', value: 'nothing?' }]],
  ])('takes for words what is no filter, and says so: %s', (typed, unknown) => {
    expect(parseSearch(typed)).toMatchObject({ fields: {}, unknown });
  });

  it('is never a syntax error, whatever is typed', () => {
    const { alice } = twoSpaces();
    fillSpace(alice, [{ externalId: 'a', messages: [{ text: 'Green tea from the old kettle' }] }]);
    alice.write((w) => w.words.index([1]));
    const piece = fc.constantFrom(
      'AND',
      'OR',
      'NOT',
      '(',
      ')',
      '"',
      'tea',
      '-tea',
      '+kettle',
      'gre*',
      '*',
      '-',
      '"green tea"',
      'symbol:tea*',
      '機器*',
    );
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.array(piece, { maxLength: 14 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        for (const expression of [must(text), mustNot(text)]) {
          if (expression !== null) expect(alice.read((r) => r.words.frequency(expression))).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
