/** Questions to the person at the terminal, and the same answers from a program. Asks on standard error; echoes no secret. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CliError } from '../cli-error.ts';
import type { World } from '../world.ts';

const interrupted = () => new CliError('interrupted', 'Interrupted; nothing was done.');

async function line(world: World, question: string, hidden: boolean, signal?: AbortSignal): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({
    input: world.stdin,
    output: hidden ? nowhere : world.stderr,
    terminal: true,
    historySize: 0,
    ...(signal === undefined ? {} : { signal }),
  });
  // Only now does the terminal show nothing by itself: what is typed ahead would be seen.
  world.stderr.write(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      terminal.once('line', resolve);
      terminal.once('SIGINT', () => reject(interrupted()));
      terminal.once('close', () => reject(interrupted()));
    });
  } finally {
    terminal.close();
    if (hidden) world.stderr.write('\n');
  }
}

/** What nobody looking over a shoulder should read. A program sends it on standard input. @param signal takes the question back */
export const askSecret = (world: World, question: string, signal?: AbortSignal): Promise<string> =>
  world.stdin.isTTY ? line(world, question, true, signal) : text(world.stdin);

/** One line, shown as it is typed. @throws CliError `usage` without a terminal, with what to write instead */
export async function askLine(world: World, question: string, instead: string): Promise<string> {
  if (!world.stdin.isTTY) throw new CliError('usage', instead);
  return (await line(world, question, false)).trim();
}

/** Yes or no; anything but a yes is a no. @throws CliError `usage` without a terminal, with what to write instead */
export async function confirm(world: World, question: string, instead: string): Promise<boolean> {
  return /^y(es)?$/i.test(await askLine(world, `${question} [y/N] `, instead));
}
