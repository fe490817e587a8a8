import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { afterALook, ProcessorShares } from './processor-share.ts';

const started: ReturnType<typeof spawn>[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** A process in a session of its own, as an engine is. */
function session(does = 'setInterval(() => {}, 1000)'): number {
  const child = spawn(process.execPath, ['-e', does], { detached: true, stdio: 'ignore' });
  started.push(child);
  return child.pid ?? 0;
}

const niceOf = (pid: number): number =>
  Number(/nice (-?\d+)/.exec(readFileSync(`/proc/${pid}/autogroup`, 'utf8'))?.[1]);

/** The kernel may want to be asked again a little later. */
async function becomes(pid: number, nice: number): Promise<void> {
  for (let left = 100; niceOf(pid) !== nice && left > 0; left -= 1) await pause(50);
  expect(niceOf(pid)).toBe(nice);
}

describe.skipIf(!existsSync('/proc/self/autogroup'))('the share of a processor', () => {
  test('goes down and comes back, and is nobody else’s', async () => {
    const [alices, bobs] = [session(), session()];
    const shares = new ProcessorShares(alices);
    shares.set('background');
    await becomes(alices, 10);
    expect(niceOf(bobs)).toBe(0);
    shares.set('answering');
    await becomes(alices, 0);
    shares.end();
  });

  test('follows what a process has started in sessions of their own', async () => {
    const outer = spawn(
      process.execPath,
      [
        '-e',
        `const { spawn } = require('node:child_process');
         const inner = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
         console.log(inner.pid);
         setInterval(() => {}, 1000);`,
      ],
      { detached: true, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    started.push(outer);
    const inner = await new Promise<number>((resolve) => outer.stdout.once('data', (line) => resolve(Number(line))));
    new ProcessorShares(outer.pid).set('background');
    await becomes(inner, 10);
  });

  test('is a larger one where the machine has none to spare', async () => {
    const busy = 'for (;;);';
    for (const _ of cpus()) for (let others = 0; others < 3; others += 1) session(busy);
    const alices = session(busy);
    new ProcessorShares(alices).set('background');
    await becomes(alices, 5);
  });

  test('of a process that is gone is nothing to fail over', async () => {
    const pid = session();
    const gone = new Promise((resolve) => started[0]?.once('exit', resolve));
    process.kill(pid, 'SIGKILL');
    await gone;
    expect(() => new ProcessorShares(pid).set('background')).not.toThrow();
    expect(() => new ProcessorShares(undefined).set('background')).not.toThrow();
  });
});

test('a share is given by what was left of the time that was wanted, and kept in between', () => {
  const none = { computedMs: 0, waitedMs: 0 };
  const becomes = (share: 'answering' | 'background' | 'crowdedOut', computedMs: number, waitedMs: number) =>
    afterALook(share, none, { computedMs, waitedMs });
  expect(becomes('background', 100, 1_900)).toBe('crowdedOut');
  expect(becomes('background', 1_000, 1_000)).toBe('background');
  expect(becomes('crowdedOut', 1_000, 1_000)).toBe('crowdedOut');
  expect(becomes('crowdedOut', 1_900, 100)).toBe('background');
  for (const share of ['answering', 'background', 'crowdedOut'] as const) expect(becomes(share, 0, 0)).toBe(share);
  expect(becomes('answering', 1, 1_999)).toBe('answering');
});
