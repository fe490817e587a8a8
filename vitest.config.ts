/** `npm test [-- FILE… -t NAME]`: one test run over all packages; arguments are those of vitest. Real processes, real databases; one throw-away PostgreSQL serves the whole run. */
import { availableParallelism, totalmem } from 'node:os';
import { defineConfig } from 'vitest/config';

const never = ['**/node_modules/**', '**/dist/**'];
/**
 * They count the processes, the descriptors or the memory of their own process, kill some, or look through all it wrote. Each loads all it
 * imports anew, so what only calculates is not among them.
 */
const alone = [
  'test/{crash,isolation,soak}/**/*.test.ts',
  'packages/gateway/src/fleet/{built-engine,control-spaces,cpu-time,engines,jail,models,pool,processor-share,sealed-fleet}.test.ts',
  'packages/engine/src/capture/sources/fuzz.test.ts',
];

const shared = {
  pool: 'forks',
  testTimeout: 60_000,
  hookTimeout: 120_000,
  teardownTimeout: 20_000,
  // What a page or a process does next is waited for as long as a page is: a second is short where several share a processor.
  expect: { poll: { timeout: 20_000 } },
} as const;

export default defineConfig({
  test: {
    ...shared,
    globalSetup: ['test/kit/master-setup.ts'],
    // One less than there are processors is one on a small machine; a file that starts servers waits for them half of its time.
    // A worker, its Chromium and the servers behind them take up to two gigabytes.
    maxWorkers: Math.max(totalmem() > 7e9 ? 3 : 2, availableParallelism() - 1),
    projects: [
      {
        test: {
          ...shared,
          name: 'together',
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
          exclude: [...never, ...alone],
          // Files of a worker share what they import, and a Chromium: loading all of it for every file took as long as testing it.
          isolate: false,
        },
      },
      { test: { ...shared, name: 'alone', include: alone, exclude: never } },
    ],
  },
});
