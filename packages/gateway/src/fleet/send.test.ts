import type { Dispatcher } from 'undici';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type SendOptions, sendToEngine } from './send.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const silent = { request: () => new Promise(() => {}) } as unknown as Dispatcher;

/** A request nobody answers, to an engine others keep from the processor for this share of the time. */
function unanswered(share: number) {
  const state = { overdue: 0, share };
  const begun = Date.now();
  const options: SendOptions = {
    answerWithinMs: 1_000,
    waitedMs: () => (Date.now() - begun) * state.share,
    onBytes: () => {},
    onOverdue: () => {
      state.overdue += 1;
    },
    onDone: () => {},
  };
  void sendToEngine(silent, { method: 'GET', path: '/', headers: {}, body: null, signal: null }, options);
  return state;
}

test('a request without an answer is overdue once its time has passed', async () => {
  const request = unanswered(0);
  await vi.advanceTimersByTimeAsync(999);
  expect(request.overdue).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(request.overdue).toBe(1);
});

test('time in which others had the processor is given to the engine again', async () => {
  const request = unanswered(0.75);
  await vi.advanceTimersByTimeAsync(3_500);
  expect(request.overdue).toBe(0);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(request.overdue).toBe(1);
});

test('no answer is waited for without end, however busy the machine is', async () => {
  const request = unanswered(1);
  await vi.advanceTimersByTimeAsync(9_500);
  expect(request.overdue).toBe(0);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(request.overdue).toBe(1);
});
