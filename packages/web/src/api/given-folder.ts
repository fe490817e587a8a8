/**
 * Folders a person gives to a page, chosen or dropped: which files of them go, by the rule the command goes by too. Holds names,
 * sizes and handles; a file's bytes are read when they are sent.
 */
import { byName, judgeName, judgePath, type LeftOut, leftOutWords } from '@vivim/contract/folder/folder-rule';
import type { FolderFile } from '@vivim/contract/folder/folder-zip';
import { strings } from '../strings.ts';

export interface GivenFolder {
  readonly name: string;
  /** By name. */
  readonly files: readonly FolderFile[];
  /** What a person might miss, one line each: its name and why. */
  readonly left: readonly string[];
}

/** Bytes of a file that are read at once. */
const piece = 4 * 1024 ** 2;

/** Whether this browser offers a choice of folders; what is dropped all of them can walk. */
export const canChooseFolders = 'webkitdirectory' in HTMLInputElement.prototype;

class Gathering {
  readonly #files = new Map<string, FolderFile>();
  readonly #left = new Set<string>();

  leave(name: string, why: LeftOut): void {
    this.#left.add(`${name}: ${leftOutWords[why]}`);
  }

  cannotRead(name: string, error: unknown): void {
    this.#left.add(
      `${name}: ${strings.folders.unreadable(error instanceof DOMException ? error.name : String(error))}`,
    );
  }

  take(name: string, file: File): void {
    if (file.size === 0) {
      this.leave(name, 'empty');
      return;
    }
    this.#files.set(name, { name, size: file.size, mtimeMs: file.lastModified, open: () => bytesOf(name, file) });
  }

  count(): number {
    return this.#files.size;
  }

  folder(name: string): GivenFolder {
    return {
      name,
      files: [...this.#files.values()].sort((a, b) => byName(a.name, b.name)),
      left: [...this.#left].sort(byName),
    };
  }
}

/** @throws Error in words where the browser does not give them: it refuses a file that changed since it was chosen */
async function* bytesOf(name: string, file: File): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += piece) {
    const bytes = await file
      .slice(at, at + piece)
      .arrayBuffer()
      .catch((error: unknown) => {
        throw new Error(strings.folders.changed(name), { cause: error });
      });
    yield new Uint8Array(bytes);
  }
}

/** What an input for folders gives: all files at once, each with its path, that of the folder included. Null where it gave none. */
export function chosenFolder(files: readonly File[]): GivenFolder | null {
  const [first] = files;
  if (first === undefined) return null;
  const gathering = new Gathering();
  for (const file of files) {
    const { name, verdict } = judgePath(file.webkitRelativePath.split('/').slice(1).join('/'));
    if (verdict === 'take') gathering.take(name, file);
    else if (verdict !== 'pass-over') gathering.leave(name, verdict);
  }
  return gathering.folder(first.webkitRelativePath.split('/')[0] ?? '');
}

/**
 * Walks a folder that was dropped. Looks into nothing that is left out.
 * @param onFound called with how many files were found so far
 */
export async function droppedFolder(
  folder: FileSystemDirectoryEntry,
  onFound: (files: number) => void,
): Promise<GivenFolder> {
  const gathering = new Gathering();
  async function look(directory: FileSystemDirectoryEntry, within: string): Promise<void> {
    const reader = directory.createReader();
    for (;;) {
      // A hundred at a time, until there are none.
      const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
      if (entries.length === 0) return;
      for (const entry of entries) await take(entry, within === '' ? entry.name : `${within}/${entry.name}`);
      onFound(gathering.count());
    }
  }
  async function take(entry: FileSystemEntry, name: string): Promise<void> {
    const verdict = judgeName(entry.name);
    if (verdict === 'pass-over') return;
    if (verdict !== 'take') return gathering.leave(name, verdict);
    try {
      if (isDirectory(entry)) await look(entry, name);
      else if (isFile(entry))
        gathering.take(name, await new Promise<File>((resolve, reject) => entry.file(resolve, reject)));
    } catch (error) {
      gathering.cannotRead(name, error);
    }
  }
  await look(folder, '').catch((error: unknown) => gathering.cannotRead(folder.name, error));
  return gathering.folder(folder.name);
}

export const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
