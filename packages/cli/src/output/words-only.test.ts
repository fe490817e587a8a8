import type { SpaceStatus } from '@vivim/contract/health';
import { expect, it } from 'vitest';
import { wordsOnly } from './words-only.ts';

const space = (imports: number, meaning: { done: number; total: number } | null) =>
  ({
    pending: { imports, rollup: 0, embedding: 0, reembedding: 0, reparse: 0, memories: 0 },
    following: {
      profiles: { done: 0, total: 0, remainingSeconds: 0 },
      meaning: meaning === null ? null : { ...meaning, remainingSeconds: null },
    },
  }) satisfies Partial<SpaceStatus> as Pick<SpaceStatus, 'pending' | 'following'>;

it('says what an answer may lack just after an import, and nothing once it lacks nothing', () => {
  expect(wordsOnly(space(1, { done: 0, total: 0 }))).toMatch(/^An import is coming in/);
  expect(wordsOnly(space(0, { done: 3, total: 12 }))).toMatch(/^Found by words only so far: 3 of 12 conversations /);
  expect(wordsOnly(space(0, { done: 12, total: 12 }))).toBeNull();
  expect(wordsOnly(space(0, null))).toBeNull();
});
