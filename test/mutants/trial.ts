/** Tries a test file on the copy as it stands, and says what it found. Never lets a file that did not load count as a test that failed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { wholeProperties } from '../kit/property-runs.ts';
import { noninterference } from './mutant.ts';
import type { Scratch } from './scratch.ts';

const Report = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      message: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

export type Finding =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly test: string; readonly said: string; readonly steps: number | null }
  /** No test of the file said anything. */
  | { readonly kind: 'broken'; readonly why: string };

/** A test file that takes longer than this says nothing. Milliseconds. */
const limitMs = 240_000;

/** @param files run together; the first failure ends the trial */
export async function tryTests(scratch: Scratch, files: readonly string[]): Promise<Finding> {
  if (files.includes(noninterference) || files.some((file) => file.includes('/negative/'))) scratch.buildEngine();
  const output = join(scratch.directory, 'report.json');
  rmSync(output, { force: true });
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', ...files, '--bail', '1', '--reporter', 'json', '--outputFile', output];
  const child = spawn(process.execPath, args, {
    cwd: scratch.directory,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...wholeProperties, VIVIM_TEST_MASTER_URL: '' },
    timeout: limitMs,
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  await once(child, 'close');
  if (!existsSync(output)) return { kind: 'broken', why: errors.trim().slice(-400) || 'it took too long' };
  const report = Report.parse(JSON.parse(readFileSync(output, 'utf8')));
  const failed = report.testResults.flatMap((one) => one.assertionResults).find(({ status }) => status === 'failed');
  if (failed !== undefined) {
    const said = failed.failureMessages?.join('\n') ?? '';
    const steps = /after (\d+) steps/.exec(said)?.[1];
    return { kind: 'failed', test: failed.fullName, said, steps: steps === undefined ? null : Number(steps) };
  }
  const unloaded = report.testResults.find(({ message }) => message !== '');
  if (unloaded !== undefined) return { kind: 'broken', why: unloaded.message.slice(0, 400) };
  return report.numPassedTests > 0 ? { kind: 'passed' } : { kind: 'broken', why: 'no test ran' };
}
