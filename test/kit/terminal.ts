/** People at terminals: the `vivim` command run in this process, with streams and a directory of profiles of its own. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { systemClock } from '@vivim/contract/clock';
import { onTestFinished } from 'vitest';
import type { Environment } from 'vivim/config/environment';
import { runCli } from 'vivim/run-cli';
import type { z } from 'zod';
import { seenOn } from './heard.ts';

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Typing {
  /** What comes in on standard input. */
  readonly stdin?: string;
  /** Whether a person sits there: questions are asked, and `stdin` is what they type. */
  readonly tty?: boolean;
  /** `VIVIM_TOKEN`. */
  readonly token?: string;
}

/** A command under way. */
export interface Running {
  /** Resolves with what `pattern` matches first on either stream. */
  seen(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Run>;
}

export interface Terminal {
  readonly directory: string;
  start(args: readonly string[], typing?: Typing): Running;
  run(args: readonly string[], typing?: Typing): Promise<Run>;
  /** Runs with `--json` and reads the result by its schema. @throws Error with what it said where it fails */
  read<T extends z.ZodType>(args: readonly string[], schema: T, typing?: Typing): Promise<z.output<T>>;
  /** The profile file as it stands. */
  profile(name?: string): Record<string, unknown>;
}

/** A command typed in surroundings that are its own; what would end a process ends nothing here. */
export function typeCommand(
  args: readonly string[],
  environment: Environment,
  { stdin, tty = false }: Omit<Typing, 'token'> = {},
): Running {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const seen = seenOn(streams.stdout, streams.stderr);
  const all = Promise.all([text(streams.stdout), text(streams.stderr)]);
  if (tty) streams.stdin.write(stdin ?? '');
  else streams.stdin.end(stdin ?? '');
  const ended = runCli(args, {
    environment,
    clock: systemClock,
    stdin: Object.assign(streams.stdin, { isTTY: tty }),
    stdout: Object.assign(streams.stdout, { isTTY: tty }),
    stderr: streams.stderr,
  }).then(async (code) => {
    streams.stdout.end();
    streams.stderr.end();
    const [stdout, stderr] = await all;
    return { code, stdout, stderr };
  });
  return { seen: (pattern) => seen(pattern, ended), ended };
}

/** @param profile the one it uses unless a command names another; its directory is gone with `remove` */
export function openTerminal(url: string, profile = 'default'): Terminal & { remove(): void } {
  const directory = mkdtempSync(path.join(tmpdir(), 'vivim-terminal-'));
  const environment = {
    profile,
    server: url,
    configDirectory: directory,
    stateDirectory: directory,
    home: directory,
    programHomes: {},
  };
  const start: Terminal['start'] = (args, { token, ...typing } = {}) =>
    typeCommand(args, { ...environment, token }, typing);
  const run: Terminal['run'] = (args, typing) => start(args, typing).ended;
  return {
    directory,
    start,
    run,
    async read(args, schema, typing) {
      const { code, stdout, stderr } = await run([...args, '--json'], typing);
      if (code !== 0) throw new Error(`vivim ${args.join(' ')} ended with ${code}: ${stderr}`);
      return schema.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
    },
    profile: (name = profile) =>
      JSON.parse(readFileSync(path.join(directory, 'profiles', `${name}.json`), 'utf8')) as Record<string, unknown>,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** One for a single test. */
export function atTerminal(url: string, profile = 'default'): Terminal {
  const terminal = openTerminal(url, profile);
  onTestFinished(terminal.remove);
  return terminal;
}
