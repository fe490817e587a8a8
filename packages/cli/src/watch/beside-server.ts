/**
 * Watchers beside a server, one process for each profile: started when it listens, started again when they end, ended with it. Each
 * has the credentials of its profile and nothing of the server's; what they say is said on, line by line.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { watcherEnvironment } from '../config/environment.ts';
import { exitCodes } from '../output/exit-code.ts';

const main = fileURLToPath(import.meta.resolve('vivim/main'));

/** Milliseconds between starts, twice as long each time; one that ran for `steady` begins anew. */
const pauses = { first: 1_000, most: 60_000, steady: 60_000 };
/** Milliseconds a watcher is given to end before it is killed. */
const endingMs = 5_000;
/** Starting again would end the same way. */
const final: ReadonlySet<number | null> = new Set([exitCodes.usage, exitCodes.notSignedIn]);

export interface Watchers {
  readonly line: string;
  stop(): Promise<void>;
}

/** @param say told of each line, with the profile it is of */
export function watchBeside(profiles: readonly string[], url: string, say: (line: string) => void): Watchers {
  const stop = new AbortController();
  const running = profiles.map((profile) => keepWatching(profile, url, say, stop.signal));
  return {
    line: `watching ${profiles.join(', ')}: what the AI programs of this account write down comes in`,
    async stop() {
      stop.abort();
      await Promise.all(running);
    },
  };
}

async function keepWatching(
  profile: string,
  url: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let pause = pauses.first;
  while (!signal.aborted) {
    const begun = performance.now();
    const code = await watchOnce(profile, url, (line) => say(`watch ${profile}: ${line}`), signal);
    if (signal.aborted) return;
    if (final.has(code)) return say(`watch ${profile}: ended (${code}); mend it and start the server again.`);
    if (performance.now() - begun > pauses.steady) pause = pauses.first;
    say(`watch ${profile}: ended (${code}); started again in ${pause / 1000} s.`);
    await wait(pause, undefined, { signal }).catch(() => {});
    pause = Math.min(pauses.most, pause * 2);
  }
}

/** @returns its exit code; null where a signal ended it, or it could not be started */
async function watchOnce(
  profile: string,
  url: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<number | null> {
  // The channel says nothing: its end tells the watcher that the server is gone, however it went.
  const child = spawn(process.execPath, [main, 'watch', '--service', '--profile', profile, '--server', url], {
    env: watcherEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', say);
  const end = () => endGently(child);
  signal.addEventListener('abort', end, { once: true });
  try {
    return await new Promise<number | null>((resolve) => {
      child.once('exit', resolve);
      child.once('error', () => resolve(null));
    });
  } finally {
    signal.removeEventListener('abort', end);
  }
}

function endGently(child: ChildProcess): void {
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), endingMs);
  child.once('exit', () => clearTimeout(impatience));
}
