/**
 * Sends a file to be imported. Streams it from disk: a file of any size passes through a few buffers.
 * Never reads a whole file into memory, and never sends one the server is known to refuse.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { limits } from '@vivim/contract/http';
import type { ImportRun, ImportSource } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import { CliError, systemCode } from '../cli-error.ts';
import { bytes } from '../output/text.ts';
import type { Connection } from '../session/connect.ts';

/** Something to import, opened when it is its turn. */
export interface ImportFile {
  /** The name the server is told. */
  readonly name: string;
  /** Bytes; null for a stream of unknown length. */
  readonly size: number | null;
  readonly open: () => Readable;
}

/** @throws CliError `input` when there is no such file, or it is larger than any server takes */
export async function importFile(argument: string, stdin: Readable): Promise<ImportFile> {
  if (argument === '-') return { name: 'stdin', size: null, open: () => stdin };
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
  return { name: path.basename(argument), size: found.size, open: () => createReadStream(argument) };
}

/** @param onSent called with the number of bytes sent so far */
export async function upload(
  connection: Connection,
  file: ImportFile,
  source: ImportSource | undefined,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ImportRun> {
  let sent = 0;
  let readError: Error | undefined;
  const reader = file.open();
  reader.once('error', (error) => {
    readError = error;
  });
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of reader as AsyncIterable<Uint8Array>) {
      yield chunk;
      sent += chunk.byteLength;
      onSent(sent);
    }
  }
  const client =
    file.size === null ? connection.client : connection.clientWith({ 'content-length': String(file.size) });
  try {
    return await client.createImport({
      query: { fileName: file.name, ...(source === undefined ? {} : { source }) },
      bytes: Readable.toWeb(Readable.from(counted(), { objectMode: false })) as ReadableStream<Uint8Array>,
      idempotencyKey: uuidv7(),
      signal,
    });
  } catch (error) {
    if (readError !== undefined)
      throw new CliError('input', `${file.name}: ${readError.message}`, { cause: readError });
    throw error;
  } finally {
    reader.destroy();
  }
}
