/** `npm run screens`: a run of its own, since it writes into docs and shows rather than proves. Arguments are those of vitest, such as `-t NAME`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/screens/*.screens.ts'],
    globalSetup: ['test/kit/master-setup.ts'],
    pool: 'forks',
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 20_000,
  },
});
