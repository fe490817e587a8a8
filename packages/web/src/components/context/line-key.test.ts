/** Two bundles held against each other: what came and what went, whatever the layer and the mark it stands under. */
import type { Bundle, BundleCitation } from '@vivim/contract/context';
import { describe, expect, it } from 'vitest';
import { differenceOf } from './line-key.ts';

const line = (id: string, ref: string, end = 9): BundleCitation =>
  ({ acuId: id, ref, layer: 'L5', quoted: id, start: 0, end }) as unknown as BundleCitation;
const bundle = (...citations: BundleCitation[]): Bundle => ({ citations }) as unknown as Bundle;
const ids = (lines: readonly BundleCitation[]) => lines.map(({ acuId }) => acuId);

describe('a bundle held against another', () => {
  it('has in common what quotes the same words, under any mark', () => {
    const { came, went, both } = differenceOf(
      bundle(line('a', '1'), line('b', '2')),
      bundle(line('c', '1'), line('a', '2')),
    );
    expect([ids(came), ids(went), both]).toEqual([['c'], ['b'], 1]);
  });

  it('differs where less of the same is quoted', () => {
    const { came, went } = differenceOf(bundle(line('a', '1')), bundle(line('a', '1', 5)));
    expect([ids(came), ids(went)]).toEqual([['a'], ['a']]);
  });
});
