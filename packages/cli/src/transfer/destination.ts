/** Whether a file can be put where a person said, asked before anything is fetched. Writes nothing. */
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { CliError, systemCode } from '../cli-error.ts';

/** @throws CliError `already_there` where something has the name, `usage` where nothing can be written under it */
export function assertFree(file: string): void {
  const there = statSync(file, { throwIfNoEntry: false });
  if (there?.isDirectory()) throw new CliError('usage', `${file} is a folder: name a file in it.`);
  if (there !== undefined)
    throw new CliError('already_there', `${file} is there already and is not replaced. Name another file.`);
  const folder = path.dirname(path.resolve(file));
  try {
    if (!statSync(folder).isDirectory()) throw new CliError('usage', `${file}: ${folder} is not a folder.`);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError('usage', inWords(file, folder, systemCode(error)), { cause: error });
  }
}

function inWords(file: string, folder: string, code: string | undefined): string {
  if (code === 'ENOENT') return `${file}: there is no folder ${folder}. Make it first, or name another file.`;
  if (code === 'EACCES' || code === 'EROFS') return `${file}: nothing can be written to ${folder}.`;
  return `${file} cannot be written (${code}).`;
}
