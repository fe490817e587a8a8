/**
 * The files of a folder on disk that is given to be imported, always in the same order, by the rule that pages go by too. Follows
 * no link, and names what it leaves out. Opens a file only when its bytes are asked for.
 */
import { constants, createReadStream } from 'node:fs';
import { access, lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { byName, judgeName, leftOutWords } from '@vivim/contract/folder/folder-rule';
import type { FolderFile } from '@vivim/contract/folder/folder-zip';
import { CliError, systemCode } from '../cli-error.ts';

export interface FolderFiles {
  /** By name. */
  readonly files: readonly FolderFile[];
  /** What was passed over though a person might miss it, one line each: its name and why. */
  readonly left: readonly string[];
}

/** @throws what the system says where the folder itself cannot be read */
export async function folderFiles(folder: string): Promise<FolderFiles> {
  const files: FolderFile[] = [];
  const left: string[] = [];
  const leave = (name: string, why: string) => void left.push(`${name}: ${why}`);

  async function look(within: string): Promise<void> {
    for (const entry of await readdir(path.join(folder, within), { withFileTypes: true })) {
      const verdict = judgeName(entry.name);
      if (verdict === 'pass-over') continue;
      const name = within === '' ? entry.name : `${within}/${entry.name}`;
      if (verdict !== 'take') leave(name, leftOutWords[verdict]);
      else if (entry.isSymbolicLink()) leave(name, leftOutWords.link);
      else if (entry.isDirectory()) await look(name).catch((error: unknown) => leave(name, unreadable(error)));
      else if (entry.isFile()) await take(name).catch((error: unknown) => leave(name, unreadable(error)));
    }
  }

  async function take(name: string): Promise<void> {
    const file = path.join(folder, name);
    const { size, mtimeMs } = await lstat(file);
    await access(file, constants.R_OK);
    if (size === 0) return leave(name, leftOutWords.empty);
    files.push({ name, size, mtimeMs, open: () => bytesOf(file, size) });
  }

  await look('');
  return { files: files.sort((a, b) => byName(a.name, b.name)), left: left.sort(byName) };
}

/** @throws CliError `input` where the system does not give them */
async function* bytesOf(file: string, size: number): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { end: size - 1 }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new CliError('input', `${file}: It cannot be read (${systemCode(error)}).`, { cause: error });
  }
}

export const gotShorter = (folder: string) => (file: FolderFile) =>
  new CliError('input', `${path.join(folder, file.name)}: It got shorter while it was sent.`);

const unreadable = (error: unknown): string => `it cannot be read (${systemCode(error) ?? String(error)})`;
