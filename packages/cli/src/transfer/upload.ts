/**
 * Sends a file to be imported. Of a file on disk what has arrived is kept, and the same command goes on from there; a stream is
 * sent in one piece. Never reads a whole file into memory, and never sends one the server is known to refuse.
 */
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { limits } from '@vivim/contract/http';
import type { ImportRun, ImportSource } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import { type FileToSend, sendFile } from '@vivim/contract/send-file';
import { CliError, systemCode } from '../cli-error.ts';
import { bytes } from '../output/text.ts';
import type { Connection } from '../session/connect.ts';
import { mayPass, patience } from './patience.ts';

/** Something to import. */
export interface ImportFile {
  /** The name the server is told. */
  readonly name: string;
  /** Bytes; null for a stream of unknown length. */
  readonly size: number | null;
  /** Where it lies, or the stream itself. */
  readonly from: string | Readable;
}

export interface Upload {
  readonly source: ImportSource | undefined;
  /** Called with the number of bytes sent so far. */
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** @throws CliError `input` when there is no such file, or it is larger than any server takes */
export async function importFile(argument: string, stdin: Readable): Promise<ImportFile> {
  if (argument === '-') return { name: 'stdin', size: null, from: stdin };
  const found = await stat(argument).catch((error: unknown) => {
    const why = systemCode(error) === 'ENOENT' ? 'There is no such file' : `It cannot be read (${systemCode(error)})`;
    throw new CliError('input', `${argument}: ${why}.`, { cause: error });
  });
  if (!found.isFile())
    throw new CliError('input', `${argument}: This is not a file. Give the export itself, or a .zip of the folder.`);
  if (found.size > limits.upload) {
    throw new CliError(
      'input',
      `${argument}: The file has ${bytes(found.size)}; the limit is ${bytes(limits.upload)}.`,
    );
  }
  return { name: path.basename(argument), size: found.size, from: argument };
}

/** @throws AppError with the server's reason; CliError `input` where the file cannot be read */
export const upload = (connection: Connection, file: ImportFile, options: Upload): Promise<ImportRun> =>
  typeof file.from === 'string'
    ? sendInPieces(connection, { ...file, size: file.size ?? 0, path: file.from }, options)
    : sendStream(connection, file.name, file.from, options);

async function sendInPieces(
  { client }: Connection,
  file: { readonly name: string; readonly size: number; readonly path: string },
  { source, onSent, signal }: Upload,
): Promise<ImportRun> {
  const unreadable = (error: unknown) =>
    new CliError('input', `${file.path}: It cannot be read (${systemCode(error)}).`, { cause: error });
  const handle = await open(file.path).catch((error: unknown) => {
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
      if (bytesRead === 0) throw new CliError('input', `${file.path}: It got shorter while it was sent.`);
      filled += bytesRead;
    }
    return piece;
  };
  try {
    return await sendFile(
      { name: file.name, size: file.size, source: source ?? null, read },
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
  } finally {
    await handle.close();
  }
}

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
