import type { SpaceEvent } from '@vivim/contract/imports';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventStream } from './event-stream.ts';

const read = async (reader: ReadableStreamDefaultReader<Uint8Array>) =>
  Buffer.from((await reader.read()).value ?? []).toString();

describe('an event stream', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('breaks where its events break, and its heart stops', async () => {
    const reader = eventStream(
      // biome-ignore lint/correctness/useYield: it breaks before its first event
      (async function* (): AsyncGenerator<SpaceEvent> {
        throw new Error('The space is closed.');
      })(),
    ).getReader();
    await expect(reader.read()).rejects.toThrow('The space is closed.');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('shows that it lives, and not again to a client that does not read', async () => {
    const silent = new Promise<void>(() => {});
    const reader = eventStream(
      // biome-ignore lint/correctness/useYield: nothing happens here
      (async function* (): AsyncGenerator<SpaceEvent> {
        await silent;
      })(),
    ).getReader();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await read(reader)).toBe(': still here\n\n');
    const next = read(reader);
    const none = await Promise.race([next, Promise.resolve().then(() => 'none')]);
    expect(none).toBe('none');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await next).toBe(': still here\n\n');
  });
});
