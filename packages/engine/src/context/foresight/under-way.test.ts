/** Who waits, and when nobody has for a while. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UnderWay } from './under-way.ts';

describe('work that steps aside', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const watched = () => {
    const told = { free: 0 };
    const underWay = new UnderWay(() => {
      told.free += 1;
    }, 200);
    return { told, underWay };
  };

  it('waits until nobody has asked anything for a while, and is told once', () => {
    const { told, underWay } = watched();
    const [first, second] = [underWay.enter(), underWay.enter()];
    first();
    first();
    expect(underWay.busy).toBe(true);
    second();
    vi.advanceTimersByTime(199);
    const third = underWay.enter();
    vi.advanceTimersByTime(1_000);
    expect([told.free, underWay.busy]).toEqual([0, true]);
    third();
    vi.advanceTimersByTime(200);
    expect([told.free, underWay.busy]).toEqual([1, false]);
  });

  it('is stopped in mid-work by whoever comes, and has a new signal when they are gone', () => {
    const { underWay } = watched();
    const { aside } = underWay;
    const leave = underWay.enter();
    expect(aside.aborted).toBe(true);
    leave();
    vi.advanceTimersByTime(200);
    expect(underWay.aside.aborted).toBe(false);
  });

  it('is over when the engine closes, also for whoever is answered after that', async () => {
    const { told, underWay } = watched();
    const leave = underWay.enter();
    const failing = underWay.during(() => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    underWay.close();
    leave();
    vi.advanceTimersByTime(10_000);
    expect([told.free, underWay.busy, vi.getTimerCount()]).toEqual([0, true, 0]);
  });
});
