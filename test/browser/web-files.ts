/** The web files as they are now, built into a throw-away directory: a stale `dist` can pass no test. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../architecture/source-files.ts';

export interface WebFiles {
  readonly dir: string;
  remove(): Promise<void>;
}

/** Built as `npm run build` does it, in a process of its own: inside a test React would come in its development form. */
export async function buildWebFiles(): Promise<WebFiles> {
  const dir = await mkdtemp(join(tmpdir(), 'vivim-web-'));
  await promisify(execFile)(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', dir, '--emptyOutDir'],
    { cwd: join(root, 'packages/web'), env: { ...process.env, NODE_ENV: 'production' } },
  );
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
