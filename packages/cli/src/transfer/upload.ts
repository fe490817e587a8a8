/**
 * Sends a file or a folder to be imported. Of what lies on disk what has arrived is kept, and the same command goes on from there; a stream is
 * sent in one piece. Never reads a whole file into memory, and never sends one the server is known to refuse.
 */
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { type FileToSend, sendFile } from '@vivim/client/send-file';
import { judgeName } from '@vivim/contract/folder/folder-rule';
import { folderZip } from '@vivim/contract/folder/folder-zip';
import { type Recognised, recogniseFiles } from '@vivim/contract/folder/program-files';
import { ReplayedBytes } from '@vivim/contract/folder/replayed-bytes';
import { zipSize } from '@vivim/contract/folder/zip-layout';
import { limits } from '@vivim/contract/http';
import type { ImportRun, ImportSource } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import { CliError, systemCode } from '../cli-error.ts';
import { bytes } from '../output/text.ts';
import type { Connection } from '../session/connection.ts';
import { folderFiles, gotShorter } from './folder-files.ts';
import { mayPass, patience } from './patience.ts';

/** Something to import. */
export interface ImportFile {
  /** The name the server is told. */
  readonly name: string;
  /** Bytes; null for a stream of unknown length. */
  readonly size: number | null;
  /** Where it lies, the stream itself, or what makes the same bytes each time. */
  readonly from: string | Readable | (() => AsyncIterable<Uint8Array>);
  /** Of a folder: what is not in it, one line each, and what is, by names. */
  readonly left?: readonly string[];
  readonly recognised?: readonly Recognised[];
}

export interface Upload {
  readonly source: ImportSource | undefined;
  /** Key of the watched file it is, where that is written anew each time. */
  readonly watched?: string;
  /** Called with the number of bytes sent so far. */
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/**
 * @param argument a file, a folder (it goes as one zip), or `-`
 * @param keys whether a file that holds a sign-in or keys is meant to go, too; of a folder none ever does
 * @throws CliError `input` when there is no such thing, nothing in it, or it is larger than any server takes; {@link HeldBack}
 */
export async function importFile(argument: string, stdin: Readable, keys = false): Promise<ImportFile> {
  if (argument === '-') return { name: 'stdin', size: null, from: stdin };
  const found = await stat(argument).catch((error: unknown) => {
    const why = systemCode(error) === 'ENOENT' ? 'There is no such file' : `It cannot be read (${systemCode(error)})`;
    throw new CliError('input', `${argument}: ${why}.`, { cause: error });
  });
  if (found.isDirectory()) return importFolder(argument);
  if (!found.isFile()) throw new CliError('input', `${argument}: This is neither a file nor a folder.`);
  assertNotTooLarge(`${argument}: The file`, found.size);
  if (!keys && (await holdsKeys(argument))) throw new HeldBack(argument);
  return { name: path.basename(argument), size: found.size, from: argument };
}

/** A file that was named and is not sent unless that is said once more. */
export class HeldBack extends CliError {
  constructor(argument: string) {
    super(
      'input',
      `${argument}: Not sent, because it is a file for a sign-in or keys. If you mean it: vivim import --send-keys`,
    );
  }
}

const privateKey = /^\s*-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;

/** By its name, as in folders, or because it begins as a private key does. */
async function holdsKeys(file: string): Promise<boolean> {
  if (judgeName(path.basename(file)) === 'sign-in') return true;
  const { read, close } = await openFile(file);
  try {
    const { size } = await stat(file);
    const head = await read(0, Math.min(size, 100));
    return head instanceof Uint8Array && privateKey.test(Buffer.from(head).toString('latin1'));
  } finally {
    await close();
  }
}

async function importFolder(folder: string): Promise<ImportFile> {
  const { files, left } = await folderFiles(folder).catch((error: unknown) => {
    throw new CliError('input', `${folder}: It cannot be read (${systemCode(error)}).`, { cause: error });
  });
  if (files.length === 0) {
    throw new CliError('input', [`${folder}: There is no file in it to import.`, ...left].join('\n'));
  }
  const size = zipSize(files);
  assertNotTooLarge(`${folder}: Give the folders in it one by one. The whole`, size);
  return {
    name: `${path.basename(path.resolve(folder))}.zip`,
    size,
    from: () => folderZip(files, gotShorter(folder)),
    left,
    recognised: recogniseFiles(files),
  };
}

function assertNotTooLarge(what: string, size: number): void {
  if (size > limits.upload)
    throw new CliError('input', `${what} has ${bytes(size)}; the limit is ${bytes(limits.upload)}.`);
}

/** @throws AppError with the server's reason; CliError `input` where the file cannot be read */
export async function upload(connection: Connection, file: ImportFile, options: Upload): Promise<ImportRun> {
  const { name, size, from } = file;
  if (from instanceof Readable) return sendStream(connection, name, from, options);
  const bytes = typeof from === 'string' ? await openFile(from) : new ReplayedBytes(from);
  try {
    return await sendInPieces(
      connection,
      { name, size: size ?? 0, read: (start, end) => bytes.read(start, end) },
      options,
    );
  } finally {
    await bytes.close();
  }
}

/** A file on disk, read in pieces. */
async function openFile(file: string): Promise<{ read: FileToSend['read']; close: () => Promise<void> }> {
  const unreadable = (error: unknown) =>
    new CliError('input', `${file}: It cannot be read (${systemCode(error)}).`, { cause: error });
  const handle = await open(file).catch((error: unknown) => {
    throw unreadable(error);
  });
  const read: FileToSend['read'] = async (start, end) => {
    const piece = new Uint8Array(end - start);
    let filled = 0;
    while (filled < piece.length) {
      const { bytesRead } = await handle
        .read(piece, filled, piece.length - filled, start + filled)
        .catch((error: unknown) => {
          throw unreadable(error);
        });
      if (bytesRead === 0) throw new CliError('input', `${file}: It got shorter while it was sent.`);
      filled += bytesRead;
    }
    return piece;
  };
  return { read, close: () => handle.close() };
}

const sendInPieces = (
  { client }: Connection,
  file: Omit<FileToSend, 'source'>,
  { source, watched, onSent, signal }: Upload,
): Promise<ImportRun> =>
  sendFile(
    { ...file, source: source ?? null, watched: watched ?? null },
    {
      client,
      idempotencyKey: uuidv7(),
      signal,
      now: () => performance.now(),
      wait: (ms) => wait(ms, undefined, { signal }),
      onSent,
      mayPass,
      patience,
    },
  );

async function sendStream(
  { client }: Connection,
  name: string,
  stream: Readable,
  { source, onSent, signal }: Upload,
): Promise<ImportRun> {
  let sent = 0;
  let readError: Error | undefined;
  stream.once('error', (error) => {
    readError = error;
  });
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      yield chunk;
      sent += chunk.byteLength;
      onSent(sent);
    }
  }
  try {
    return await client.createImport({
      query: { fileName: name, ...(source === undefined ? {} : { source }) },
      bytes: Readable.toWeb(Readable.from(counted(), { objectMode: false })) as ReadableStream<Uint8Array>,
      idempotencyKey: uuidv7(),
      signal,
    });
  } catch (error) {
    if (readError !== undefined) throw new CliError('input', `${name}: ${readError.message}`, { cause: readError });
    throw error;
  } finally {
    stream.destroy();
  }
}
