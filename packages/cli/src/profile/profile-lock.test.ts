import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './profile-lock.ts';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'vivim-lock-'));
  file = path.join(directory, 'alice.json');
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('a lock', () => {
  it('lets one in after the other', async () => {
    let inside = 0;
    let most = 0;
    const enter = () =>
      withLock(file, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await turn();
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 12 }, enter));
    expect(most).toBe(1);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it('is given back by work that failed', async () => {
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(file, async () => 'in')).toBe('in');
  });

  it('of a process that is gone keeps nobody out', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(`${file}.lock`, `${pid} left-behind`);
    expect(await withLock(file, async () => 'in')).toBe('in');
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  it('of somebody else is left where it is', async () => {
    await withLock(file, async () => writeFileSync(`${file}.lock`, `${process.pid} another`));
    expect(existsSync(`${file}.lock`)).toBe(true);
  });
});
