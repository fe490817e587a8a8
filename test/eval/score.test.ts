import { percentile } from '@vivim/engine/context/evaluation/estimate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartOf } from './chart.ts';
import { compare } from './compare.ts';
import { linesOf } from './eval-set.ts';
import { comparisonOf, figuresOf, markdownOf } from './report.ts';
import { margin, type Scored, share } from './score.ts';

let questions = 0;
const scored = (category: string, found: number, corpus = 'one', id = `q${questions++}`): Scored => ({
  id,
  corpus,
  category,
  recall: { 5: found, 10: found, 20: found },
  cited: { 500: 0, 1000: found / 2, 2000: found, 4000: found },
  searchMs: 4,
});

describe('scores', () => {
  it('are the share of the evidence that was found, each message once', () => {
    expect(share(['a', 'b'], ['a', 'x', 'a', null])).toBe(0.5);
    expect(share(['a'], [])).toBe(0);
  });

  it('average questions, not corpora, and gather categories as the design does', () => {
    const all = [scored('single-hop', 1), scored('single-hop', 0), scored('multi-hop', 0), scored('adversarial', 1)];
    const means = new Map(figuresOf(all).map(({ line, means }) => [line, means['R@10']]));
    expect(means.get('single-hop')).toBe(0.5);
    expect(means.get('all without adversarial')).toBeCloseTo(1 / 3);
    expect(means.get('all')).toBe(0.5);
    expect(markdownOf('set', all)).toContain('| single-hop | 2 | 50.0 |');
  });

  it('have no line for a group a set does not have', () => {
    expect(linesOf(['temporal', 'multi-hop']).map(({ name }) => name)).toEqual(['multi-hop', 'temporal', 'all']);
  });

  it('come with an interval that is the same each time and shrinks with more questions', () => {
    const values = (n: number) => Array.from({ length: n }, (_, i) => i % 2);
    expect(margin(values(50))).toBe(margin(values(50)));
    expect(margin(values(800))).toBeLessThan(margin(values(50)));
    expect(margin(Array(20).fill(1))).toBe(0);
  });

  it('are compared question by question, and told from noise', () => {
    const run = (found: (i: number) => number) =>
      Array.from({ length: 60 }, (_, i) => scored('single-hop', found(i), 'one', `${i}`));
    const base = run((i) => i % 2);
    const [better] = compare(
      base,
      run((i) => (i < 50 ? 1 : i % 2)),
      ({ recall }) => recall[10] ?? 0,
    );
    expect(better).toMatchObject({ questions: 60, before: 0.5, telling: true });
    expect(better?.low).toBeGreaterThan(0.2);
    const [same] = compare(
      base,
      run((i) => (i === 1 ? 0 : i === 2 ? 1 : i % 2)),
      ({ recall }) => recall[10] ?? 0,
    );
    expect(same).toMatchObject({ before: 0.5, now: 0.5, telling: false });
    expect(
      comparisonOf(
        base,
        run(() => 1),
        ['R@10'],
      ),
    ).toContain('| single-hop | 60 | 50.0 | 100.0 | +50.0 |');
    expect(() => compare(base, [scored('single-hop', 1, 'other')], () => 1)).toThrow(/none of these/);
  });

  it('are drawn as bars of their size, with names as text', () => {
    const svg = chartOf('R@10', ['before', 'now'], [{ name: 'a <b>', values: [0.25, 1] }]);
    expect(svg).toContain('a &lt;b&gt;');
    const [before, now] = [...svg.matchAll(/<rect x="260" y="\d+" width="([\d.]+)" height="12"/g)].map(([, w]) =>
      Number(w),
    );
    expect(now).toBeCloseTo(4 * (before ?? 0), 0);
  });

  it('have percentiles that are values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, at) => {
          expect(values).toContain(percentile(values, at));
        },
      ),
    );
  });
});
