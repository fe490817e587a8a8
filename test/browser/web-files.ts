/** The web files as they are now, built once for a run into a throw-away directory: a stale `dist` can pass no test. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../architecture/source-files.ts';
import { preparedOnce } from '../kit/prepared.ts';

export interface WebFiles {
  readonly dir: string;
  remove(): Promise<void>;
}

export async function buildWebFiles(): Promise<WebFiles> {
  const shared = await preparedOnce('web', build);
  if (shared !== null) return { dir: shared, remove: () => Promise.resolve() };
  const dir = await mkdtemp(join(tmpdir(), 'vivim-web-'));
  await build(dir);
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

/** As `npm run build` does it, in a process of its own: inside a test React would come in its development form. */
async function build(dir: string): Promise<void> {
  await promisify(execFile)(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', dir, '--emptyOutDir'],
    { cwd: join(root, 'packages/web'), env: { ...process.env, NODE_ENV: 'production' } },
  );
}
