/**
 * The arguments of an npm script of ours. What makes no sense to it is said in one line, and the script ends with 2; `--help` never
 * comes this far, run.mjs answers it. For scripts alone: the `vivim` command has its own.
 */
import { type ParseArgsConfig, parseArgs } from 'node:util';

const script = process.env.npm_lifecycle_event ?? 'NAME';

/** @param line what was wrong, as a sentence */
export function refuse(line: string): never {
  process.stderr.write(`${line} See: npm run ${script} -- --help\n`);
  process.exit(2);
}

/** As `parseArgs` of Node reads them, where they can be read. */
export function readArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    // The second sentence of Node is about files that begin with a dash.
    return refuse(error instanceof Error ? `${error.message.split(/\.(?:\s|$)/)[0]}.` : 'The arguments make no sense.');
  }
}
