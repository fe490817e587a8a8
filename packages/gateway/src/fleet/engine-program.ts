/**
 * What runs as an engine: which Node, with which limits, which bundle. The flags are part of the bundle's compile cache:
 * V8 refuses a cache made under others, so the build warms it with exactly these.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface EngineProgram {
  readonly node: string;
  readonly flags: readonly string[];
  readonly entry: string;
  /** Files and directories the program reads: its code, the entry included, and nothing else. */
  readonly readable: readonly string[];
  /** Made by the build, read-only for engines: one that could write it could run code in another's process. */
  readonly compileCache: string | null;
}

/**
 * Measured, jailed and idle: a young generation of 4 MB instead of Node's 16 costs an import nothing that shows and saves 6 MB;
 * `--optimize-for-size` would save 2 MB more and make a start half as long again. The old generation is bounded so that
 * an engine stays under 400 MB whatever it reads. Within that bound the heap may double before all of it is looked through: V8 alone
 * lets so small a heap grow by a third, and an import of 40 MB then takes 6 to 9 % more of the processor (docs/adr/0056).
 */
export const engineFlags = [
  '--max-semi-space-size=4',
  '--max-old-space-size=256',
  '--heap-growing-percent=100',
] as const;

/** The bundle that `npm run build` makes. @throws Error saying what to run when it was not built */
export function builtEngine(): EngineProgram {
  const entry = fileURLToPath(new URL('../../../engine/dist/engine.mjs', import.meta.url));
  if (!existsSync(entry)) throw new Error('The engine is not built. Run: npm run build');
  const compileCache = join(dirname(entry), 'cache');
  return {
    node: process.execPath,
    flags: engineFlags,
    entry,
    readable: [dirname(entry)],
    compileCache: existsSync(compileCache) ? compileCache : null,
  };
}
