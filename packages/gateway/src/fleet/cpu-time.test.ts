import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { cpuTimeMs, turnsOf } from './cpu-time.ts';

/** A second thread computes for so long while the first one sleeps; then it says so and waits. */
const threadMs = 600;
const program = `
  const { Worker } = require('node:worker_threads');
  const source = 'const end = process.threadCpuUsage().user + ${threadMs}e3; while (process.threadCpuUsage().user < end);';
  new Worker(source, { eval: true }).on('exit', () => process.stdout.write('done'));
  process.stdin.resume();
`;

test.skipIf(process.platform !== 'linux')('what other threads compute is no turn of the event loop', async () => {
  const child = spawn(process.execPath, ['--eval', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    await once(child.stdout, 'data');
    const pid = child.pid ?? 0;
    const [all, own] = [cpuTimeMs(pid) ?? 0, turnsOf(pid)];
    expect(all).toBeGreaterThanOrEqual(threadMs);
    expect(own?.computedMs).toBeGreaterThan(0);
    expect(own?.computedMs).toBeLessThanOrEqual(all - threadMs / 2);
    expect(own?.waitedMs).toBeGreaterThanOrEqual(0);
  } finally {
    child.kill('SIGKILL');
  }
  await once(child, 'exit');
  expect(turnsOf(child.pid ?? 0)).toBeNull();
});
