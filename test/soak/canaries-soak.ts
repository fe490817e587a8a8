/** Ten thousand words of each of two people, then everything looked through: the test of the suite, with more words. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readArguments } from '../../scripts/arguments.ts';
import { root } from '../architecture/source-files.ts';
import type { Soak } from './soak-shape.ts';

export const canariesSoak: Soak = {
  prepare(args) {
    const { values } = readArguments({ args: [...args], options: { words: { type: 'string', default: '10000' } } });
    // Fewer would not fill the files that are looked through.
    if (!(Number(values.words) >= 300)) return null;
    return async () => {
      const vitest = join(root, 'node_modules/vitest/vitest.mjs');
      const ran = spawnSync(process.execPath, [vitest, 'run', 'test/isolation/canaries.test.ts'], {
        cwd: root,
        env: { ...process.env, VIVIM_CANARIES: values.words },
        stdio: 'inherit',
      });
      return ran.status === 0;
    };
  },
};
