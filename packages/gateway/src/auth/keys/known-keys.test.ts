/** Keys that are judged once: the same answers, fewer judgements, never more in memory than said. */
import { describe, expect, it } from 'vitest';
import { remembering } from './known-keys.ts';

const key = (...bytes: number[]) => new Uint8Array(bytes);

describe('a key that was judged', () => {
  it('is not judged again while it is remembered, and a bad one always is', () => {
    const judged: number[] = [];
    const isSafe = remembering((one) => {
      judged.push(one[0] ?? 0);
      return (one[0] ?? 0) < 9;
    }, 2);
    expect([isSafe(key(1)), isSafe(key(1)), isSafe(key(9)), isSafe(key(9))]).toEqual([true, true, false, false]);
    expect(judged).toEqual([1, 9, 9]);
    expect([isSafe(key(2)), isSafe(key(3)), isSafe(key(1))]).toEqual([true, true, true]);
    expect(judged).toEqual([1, 9, 9, 2, 3, 1]);
  });

  it('is not another one that begins like it', () => {
    const isSafe = remembering((one) => one.length === 1, 8);
    expect([isSafe(key(1)), isSafe(key(1, 0)), isSafe(key())]).toEqual([true, false, false]);
  });
});
