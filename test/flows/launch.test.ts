/** The launcher under `npm start` and `vivim`: what it runs gets its signals, and it gives back what that ended with. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const launch = pathToFileURL(path.join(root, 'scripts/bootstrap/launch.mjs')).href;

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'vivim-launch-'));
});
afterEach(() => rmSync(scratch, { recursive: true }));

/** A launcher that runs `program` with this Node, and is ready when the program has said so. */
async function launched(program: string): Promise<ChildProcess> {
  const script = `
    const { main, run } = await import(${JSON.stringify(launch)});
    await main(() => run(process.execPath, ['-e', ${JSON.stringify(program)}]));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

const exitOf = async (child: ChildProcess): Promise<unknown> => (await once(child, 'exit'))[0];

describe('launcher', () => {
  it('ends with the code of what it ran', async () => {
    const child = await launched('console.log("ready"); process.exitCode = 7;');
    expect(await exitOf(child)).toBe(7);
  });

  it('says which signal ended it', async () => {
    const child = await launched('console.log("ready"); process.kill(process.pid, "SIGKILL");');
    expect(await exitOf(child)).toBe(128 + 9);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('passes %s on and waits for the end', async (signal) => {
    const child = await launched(
      `process.on(${JSON.stringify(signal)}, () => setTimeout(() => process.exit(9), 100)); setInterval(() => {}, 1e6); console.log("ready");`,
    );
    child.kill(signal);
    expect(await exitOf(child)).toBe(9);
  });

  it('leaves nothing behind when it is killed', async () => {
    const ended = path.join(scratch, 'ended');
    const child = await launched(
      `process.on("disconnect", () => { require("node:fs").writeFileSync(${JSON.stringify(ended)}, ""); process.exit(); }); console.log("ready");`,
    );
    child.kill('SIGKILL');
    await expect.poll(() => existsSync(ended)).toBe(true);
  });

  it('explains itself when it does not know the command', async () => {
    const child = spawn(process.execPath, [path.join(root, 'scripts/run.mjs'), 'nonsense'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    expect(await exitOf(child)).toBe(1);
    expect(said).toContain('Usage: node scripts/run.mjs test|check|build');
  });
});
