/**
 * Runs a program with the Node that was found: in this process when it will do, else as a child that gets our
 * signals, our streams and our end. Plain JavaScript for Node 20.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SetupError, say } from './checkout.mjs';
import { assertRuns } from './runtime.mjs';

/** Becomes the program `entry`. Without a second process where possible: nothing to forward, nothing to leave behind. */
export async function become(node, entry, args) {
  if (node !== process.execPath) return run(node, [entry, ...args]);
  process.argv = [node, entry, ...args];
  await import(pathToFileURL(entry).href);
  return undefined;
}

/**
 * Runs `node args…` to its end. The channel tells the child when this process dies without a word, so that a server
 * does not outlive the terminal it was started in.
 *
 * @returns its exit code; 128 + the signal's number when a signal ended it
 */
export function run(node, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, {
      ...options,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` },
    });
    const forward = (signal) => {
      // A terminal gives Ctrl-C to the whole group, the child included: a second one would read as impatience.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    child.once('error', (error) => {
      try {
        assertRuns(node);
        reject(error);
      } catch (reason) {
        reject(reason);
      }
    });
    child.once('exit', (code, signal) => {
      for (const each of signals) process.off(each, forward);
      resolve(code ?? 128 + (constants.signals[signal] ?? 1));
    });
  });
}

/**
 * npm runs scripts through a shell that dies of a signal without passing it on, and leaves its child running. Who
 * started npm and ended it wants the program to end: it gets the signal npm did not deliver.
 */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  look.unref();
}

/** Runs a script's main function: its number is the exit code, a SetupError its sentence. */
export async function main(work) {
  endWithNpm();
  try {
    const code = await work();
    if (code !== undefined) process.exitCode = code;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`\n${error.message}`);
    process.exitCode = 1;
  }
}
