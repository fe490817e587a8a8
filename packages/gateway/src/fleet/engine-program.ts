/**
 * What runs as an engine: which Node, with which limits, which bundle. The flags are part of its snapshot and its compile cache:
 * V8 refuses what was made under others, so the build makes both with exactly these.
 */
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedDataVersionTag } from 'node:v8';

export interface EngineProgram {
  readonly node: string;
  readonly flags: readonly string[];
  readonly entry: string;
  /** Files and directories the program reads: its code, the entry included, and nothing else. */
  readonly readable: readonly string[];
  /** Made by the build, read-only for engines: one that could write it could run code in another's process. */
  readonly compileCache: string | null;
  /** The heap of an engine that has loaded all its modules, to begin from in place of loading them. Null: they are loaded. */
  readonly snapshot: string | null;
}

/** Node's arguments that run a program, further `flags` of Node's among them. */
export const programArguments = (
  { flags, snapshot, entry }: EngineProgram,
  further: readonly string[] = [],
): string[] => [...flags, ...(snapshot === null ? [] : ['--snapshot-blob', snapshot]), ...further, entry];

/**
 * Measured, jailed and idle: a young generation of 4 MB instead of Node's 16 costs an import nothing that shows and saves 6 MB;
 * `--optimize-for-size` would save 2 MB more and make a start half as long again. The old generation is bounded so that
 * an engine stays under 400 MB whatever it reads. Within that bound the heap may double before all of it is looked through: V8 alone
 * lets so small a heap grow by a third, and an import of 40 MB then takes 6 to 9 % more of the processor (docs/adr/0056). One thread
 * beside compiles and collects, where Node would have four: on two processors they take each other's turn, and an import takes 4 %
 * longer (docs/adr/0096).
 */
export const engineFlags = [
  '--max-semi-space-size=4',
  '--max-old-space-size=256',
  '--heap-growing-percent=100',
  '--v8-pool-size=1',
] as const;

/**
 * A snapshot serves the build of Node that made it, on processors that can do as much. Node refuses one of another version; whatever
 * else may differ stands in the name, so that an engine elsewhere begins from its bundle.
 */
export const snapshotName = (): string =>
  `engine-${process.version}-${process.arch}-${statSync(process.execPath).size}-${cachedDataVersionTag()}.snapshot`;

/**
 * What `npm run build` makes.
 *
 * @param fromSnapshot false: from the bundle, also where there is a snapshot for this Node
 * @throws Error saying what to run when it was not built
 */
export function builtEngine({ fromSnapshot = true } = {}): EngineProgram {
  const bundle = fileURLToPath(new URL('../../../engine/dist/engine.mjs', import.meta.url));
  if (!existsSync(bundle)) throw new Error('The engine is not built. Run: npm run build');
  const directory = dirname(bundle);
  const compileCache = join(directory, 'cache');
  const snapshot = join(directory, snapshotName());
  const begins = fromSnapshot && existsSync(snapshot);
  return {
    node: process.execPath,
    flags: engineFlags,
    entry: begins ? join(directory, 'engine.cjs') : bundle,
    readable: [directory],
    compileCache: existsSync(compileCache) ? compileCache : null,
    snapshot: begins ? snapshot : null,
  };
}
