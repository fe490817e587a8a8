/** A real server for tests: the gateway's own entry in a process of its own, on a throw-away data directory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../architecture/source-files.ts';
import { copyCluster } from './prepared.ts';

export interface TestServer {
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything it printed so far, log lines included. */
  readonly output: () => string;
  /** Stop it as Ctrl-C does and wait until it is gone; the data directory is removed unless it is to be kept. */
  stop(options?: { keep?: boolean }): Promise<void>;
}

export interface TestServerOptions {
  /** `VIVIM_*` settings beside the kit's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Start on what an earlier server left. */
  readonly dataDir?: string;
}

const startLimitMs = 60_000;

/** @returns once the server answers. @throws Error with all it printed when it does not come up */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'vivim-server-'));
  if (options.dataDir === undefined) copyCluster(dataDir);
  // PostgreSQL runs as another user when the tests run as root, and has to reach its own directory below this one.
  chmodSync(dataDir, 0o711);
  const child = spawn(process.execPath, [join(root, 'packages/gateway/src/main.ts')], {
    env: {
      ...process.env,
      VIVIM_DATA_DIR: dataDir,
      VIVIM_PORT: '0',
      VIVIM_CHALLENGES_PER_MINUTE: '0',
      VIVIM_FAILED_VERIFIES: '0',
      VIVIM_LOG: 'info',
      ...options.env,
    },
    // The channel says nothing; its end tells the server that whoever started it is gone.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      output += text;
    });
  }
  // Behind a proxy it announces a name of the proxy's; it is reached on its own port.
  const own = options.env?.VIVIM_ORIGIN === undefined ? null : `http://localhost:${options.env.VIVIM_PORT}`;
  const url = await announcedUrl(child, () => output, own);
  return {
    url,
    dataDir,
    pid: child.pid ?? 0,
    output: () => output,
    async stop({ keep = false } = {}) {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGINT');
        await gone;
      }
      if (!keep) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function announcedUrl(child: ChildProcess, output: () => string, own: string | null): Promise<string> {
  const deadline = Date.now() + startLimitMs;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    const url = own ?? /https?:\/\/[\w.-]+:\d+/.exec(output())?.[0];
    if (
      url !== undefined &&
      (await fetch(`${url}/v1/health`).then(
        (r) => r.ok,
        () => false,
      ))
    )
      return url;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`The server did not come up. It printed:\n${output()}`);
}
