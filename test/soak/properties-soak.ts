/** What the suite tries less often than its tests say (`test/kit/property-runs.ts`), tried as often. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../architecture/source-files.ts';
import { wholeProperties } from '../kit/property-runs.ts';
import type { Soak } from './soak-shape.ts';

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');

/** Test files that try something less often in the suite. */
const shortened = (): string[] =>
  globSync(['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: root }).filter((path) =>
    readFileSync(join(root, path), 'utf8').includes('kit/property-runs.ts'),
  );

export const propertiesSoak: Soak = {
  prepare(args) {
    if (args.length > 0) return null;
    return async () => {
      const running = spawn(process.execPath, [vitest, 'run', '--reporter=dot', ...shortened()], {
        cwd: root,
        env: { ...process.env, ...wholeProperties },
        stdio: 'inherit',
      });
      return (await once(running, 'exit'))[0] === 0;
    };
  },
};
