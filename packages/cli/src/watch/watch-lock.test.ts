/** One watcher for a profile: whoever comes second is told who is there; what a dead one left is no lock. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeWatch, watcherOf } from './watch-lock.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(path.join(tmpdir(), 'vivim-lock-'));
});
afterEach(() => rmSync(state, { recursive: true }));
const file = (profile: string) => path.join(state, 'watch', `${profile}.lock`);

it('is held by one, for each profile, until it is given back', () => {
  const lock = takeWatch(state, 'alice', 0);
  expect(() => takeWatch(state, 'alice', 0)).toThrow(`watched already, by process ${process.pid} since 1970-01-01`);
  takeWatch(state, 'bob', 0).release();
  expect(watcherOf(state, 'alice')).toMatchObject({ pid: process.pid });
  lock.release();
  expect(watcherOf(state, 'alice')).toBeNull();
  takeWatch(state, 'alice', 0).release();
  expect(readdirSync(path.join(state, 'watch'))).toEqual([]);
});

it.each([
  ['of a process that is gone', (mark: object) => ({ ...mark, pid: 2 ** 22 + 1 })],
  ['of an earlier process with a number that lives again', (mark: object) => ({ ...mark, born: '1' })],
  ['half written', () => null],
])('is passed over where it is %s', (_, spoil) => {
  takeWatch(state, 'alice', 0);
  writeFileSync(file('alice'), JSON.stringify(spoil(JSON.parse(readFileSync(file('alice'), 'utf8')))));
  expect(watcherOf(state, 'alice')).toBeNull();
  const lock = takeWatch(state, 'alice', 0);
  expect(watcherOf(state, 'alice')).toMatchObject({ pid: process.pid });
  lock.release();
});
