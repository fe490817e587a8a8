/**
 * Where the checkout lies, and how its scripts speak to the person: plain lines on standard error.
 * Plain JavaScript for Node 20 without node_modules. Never prints to standard output, which belongs to the command.
 */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The directory of the root package.json. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

export const within = (...parts) => path.join(root, ...parts);

export const say = (line) => process.stderr.write(`${line}\n`);

/** What stands between a person and the running program; its message says what to do. */
export class SetupError extends Error {}

/**
 * Says who may not write what, before a tool fails on it half-way.
 *
 * @param directories absolute paths; of one that does not exist yet, the nearest parent that does is asked
 * @throws SetupError
 */
export function assertWritable(directories, wanted) {
  for (const directory of directories) {
    let place = directory;
    while (!existsSync(place)) place = path.dirname(place);
    try {
      accessSync(place, constants.W_OK);
    } catch (error) {
      if (error.code === 'EROFS') throw new SetupError(`${wanted}, but ${place} is on a read-only file system.`);
      const owner = statSync(place).uid;
      throw new SetupError(
        `${wanted}, but this user (uid ${process.getuid?.() ?? 'unknown'}) may not write ${place}, which belongs to uid ${owner}.\n` +
          'Run `npm run build` once as that user and start again, or use a checkout of your own.',
      );
    }
  }
}
