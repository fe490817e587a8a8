/** `npm test [-- FILE… -t NAME]`: one test run over all packages; arguments are those of vitest. Real processes, real databases; one throw-away PostgreSQL serves the whole run. */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['test/kit/master-setup.ts'],
    pool: 'forks',
    // One less than there are processors is one on a small machine; a file that starts servers waits for them half of its time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 20_000,
  },
});
