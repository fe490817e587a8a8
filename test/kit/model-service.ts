/** A service that answers like OpenAI's and Anthropic's, in a process of its own: aimock with fixtures, and keys it lets in. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../architecture/source-files.ts';

export interface ModelService {
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly url: string;
  /** Requests it had, newest last. */
  journal(): Promise<readonly { readonly path: string; readonly body: Record<string, unknown> }[]>;
  stop(): Promise<void>;
}

const startLimitMs = 20_000;

/** @throws Error with all it printed when it does not come up */
export async function startModelService(fixtures: readonly object[], keys: readonly string[]): Promise<ModelService> {
  const directory = mkdtempSync(join(tmpdir(), 'vivim-models-'));
  const file = join(directory, 'fixtures.json');
  writeFileSync(file, JSON.stringify({ fixtures }));
  const program = join(root, 'node_modules/@copilotkit/aimock/dist/cli.js');
  const child = spawn(process.execPath, [program, '-p', '0', '-f', file], {
    env: { PATH: process.env.PATH ?? '', AIMOCK_API_KEYS: keys.join(',') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const deadline = Date.now() + startLimitMs;
  let host: string | undefined;
  while (host === undefined && Date.now() < deadline && child.exitCode === null) {
    host = /listening on http:\/\/([\d.]+:\d+)/.exec(output)?.[1];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  if (host === undefined) {
    child.kill('SIGKILL');
    throw new Error(`The service did not come up. It printed:\n${output}`);
  }
  const url = `http://${host}`;
  return {
    host,
    url,
    journal: async () => {
      const answer = await fetch(`${url}/__aimock/journal`, { headers: { authorization: `Bearer ${keys[0]}` } });
      return (await answer.json()) as Awaited<ReturnType<ModelService['journal']>>;
    },
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
