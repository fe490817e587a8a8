import type { SpaceEvent } from '@vivim/contract/imports';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { begun, eventStream } from './event-stream.ts';

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

  it('breaks off where it is not read to its end in time, and lets go of what it held', async () => {
    let letGo = false;
    const events = (async function* () {
      try {
        yield { type: 'first' };
        yield { type: 'second' };
        yield { type: 'third' };
      } finally {
        letGo = true;
      }
    })();
    const reader = eventStream(events, 60_000).getReader();
    expect(await read(reader)).toContain('first');
    await vi.advanceTimersByTimeAsync(59_000);
    expect(letGo).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(letGo).toBe(true);
    // What waits for a reader is still handed out; after that it shows that something is missing.
    await expect(read(reader).then(() => read(reader))).rejects.toThrow('not read');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has no limit once it is read to its end', async () => {
    const reader = eventStream(
      (async function* () {
        yield { type: 'only' };
      })(),
      60_000,
    ).getReader();
    expect(await read(reader)).toBe('event: only\ndata: {"type":"only"}\n\n');
    expect((await reader.read()).done).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what fails before its first event', () => {
  it('is thrown to whoever would begin the stream, and later than that in its place', async () => {
    async function* failing(after: number): AsyncGenerator<{ type: string }> {
      for (let i = 0; i < after; i += 1) yield { type: String(i) };
      throw new Error('no more');
    }
    await expect(begun(failing(0))).rejects.toThrow('no more');
    const events = await begun(failing(1));
    expect(await events.next()).toEqual({ done: false, value: { type: '0' } });
    await expect(events.next()).rejects.toThrow('no more');
  });
});
