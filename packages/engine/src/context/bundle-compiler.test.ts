import { type BundleFormat, bundleFormats } from '@vivim/contract/recipe';
import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { beforeAll, describe, expect, it } from 'vitest';
import { runs } from '../../../../test/kit/property-runs.ts';
import { candidate, compilation } from '../../../../test/kit/quotes.ts';
import { compileBundle } from './bundle-compiler.ts';
import { historyLayer } from './layers/history.ts';
import { standingLayer } from './layers/standing.ts';
import { subjectLayer } from './layers/subjects.ts';
import { o200k } from './tokens/byte-pair-tokenizer.ts';
import type { Tokenizer } from './tokens/tokenizer.ts';

let tokenizer: Tokenizer;
beforeAll(async () => {
  tokenizer = await o200k();
});
/** Counted by other code than the one that reports. */
const recount = (text: string): number => countTokens(text, { disallowedSpecial: new Set() });

const words = fc.oneof(
  fc.lorem({ maxCount: 60 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc.constantFrom(
    '/',
    '//\n/',
    '\n\n\n',
    '  > [1] user: no',
    '```js\nlet a = 1;\n```',
    '</q></source>',
    '漢字'.repeat(80),
    'a'.repeat(4_000),
    '"\\"\\n',
    '🙂'.repeat(50),
  ),
);
const madeUp = fc.record({
  text: words,
  type: fc.constantFrom('statement', 'code', 'list', 'question', 'answer'),
  author: fc.option(fc.string({ unit: 'binary', maxLength: 60 })),
  role: fc.constantFrom('user', 'assistant'),
  title: fc.option(words),
  conversation: fc.integer({ min: 0, max: 5 }),
  createdMs: fc.option(fc.integer({ min: 0, max: 2e12 })),
  score: fc.double({ min: 0, max: 10, noNaN: true }),
});
const some = fc.array(madeUp, { maxLength: 40 }).map((list) => list.map((made, i) => candidate(made, i)));
const format = fc.constantFrom<BundleFormat>(...bundleFormats);
const budget = fc.oneof(
  fc.integer({ min: 256, max: 700 }),
  fc.integer({ min: 256, max: 20_000 }),
  fc.constant(1_000_000),
);

describe('a bundle', () => {
  it('is never over its budget, says its tokens truly, and cites exact words, in every format', () => {
    fc.assert(
      fc.property(some, some, some, format, budget, (found, own, recent, format, budget) => {
        const other = own.map((quote) => ({ ...quote, acu: { ...quote.acu, id: `${quote.acu.id}x` } })) as typeof own;
        const subject = {
          pk: 1,
          id: 't',
          name: 'Clay',
          aliases: [],
          type: null,
          conversations: 3,
          firstMs: 0,
          lastMs: 9,
        };
        const layers = {
          L0: standingLayer('L0', [], other, () => 0),
          L2: subjectLayer('L2', [{ subject: subject as never, heading: 'Clay: 3', quotes: own }], () => () => 0),
          ...(recent.length > 20 ? { L6: historyLayer(recent.slice(20), recent.slice(0, 20)) } : {}),
        };
        const bundle = compileBundle(compilation(found, { budget, format, layers }), tokenizer);
        expect(bundle.tokens).toBeLessThanOrEqual(budget);
        expect(bundle.tokens).toBe(recount(bundle.text));
        const used = bundle.layers.reduce((sum, layer) => sum + layer.used, 0);
        expect(used).toBeLessThanOrEqual(budget);
        expect(bundle.layers.reduce((sum, layer) => sum + layer.allotted, 0)).toBeLessThanOrEqual(budget);
        for (const layer of bundle.layers) expect(layer.used).toBeLessThanOrEqual(layer.allotted);
        for (const [i, citation] of bundle.citations.entries()) {
          expect(citation.ref).toBe(String(i + 1));
          expect(citation.end - citation.start).toBe(citation.quoted.length);
          expect(bundle.text).toContain(`[${citation.ref}]`);
          const source = [...found, ...other, ...own, ...recent].find(({ acu }) => acu.id === citation.acuId);
          expect(source?.acu.text.slice(citation.start, citation.end)).toBe(citation.quoted);
        }
      }),
      { numRuns: runs(400) },
    );
  }, 60_000);

  it('is the same bytes for the same inputs', () => {
    fc.assert(
      fc.property(some, format, budget, (found, format, budget) => {
        const compile = () => compileBundle(compilation(found, { budget, format }), tokenizer);
        expect(compile()).toEqual(compile());
      }),
      { numRuns: runs(60) },
    );
  });

  it('says each thing once', () => {
    const twice = [0, 1, 2].map((i) =>
      candidate({ text: 'The wheel is the hardest part of pottery.', conversation: i }, i),
    );
    const bundle = compileBundle(compilation(twice, { budget: 1_000, format: 'markdown' }), tokenizer);
    expect(bundle.citations).toHaveLength(1);
    expect(bundle.omitted.filter(({ reason }) => reason === 'duplicate')).toHaveLength(2);
  });

  it('says what nearly repeats another once, unless it says other numbers', () => {
    const said = [
      'The kiln is fired on the 4th of May at nine in the morning by all of us.',
      'The kiln is fired on the 4th of May at nine in the morning, by all of us!!',
      'The kiln is fired on the 11th of May at nine in the morning by all of us.',
    ].map((text, i) => candidate({ text: `${text} ${'So it was said. '.repeat(i)}`, conversation: i }, i));
    const near = new Map(said.slice(1).map(({ acu }) => [acu.pk, said[0]?.acu.pk ?? 0]));
    const plain = compilation(said, { budget: 1_000, format: 'markdown' });
    expect(compileBundle(plain, tokenizer).citations).toHaveLength(3);
    const bundle = compileBundle({ ...plain, near }, tokenizer);
    expect(new Set(bundle.citations.map(({ acuId }) => acuId))).toEqual(
      new Set([said[0], said[2]].map((one) => one?.acu.id)),
    );
    expect(bundle.omitted).toContainEqual(expect.objectContaining({ acuId: said[1]?.acu.id, reason: 'duplicate' }));
  });

  it('says what did not fit, and that weak matches were left out', () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      candidate({ text: `Fact ${i}: ${'clay and water '.repeat(6)}`, score: i < 50 ? 1 : 0.001 }, i),
    );
    const bundle = compileBundle(compilation(many, { budget: 400, format: 'markdown' }), tokenizer);
    const left = bundle.omitted.filter(({ reason }) => reason === 'budget');
    const count = left.reduce((sum, each) => sum + (each.count ?? 1), 0);
    expect(count + bundle.citations.length).toBe(50);
    expect(bundle.omitted).toContainEqual({ layer: 'L5', what: 'weak matches', reason: 'low_score', count: 10 });
  });

  it('leaves out no fact and no wish for want of room while room for it stands unused', () => {
    const fact = fc.lorem({ maxCount: 9, mode: 'words' });
    const facts = fc.uniqueArray(fact, { minLength: 20, maxLength: 120 });
    const history = fc.array(fc.constantFrom('A kiln is hot.', 'Clay dries.', 'Glaze runs.'), { maxLength: 60 });
    fc.assert(
      fc.property(facts, history, fc.integer({ min: 400, max: 4_000 }), (own, found, budget) => {
        const quotes = own.map((text, i) => candidate({ text }, i + 1_000));
        const said = found.map((text, i) => candidate({ text, conversation: i }, i));
        const layers = {
          L0: standingLayer('L0', [], quotes.slice(10), () => 0),
          L1: standingLayer('L1', [], quotes.slice(0, 10), () => 0),
        };
        const asked = compilation(said, { budget, format: 'markdown', layers });
        const bundle = compileBundle(asked, tokenizer);
        const unused = budget - bundle.layers.reduce((sum, { used }) => sum + used, 0);
        // Each takes less than this, with the headings it may bring.
        const left = bundle.omitted.filter(({ reason, layer }) => reason === 'budget' && layer !== 'L5');
        if (unused > 80) expect(left).toEqual([]);
        expect(bundle.tokens).toBeLessThanOrEqual(budget);
        expect(bundle).toEqual(compileBundle(asked, tokenizer));
        const light = compileBundle({ ...asked, weights: { ...asked.weights, L0: 0.5 } }, tokenizer);
        expect(light.layers[0]?.used ?? 0).toBeLessThanOrEqual(Math.max(250, bundle.layers[0]?.used ?? 0));
      }),
      { numRuns: runs(60) },
    );
  });

  it('quotes a unit too long for its room from its beginning', () => {
    const long = candidate({ text: `Once upon a time. ${'The potter turned the wheel. '.repeat(200)}` }, 0);
    const bundle = compileBundle(compilation([long], { budget: 500, format: 'markdown' }), tokenizer);
    expect(bundle.citations[0]?.quoted).toMatch(/^Once upon a time\. .*wheel\.$/);
    expect(bundle.citations[0]?.end).toBe(bundle.citations[0]?.quoted.length);
  });

  it('spends few tokens around what it quotes', () => {
    const turns = Array.from({ length: 400 }, (_, i) =>
      candidate(
        {
          text: `Turn ${i} of our talk says that I went hiking with my sister near lake ${i} last week.`,
          author: i % 2 ? 'Caroline' : 'Melanie',
          conversation: Math.floor(i / 20),
          createdMs: 1.68e12 + Math.floor(i / 20) * 864e5,
        },
        (i * 7) % 400,
      ),
    );
    const bundle = compileBundle(compilation(turns, { budget: 2_000, format: 'markdown' }), tokenizer);
    const quoted = bundle.citations.reduce((sum, { quoted }) => sum + recount(quoted), 0);
    expect((bundle.tokens - quoted) / bundle.citations.length).toBeLessThan(9);
    expect(bundle.tokens).toBeGreaterThan(1_960);
  });

  it('fits even where a text costs more than its pieces', () => {
    const many = Array.from({ length: 80 }, (_, i) => candidate({ text: `Fact ${i}: clay and water.` }, i));
    const dear: Tokenizer = { name: 'dear', count: (text) => Math.ceil(text.length / (text.length > 600 ? 2 : 4)) };
    const bundle = compileBundle(compilation(many, { budget: 500, format: 'markdown' }), dear);
    expect(bundle.tokens).toBe(dear.count(bundle.text));
    expect(bundle.tokens).toBeLessThanOrEqual(500);
    expect(bundle.citations.length).toBeGreaterThan(0);
    expect(bundle.citations.length + bundle.omitted.reduce((n, { count = 1 }) => n + count, 0)).toBe(80);
  });

  it('works at exactly the least its refusal names', () => {
    const message = 'Tell me everything about pottery. '.repeat(80);
    for (const format of bundleFormats) {
      const compile = (budget: number) => compileBundle(compilation([], { budget, format, message }), tokenizer);
      let least = 0;
      try {
        compile(256);
      } catch (error) {
        least = Number(/needs (\d+) tokens/.exec(String(error))?.[1]);
      }
      expect(least).toBeGreaterThan(256);
      expect(compile(least).tokens).toBeLessThanOrEqual(least);
      expect(() => compile(least - 1)).toThrow();
    }
  });
});
