/**
 * The models process: one for all, text in and vectors out over a unix socket, stores nothing. Started with the fleet,
 * restarted when it dies; everything else works without it. Never given a key, a space or an identity.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModelsHealth as Answer, modelsHealthPath } from '@vivim/contract/models';
import { Client } from 'undici';
import { logEngineLine } from './engine-log.ts';
import type { FleetLog } from './fleet-log.ts';
import { readLines } from './lines.ts';

export interface ModelsProgram {
  readonly node: string;
  readonly entry: string;
}

export interface ModelsHealth {
  readonly status: 'ok' | 'down';
  readonly embedder: string | null;
}

export interface ModelsProcess {
  /** The directory to let engines see, and the socket in it. */
  readonly directory: string;
  readonly socketPath: string;
  /** As last seen; asked again in the background. */
  health(): ModelsHealth;
  close(): Promise<void>;
}

const down: ModelsHealth = { status: 'down', embedder: null };
const askEveryMs = 5_000;
const longestWaitMs = 60_000;
const graceMs = 3_000;

/** So many unanswered questions in a row mean it hangs: it is killed, and started again. */
const mostSilences = 12;

/** The models package run from source. Null where it is not there: the server then works without vectors. */
export function sourceModels(): ModelsProgram | null {
  const entry = fileURLToPath(new URL('../../../models/src/main.ts', import.meta.url));
  return existsSync(entry) ? { node: process.execPath, entry } : null;
}

/** @param directory a fresh private one for the socket */
export function startModels(program: ModelsProgram, directory: string, log: FleetLog): ModelsProcess {
  const socketPath = join(directory, 's');
  const client = new Client('http://models', { socketPath, headersTimeout: askEveryMs, bodyTimeout: askEveryMs });
  let child: ChildProcess | null = null;
  let seen = down;
  let deaths = 0;
  let silences = 0;
  let closing = false;
  let retry: NodeJS.Timeout | undefined;

  const start = async () => {
    await rm(socketPath, { force: true });
    if (closing) return;
    const started = spawn(program.node, [program.entry, '--socket', socketPath], {
      env: {},
      stdio: 'pipe',
      detached: true,
    });
    child = started;
    started.stdin.on('error', () => {});
    started.stdout.resume();
    readLines(started.stderr, (line) => logEngineLine(log, 'models', line));
    const ended = () => {
      if (child !== started) return;
      child = null;
      seen = down;
      silences = 0;
      if (closing) return;
      deaths += 1;
      log.warn({ attempt: deaths }, 'models.gone');
      retry = setTimeout(start, Math.min(longestWaitMs, 500 * 2 ** Math.min(deaths, 10)));
      retry.unref();
    };
    started.once('error', ended);
    started.once('close', ended);
  };

  const ask = async () => {
    if (child === null) return;
    try {
      const { statusCode, body } = await client.request({ method: 'GET', path: modelsHealthPath });
      const answer = Answer.safeParse(await body.json());
      seen = statusCode === 200 && answer.success ? { status: 'ok', embedder: answer.data.embedder } : down;
      if (seen.status === 'ok') [deaths, silences] = [0, 0];
    } catch {
      seen = down;
      silences += 1;
      if (silences >= mostSilences) child?.kill('SIGKILL');
    }
  };

  void start();
  const asking = setInterval(ask, askEveryMs);
  asking.unref();
  // The first answers are awaited more eagerly, so that the health page is right soon after the start.
  const eager = [300, 1_000, 2_000].map((ms) => setTimeout(ask, ms).unref());

  return {
    directory,
    socketPath,
    health: () => seen,
    async close() {
      closing = true;
      clearInterval(asking);
      for (const timer of [...eager, retry]) clearTimeout(timer);
      await client.destroy();
      if (child !== null) await end(child);
    },
  };
}

/** It ends when its standard input does; after the grace it is killed. */
async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  child.stdin?.end();
  const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await gone;
  clearTimeout(killer);
}
