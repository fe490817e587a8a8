import { PassThrough } from 'node:stream';
import { Removed } from '@vivim/contract/erasure';
import type { ImportProgress, ImportState } from '@vivim/contract/imports';
import { describe, expect, it } from 'vitest';
import { createProgress, erasingStanding, importStanding } from './progress.ts';

const progress: ImportProgress = {
  bytesRead: 25_000_000,
  bytesTotal: 100_000_000,
  conversations: 1_500,
  messages: 9_000,
  bytesPerSecond: 5_000_000,
  remainingSeconds: 15,
};

const nothingRemoved = Object.fromEntries(Object.keys(Removed.shape).map((key) => [key, 0])) as Removed;

/** A terminal or a log, and a clock that stands where it is put. */
function watched(isTTY: boolean) {
  let now = 0;
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const stdout = new PassThrough();
  const environment = {
    profile: 'p',
    server: undefined,
    token: undefined,
    configDirectory: '/nowhere',
    stateDirectory: '/nowhere',
    home: '/nowhere',
    programHomes: {},
  };
  const shown = createProgress({ environment, stdin: new PassThrough(), stdout, stderr, clock: () => now }, 'a.zip');
  return {
    shown,
    at: (ms: number) => {
      now = ms;
    },
    lines: () => String(stderr.read() ?? ''),
  };
}

it('a large erasure says how many conversations are wiped, and the index of words is the last of it', () => {
  const removed = { ...nothingRemoved, conversations: 400 };
  expect(erasingStanding({ left: 301, removed })).toEqual({
    stage: 'erasing',
    fraction: 100 / 401,
    words: ['100 of 400 conversations'],
  });
  expect(erasingStanding({ left: 1, removed }).fraction).toBeLessThan(1);
});

describe('standing of an import', () => {
  it('says how much, how fast and how long', () => {
    expect(importStanding({ state: 'running', progress })).toEqual({
      stage: 'importing',
      fraction: 0.25,
      words: ['1,500 conversations', '5.0 MB/s', '0:15 left'],
    });
  });

  it('claims nothing it does not know', () => {
    const unknown = { ...progress, bytesTotal: null, bytesPerSecond: 0, remainingSeconds: null };
    expect(importStanding({ state: 'queued', progress: unknown })).toEqual({
      stage: 'queued',
      fraction: null,
      words: ['1,500 conversations'],
    });
  });
});

describe('progress in a log', () => {
  it('is silent about what is over in a moment', () => {
    const { shown, at, lines } = watched(false);
    shown.sending(10, 10);
    at(900);
    shown.stop();
    expect(lines()).toBe('');
  });

  it('says when a stage begins, and then now and then', () => {
    const { shown, at, lines } = watched(false);
    at(2_000);
    shown.sending(4_000_000, 8_000_000);
    at(3_000);
    shown.sending(6_000_000, 8_000_000);
    at(7_000);
    shown.sending(7_000_000, 8_000_000);
    expect(lines().trimEnd().split('\n')).toEqual([
      'a.zip: sending, 50 %, 4.0 MB',
      'a.zip: sending, 87 %, 7.0 MB, 600 kB/s, 0:02 left',
    ]);
  });
});

describe('progress on a terminal', () => {
  it('is a bar that is gone in the end', () => {
    const { shown, lines } = watched(true);
    const state: ImportState = 'running';
    shown.importing({ state, progress } as Parameters<typeof shown.importing>[0]);
    shown.stop();
    const drawn = lines();
    expect(drawn).toContain(
      'a.zip  importing  ██████░░░░░░░░░░░░░░░░░░   25 %  1,500 conversations · 5.0 MB/s · 0:15 left',
    );
    // The last words clear the line.
    expect(drawn.endsWith('\u001b[2K')).toBe(true);
  });
});
