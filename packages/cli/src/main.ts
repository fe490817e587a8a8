/** The process behind `vivim`: the real streams, the real clock, and an exit code. Never decides anything. */
import { enableCompileCache } from 'node:module';
import { systemClock } from '@vivim/contract/clock';
import { systemCode } from './cli-error.ts';
import { compileCacheDirectory, readEnvironment } from './config/environment.ts';

// Most of a short command is compiling: what comes after this line is compiled once (0.37 s to 0.18 s of CPU).
enableCompileCache(compileCacheDirectory());
const { runCli } = await import('./run-cli.ts');

const readerLeft = (error: Error): void => {
  if (systemCode(error) !== 'EPIPE') throw error;
};
// The reader of a pipe may leave early (`vivim search … | head -1`); that is no failure. A server listens itself, because it
// has more to do before it ends.
process.stdout.on('error', (error) => {
  readerLeft(error);
  if (process.stdout.listenerCount('error') === 1) process.exit(0);
});
// What is said beside it is for nobody then (`2>&1 | head -1`); what the command is for goes on.
process.stderr.on('error', readerLeft);

process.exitCode = await runCli(process.argv.slice(2), {
  environment: readEnvironment(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  clock: systemClock,
});

// The launcher's channel would keep a stopped server alive.
if (process.connected) process.disconnect();
