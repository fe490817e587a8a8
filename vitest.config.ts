/** One test run over all packages. Real processes, real databases; one throw-away PostgreSQL serves the whole run. */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const never = ['**/node_modules/**', '**/dist/**'];
/** They count the processes and descriptors of their own process, kill some, or look through all it wrote. */
const alone = ['test/{crash,isolation,soak}/**/*.test.ts', 'packages/gateway/src/fleet/**/*.test.ts'];

const shared = {
  pool: 'forks',
  testTimeout: 60_000,
  hookTimeout: 120_000,
  teardownTimeout: 20_000,
} as const;

export default defineConfig({
  test: {
    ...shared,
    globalSetup: ['test/kit/master-setup.ts'],
    // One less than there are processors is one on a small machine; a file that starts servers waits for them half of its time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
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
