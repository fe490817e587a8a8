/**
 * The wall around an engine, and how strong it is here: decided once at start by trying, never assumed.
 * Never weakens itself while running, and never starts below what the operator demands.
 */
import type { JailLevel } from '@vivim/contract/health';
import { bubblewrapPlaces, probeBubblewrap } from './bubblewrap.ts';
import type { EngineProgram } from './engine-program.ts';
import { permissionJail } from './node-permission.ts';

/** What one engine process is let near, beside its own program. */
export interface Surroundings {
  /** The directory of the space; in pooled mode the tree of all spaces. Read and write. */
  readonly spaces: string;
  /** Where its sockets lie. Read and write. */
  readonly sockets: string;
  /** Where the models process listens. Read only. */
  readonly models: string | null;
}

/** A program ready to be spawned, and what the paths outside are called inside. */
export interface Enclosure {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  inside(path: string): string;
}

export interface Jail {
  readonly level: JailLevel;
  enclose(program: EngineProgram, surroundings: Surroundings): Enclosure;
}

export type JailDemand = 'auto' | 'require' | 'off';

/**
 * The strongest wall that holds here.
 *
 * @param places where bubblewrap may lie
 * @throws Error saying what is missing and how to get it, when the operator demands bubblewrap and it does not work
 */
export async function chooseJail(demand: JailDemand, program: EngineProgram, places = bubblewrapPlaces): Promise<Jail> {
  if (demand === 'off') return openDoor;
  const probed = await probeBubblewrap(program, places);
  if (probed.jail !== null) return probed.jail;
  if (demand === 'auto') return permissionJail;
  throw new Error(
    `VIVIM_JAIL=require, but bubblewrap does not work here: ${probed.reason}\n` +
      'Install it (Debian, Ubuntu: apt-get install bubblewrap), allow unprivileged user namespaces, or set VIVIM_JAIL=auto.',
  );
}

/** No wall but the process itself. For development on machines without any other. */
const openDoor: Jail = {
  level: 'none',
  enclose: (program) => ({
    file: program.node,
    args: [...program.flags, program.entry],
    env: engineEnvironment(program),
    inside: (path) => path,
  }),
};

/** All an engine finds in its environment. It holds no secret, under any wall. */
export const engineEnvironment = (program: EngineProgram): Record<string, string> =>
  program.compileCache === null ? {} : { NODE_COMPILE_CACHE: program.compileCache };
