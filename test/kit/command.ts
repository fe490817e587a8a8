/**
 * The `vivim` command with profiles in a folder of its own: in this process, or as a process of its own, which costs a third of a
 * second before it begins and is for what is killed, run at once, or reads the environment of a server.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { readEnvironment } from 'vivim/config/environment';
import type { z } from 'zod';
import { root } from '../architecture/source-files.ts';
import { seenOn } from './heard.ts';
import { typeCommand } from './terminal.ts';

const main = join(root, 'packages/cli/src/main.ts');

export interface CommandRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  /** Where profiles lie. */
  readonly config: string;
  readonly server: string;
  readonly profile: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A command under way. */
export interface RunningCommand {
  /** Resolves with what `pattern` matches first on either stream. */
  seen(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<CommandRun>;
  stop(signal: NodeJS.Signals): void;
}

const variablesOf = ({ config, server, profile, env = {} }: Surroundings): NodeJS.ProcessEnv => ({
  ...process.env,
  XDG_CONFIG_HOME: config,
  XDG_CACHE_HOME: config,
  XDG_STATE_HOME: join(config, 'state'),
  VIVIM_PROFILE: profile,
  VIVIM_SERVER: server,
  ...env,
});

/** As a process of its own. */
export function startCommand(args: readonly string[], surroundings: Surroundings): RunningCommand {
  const child = spawn(process.execPath, [main, ...args], { env: variablesOf(surroundings) });
  child.stdin.end(surroundings.stdin ?? '');
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  const seen = seenOn(child.stdout, child.stderr);
  const ended = Promise.all([text(child.stdout), text(child.stderr), code]).then(([stdout, stderr, ended]) => ({
    code: ended,
    stdout,
    stderr,
  }));
  return {
    seen: (pattern) => seen(pattern, ended),
    ended,
    stop: (signal) => void child.kill(signal),
  };
}

/** In this process: of the environment it sees what a command reads of it, not what a server does. */
export const runCommand = (args: readonly string[], surroundings: Surroundings): Promise<CommandRun> => {
  const variables = variablesOf(surroundings);
  const environment = readEnvironment(variables);
  const { stdin = '' } = surroundings;
  return typeCommand(args, { ...environment, home: variables.HOME ?? environment.home }, { stdin }).ended;
};

/** As a process of its own, to its end. */
export const runProcess = (args: readonly string[], surroundings: Surroundings): Promise<CommandRun> =>
  startCommand(args, surroundings).ended;

/** What a command that was asked for JSON says. It ended well. */
export function answerOf<T extends z.ZodType>(schema: T, { code, stdout, stderr }: CommandRun): z.output<T> {
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  return schema.parse(JSON.parse(stdout));
}
