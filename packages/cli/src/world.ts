/** Everything a command touches outside itself, handed in: tests and the demo run commands in one process. */
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '@vivim/contract/clock';
import type { Environment } from './config/environment.ts';

export interface World {
  readonly environment: Environment;
  /** What the person types, or a program sends. */
  readonly stdin: Readable & { isTTY?: boolean; setRawMode?(on: boolean): unknown };
  /** Results, and nothing else. */
  readonly stdout: Writable & { isTTY?: boolean };
  /** What is said to the person: progress, remarks, errors. */
  readonly stderr: Writable & { isTTY?: boolean };
  readonly clock: Clock;
  /** `--verbose`: errors say their trace, whoever is at fault. */
  readonly verbose?: boolean;
}

/** Options every command takes. */
export interface GlobalOptions {
  readonly profile?: string;
  readonly server?: string;
  readonly json?: true;
  readonly verbose?: true;
}

export const profileName = (world: World, options: GlobalOptions): string =>
  options.profile ?? world.environment.profile;

/** The server asked for by option or environment; undefined leaves the choice to the profile. */
export const serverAsked = (world: World, options: GlobalOptions): string | undefined =>
  options.server ?? world.environment.server;
