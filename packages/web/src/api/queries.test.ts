import type { SpaceStatus } from '@vivim/contract/health';
import { expect, it } from 'vitest';
import { spaceQuery } from './queries.ts';

const again = (pending: Partial<SpaceStatus['pending']>, embedder: string | null): unknown => {
  const none = { imports: 0, rollup: 0, embedding: 0, reembedding: 0, reparse: 0, memories: 0 };
  const { refetchInterval } = spaceQuery;
  if (typeof refetchInterval !== 'function') throw new Error('It is asked again at one pace always.');
  const data = { pending: { ...none, ...pending }, embedder } as SpaceStatus;
  return refetchInterval({ state: { data } } as Parameters<typeof refetchInterval>[0]);
};

it('the space is asked again while work is under way, and not for vectors that nobody makes', () => {
  expect(again({}, 'builtin')).toBe(false);
  expect(again({ embedding: 7 }, 'builtin')).toBe(2_000);
  expect(again({ embedding: 7 }, null)).toBe(false);
  expect(again({ embedding: 7, rollup: 1 }, null)).toBe(2_000);
});
