/** Brings a file in from start to end: sends it in pieces, goes on after breaks, waits until the server has read it. */
import { AppError } from '@vivim/contract/errors';
import type { ImportRun, ImportSource } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import type { Client } from './client.ts';
import { followImport } from './follow-import.ts';
import { mayPass } from './retry.ts';
import { mayPassLater, sendFile } from './send-file.ts';
import { wait } from './wait.ts';

export interface ImportOptions {
  /** As the report will call it; the name of a `File` unless told. */
  readonly name?: string;
  /** Found by its shape unless told. */
  readonly source?: ImportSource;
  /** Bytes that lie at the server for good. */
  readonly onSent?: (bytes: number) => void;
  /** Each state of the import, the last one included. */
  readonly onRun?: (run: ImportRun) => void;
  readonly signal?: AbortSignal;
}

/** Milliseconds between tries while nothing moves: about a minute in all. */
const patience = [250, 500, 1_000, 2_000, 4_000, 5_000, 10_000, 15_000, 20_000] as const;

/**
 * The same file sent again goes on where it broke off. A file of any size is held in memory by nobody: of Node, give
 * `await openAsBlob(path)`.
 * @returns the run as it ended: `done`, `failed` with the reason, or `cancelled`
 * @throws AppError with the server's reason
 */
export async function importFile(client: Client, file: Blob, options: ImportOptions = {}): Promise<ImportRun> {
  const { onSent = () => {}, onRun = () => {}, signal = new AbortController().signal } = options;
  const name = options.name ?? ('name' in file && typeof file.name === 'string' ? file.name : 'export');
  const accepted = await sendFile(
    { name, size: file.size, source: options.source ?? null, read: async (start, end) => file.slice(start, end) },
    {
      client,
      idempotencyKey: uuidv7(),
      signal,
      now: () => performance.now(),
      wait,
      onSent,
      mayPass: (error) => mayPass(error) || (error instanceof AppError && mayPassLater(error)),
      patience,
    },
  );
  return followImport(client, accepted.id, { onRun, signal, mayPass, patience, wait });
}
