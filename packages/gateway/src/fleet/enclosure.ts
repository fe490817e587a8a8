/** What a wall around an engine is, whichever it is, and what one is let near. Never decides which wall, and knows no way to build one. */
import type { JailLevel } from '@vivim/contract/health';
import type { EngineProgram } from './engine-program.ts';

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

/** A wall that was tried: it holds, or why it does not, in words for the operator. */
export type Probe = { readonly jail: Jail } | { readonly jail: null; readonly reason: string };

/** All an engine finds in its environment. It holds no secret, under any wall. */
export const engineEnvironment = (program: EngineProgram): Record<string, string> =>
  program.compileCache === null ? {} : { NODE_COMPILE_CACHE: program.compileCache };
