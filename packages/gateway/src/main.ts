/**
 * The server as a program: configuration in, a line about where it is out, an orderly end on the first signal.
 * Further signals are swallowed, because a terminal and npm both pass Ctrl-C on.
 */
import type { JailLevel } from '@vivim/contract/health';
import { type RunningGateway, startGateway } from './app.ts';
import { type Config, ConfigError, type ConfigFlags, loadConfig } from './config/config.ts';
import { describeFailure } from './http/describe-failure.ts';
import type { AskSecret } from './keys/kek-passphrase.ts';

const walls: Readonly<Record<JailLevel, string>> = {
  bubblewrap: 'each walled in by the kernel (bubblewrap)',
  landlock: 'each walled in by the kernel (Landlock and a filter of system calls)',
  'node-permission':
    "held by Node's permission model alone, which does not stop hostile code (docs/guide/operating.md tells how to get a real wall)",
  none: 'NOT walled in: run only people you trust on this server (unset VIVIM_JAIL for a wall)',
};

function announce(config: Config, running: RunningGateway, beside: Beside | null): string {
  const { mode, jail } = running.health();
  return [
    `VIVIM is at ${running.url}`,
    `  data     ${config.dataDir}`,
    `  master   ${running.master === 'embedded' ? 'PostgreSQL of its own, under the data directory' : 'the PostgreSQL of VIVIM_MASTER_URL'}`,
    `  engines  ${mode === 'dedicated' ? 'one process for each active person' : 'a few processes shared by many people'}, ${walls[jail]}`,
    ...(running.metricsUrl === null ? [] : [`  metrics  ${running.metricsUrl}`]),
    ...(beside === null ? [] : [`  ${beside.line}`]),
    'Ctrl-C stops it.',
    '',
  ].join('\n');
}

/** What runs beside a server, from when it listens until it stops. */
export interface Beside {
  /** A line for whoever started it. */
  readonly line: string;
  stop(): Promise<void>;
}

/** The reader of what we print has left (`npm start | head -1`), or the terminal is gone. */
const readerLeft: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EIO']);

/** The first signal, the end of a launcher that speaks to us over IPC, or of whoever read what we print. */
function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    process.on('disconnect', () => resolve());
    for (const stream of [process.stdout, process.stderr]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        if (!readerLeft.has(error.code)) throw error;
        resolve();
      });
    }
  });
}

/**
 * Nobody caught it, so the server ends, as Node would end it; but Node would print what the error says, and that may quote a
 * person or a statement's values.
 */
function endOnUncaught(): void {
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${JSON.stringify({ level: 60, ...describeFailure(error), msg: 'uncaught' })}\n`);
    process.exit(1);
  });
}

/**
 * Runs the server until it is told to stop.
 *
 * @param askSecret asks whoever sits at the terminal; without it nobody does
 * @param startBeside is told where the server is once it listens
 * @throws ConfigError or Error in words for the operator when it cannot start
 */
export async function serve(
  flags: ConfigFlags = {},
  askSecret?: AskSecret,
  startBeside: (url: string) => Beside | null = () => null,
): Promise<void> {
  const asked = untilAskedToStop();
  const config = loadConfig(flags);
  endOnUncaught();
  // Asked for a passphrase, an operator may end the server instead.
  const stopping = new AbortController();
  void asked.then(() => stopping.abort());
  const ask: AskSecret | undefined = askSecret && ((question) => askSecret(question, stopping.signal));
  const running = await startGateway(config, ask === undefined ? {} : { askSecret: ask });
  const beside = startBeside(running.url);
  process.stdout.write(announce(config, running, beside));
  await asked;
  process.stdout.write('Stopping …\n');
  await beside?.stop();
  await running.close();
  process.stdout.write('Stopped.\n');
}

if (import.meta.main) {
  try {
    await serve();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'The server could not start.'}\n`);
    process.exit(error instanceof ConfigError ? 78 : 1);
  }
}
