/**
 * Nobody reads what is printed any more (`npm start | head -1`): a server ends in good order and leaves nothing lying about, a command
 * ends as it would have.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../architecture/source-files.ts';

const entries = {
  'the server': ['packages/gateway/src/main.ts'],
  'vivim serve': ['packages/cli/src/main.ts', 'serve'],
};

it.each(Object.entries(entries))('%s ends cleanly when its reader leaves', { timeout: 60_000 }, async (_, entry) => {
  const scratch = mkdtempSync(join(tmpdir(), 'vivim-pipe-'));
  onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
  // PostgreSQL runs as another user when the tests run as root, and has to reach its own directory below this one.
  chmodSync(scratch, 0o711);
  const [dataDir, temporary] = [join(scratch, 'data'), join(scratch, 'tmp')];
  for (const path of [dataDir, temporary]) mkdirSync(path);
  chmodSync(temporary, 0o1777);
  const [main = '', ...args] = entry;
  const child = spawn(process.execPath, [join(root, main), ...args], {
    env: { ...process.env, TMPDIR: temporary, VIVIM_DATA_DIR: dataDir, VIVIM_PORT: '0', VIVIM_MODELS: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stdout.destroy();
  const [code, signal] = await once(child, 'exit');
  expect([code, signal, said]).toEqual([0, null, '']);
  // It did run, and its directories are gone.
  expect(existsSync(join(dataDir, 'keys'))).toBe(true);
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(dataDir).filter((name) => name === 'admin' || name === 'admin.sock')).toEqual([]);
});

describe('a command', () => {
  const ended = async (args: readonly string[], left: 'stdout' | 'stderr' | null) => {
    const home = mkdtempSync(join(tmpdir(), 'vivim-pipe-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    const child = spawn(process.execPath, [join(root, 'packages/cli/src/main.ts'), ...args], {
      env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_STATE_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (left !== null) child[left].destroy();
    for (const stream of [child.stdout, child.stderr]) stream.resume();
    const [code, signal] = await once(child, 'exit');
    expect(signal).toBeNull();
    return code;
  };

  it('is done where the reader of what it prints has enough', async () => {
    expect(await ended(['--help'], 'stdout')).toBe(0);
  });

  it('ends as it would, where nobody reads what it says beside that', async () => {
    const refused = await ended(['topics', '--profile', 'nobody'], null);
    expect(refused).toBe(3);
    expect(await ended(['topics', '--profile', 'nobody'], 'stderr')).toBe(refused);
  });
});
