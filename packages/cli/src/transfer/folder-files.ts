/**
 * The files of a folder that is given to be imported, always in the same order. Follows no link, takes nothing a system or a
 * program keeps for itself (sign-ins above all), and names what it leaves out. Reads no file.
 */
import { constants } from 'node:fs';
import { access, lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from '../cli-error.ts';

export interface FolderFile {
  /** Within the folder, with `/` between its parts. */
  readonly name: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly mtime: Date;
}

export interface FolderFiles {
  /** By name. */
  readonly files: readonly FolderFile[];
  /** What was passed over though a person might miss it, one line each: its name and why. */
  readonly left: readonly string[];
}

/** What systems leave in every folder, and version control keeps. */
const systemNames =
  /^(?:\.DS_Store|\._.*|\.localized|\.Spotlight-V100|\.Trashes|\.fseventsd|__MACOSX|Thumbs\.db|desktop\.ini|\.git|node_modules)$/i;
/** The sign-ins of Claude Code, Codex and Gemini CLI lie right beside their sessions. */
const signInNames = /^(?:\.credentials\.json|auth\.json|oauth_creds\.json|\.env(?:\..*)?|id_(?:rsa|ed25519|ecdsa))$/i;

/** @throws what the system says where the folder itself cannot be read */
export async function folderFiles(folder: string): Promise<FolderFiles> {
  const files: FolderFile[] = [];
  const left: string[] = [];
  const leave = (name: string, why: string) => void left.push(`${name}: ${why}`);

  async function look(within: string): Promise<void> {
    for (const entry of await readdir(path.join(folder, within), { withFileTypes: true })) {
      if (systemNames.test(entry.name)) continue;
      const name = within === '' ? entry.name : `${within}/${entry.name}`;
      if (signInNames.test(entry.name)) leave(name, 'its name says that it holds a sign-in or keys');
      else if (entry.isSymbolicLink()) leave(name, 'a link, which is not followed');
      else if (name.includes('\\')) leave(name, 'a zip cannot hold this name');
      else if (entry.isDirectory()) await look(name).catch((error: unknown) => leave(name, unreadable(error)));
      else if (entry.isFile()) await take(name).catch((error: unknown) => leave(name, unreadable(error)));
    }
  }

  async function take(name: string): Promise<void> {
    const file = path.join(folder, name);
    const { size, mtime } = await lstat(file);
    await access(file, constants.R_OK);
    if (size > 0) files.push({ name, path: file, size, mtime });
  }

  await look('');
  return { files: files.sort((a, b) => order(a.name, b.name)), left: left.sort(order) };
}

/** By code units, the same wherever it runs. */
const order = (a: string, b: string): number => Number(a > b) - Number(a < b);

const unreadable = (error: unknown): string => `it cannot be read (${systemCode(error) ?? String(error)})`;
