/**
 * A session that lies in many small files (opencode: `session/<project>/<id>.json`, `message/<session>/…`, `part/<message>/…`, or as it kept them
 * until July 2025): which files are its own, and what they said at one moment. The program may be writing any of them: a file that is not whole holds the session back.
 */
import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FolderFile } from '@vivim/contract/folder/folder-zip';
import { CliError, systemCode } from '../cli-error.ts';

export interface Piece {
  /** Within the folder all of them lie in, `/` between names. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Links are not followed, and files of other names are none of it. */
const filesIn = async (folder: string): Promise<Dirent[]> =>
  (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter(
    (entry) => entry.isFile() && entry.name.endsWith('.json'),
  );
const idOf = (file: string): string => path.basename(file, '.json');

/** @param session path of its own file. @returns what is there of it, by name */
export async function piecesOf(session: string): Promise<Piece[]> {
  const storage = path.dirname(path.dirname(path.dirname(session)));
  // Until July 2025 all of it lay in one folder beside `info`, and the parts of a message in that of its session.
  const old = path.basename(path.dirname(session)) === 'info';
  const folders = old ? path.join(storage, 'session') : storage;
  const said = path.join(folders, 'message', idOf(session));
  const messages = (await filesIn(said)).map(({ name }) => path.join(said, name));
  const files = [session, ...messages];
  for (const message of messages) {
    const folder = path.join(folders, 'part', ...(old ? [idOf(session)] : []), idOf(message));
    files.push(...(await filesIn(folder)).map(({ name }) => path.join(folder, name)));
  }
  const pieces = await Promise.all(
    files.map(async (file): Promise<Piece[]> => {
      const found = await stat(file).catch(() => null);
      if (found === null) return [];
      const name = path.relative(storage, file).split(path.sep).join('/');
      return [{ name, path: file, size: found.size, mtimeMs: found.mtimeMs }];
    }),
  );
  return pieces.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Bytes of a session that are held at once; a longer one is not sent. */
const mostHeld = 256 * 1024 ** 2;

/**
 * What they say now, read before anything is sent, so that what is sent was there at once.
 * @throws CliError `input` where one is not whole, or went away; it is tried again when it changes
 */
export async function heldPieces(pieces: readonly Piece[]): Promise<FolderFile[]> {
  const size = pieces.reduce((sum, piece) => sum + piece.size, 0);
  if (size > mostHeld) throw new CliError('input', 'The session is longer than is sent at once; import its folder.');
  const held: FolderFile[] = [];
  for (const { name, path: file, mtimeMs } of pieces) {
    const bytes = await readFile(file).catch((error: unknown) => {
      throw new CliError('input', `${name}: It cannot be read (${systemCode(error)}).`, { cause: error });
    });
    try {
      JSON.parse(bytes.toString('utf8'));
    } catch (error) {
      throw new CliError('input', `${name}: It is not whole: its JSON does not end.`, { cause: error });
    }
    held.push({ name, size: bytes.length, mtimeMs, open: () => only(bytes) });
  }
  return held;
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
