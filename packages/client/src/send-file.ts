/**
 * Sends a file to be imported, in pieces, for the CLI and for pages: goes on with an upload that was begun before, and after a
 * break of the line. Each piece is a request of its own, signed like any other. Never holds more than a piece, never reads a
 * clock, and never gives up an upload: what has arrived waits for whoever sends the file again.
 */

import type { AppError, ErrorCode } from '@vivim/contract/errors';
import type { ImportId } from '@vivim/contract/ids';
import type { ImportRun, ImportSource } from '@vivim/contract/imports';
import { headBytes, tus, uploadMetadata } from '@vivim/contract/tus';
import type { Client, FileBytes } from './client.ts';

export interface FileToSend {
  /** As the server is told. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly source: ImportSource | null;
  /** Key of a watched file that is written anew each time: of its versions those are kept that say something. */
  readonly watched?: string | null;
  /** From `start` up to `end`, exclusive. */
  readonly read: (start: number, end: number) => Promise<Blob | Uint8Array<ArrayBuffer>>;
}

export interface SendOptions {
  readonly client: Pick<Client, 'createUpload' | 'appendUpload' | 'listImports' | 'getImport'>;
  /** Names the beginning of the upload, so that it is begun once though an answer was lost. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  /** Milliseconds that only go up. */
  readonly now: () => number;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Bytes that lie at the server for good, of the upload named. */
  readonly onSent: (bytes: number, id: ImportId) => void;
  /** Whether the same request may go through later. */
  readonly mayPass: (error: unknown) => boolean;
  /** Milliseconds between tries while nothing moves; after the last the error is thrown. */
  readonly patience: Iterable<number>;
}

/** Bytes of a piece: as many as pass in a second or two, so that a slow line shows that it moves. */
const piece = { first: 512 * 1024, least: 64 * 1024, most: 16 * 1024 ** 2 };
const good = { shortMs: 700, longMs: 3_000 };

/** Refusals that say nothing against the same request made later. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'engine_unavailable',
  'engine_timeout',
  'rate_limited',
  'version_conflict',
  'internal',
  'upload_busy',
  'upload_offset_wrong',
  'import_incomplete',
]);
export const mayPassLater = (error: AppError): boolean => passing.has(error.code);

/** SHA-256 of the beginning of a file, in hex: with name and size it is how the file is known again. */
export async function headOf({ read, size }: Pick<FileToSend, 'read' | 'size'>): Promise<string> {
  const head = await read(0, Math.min(size, headBytes));
  const bytes = head instanceof Blob ? await head.arrayBuffer() : head;
  return Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/**
 * @returns the run once the file is whole at the server, or as it ended meanwhile (cancelled)
 * @throws AppError with the server's reason; what `client` or `read` threw where that does not pass
 */
export async function sendFile(file: FileToSend, options: SendOptions): Promise<ImportRun> {
  const sending = new Sending(file, options);
  let waits = options.patience[Symbol.iterator]();
  let reached = -1;
  for (;;) {
    try {
      return await sending.goOn();
    } catch (error) {
      if (options.signal.aborted || !options.mayPass(error)) throw error;
      // It moved since it last broke, at our hands or another's.
      if (sending.sent > reached) waits = options.patience[Symbol.iterator]();
      reached = sending.sent;
      const { value, done } = waits.next();
      if (done === true) throw error;
      await options.wait(value, options.signal);
    }
  }
}

class Sending {
  sent = 0;
  readonly #file: FileToSend;
  readonly #options: SendOptions;
  #id: ImportId | null = null;
  #piece = piece.first;

  constructor(file: FileToSend, options: SendOptions) {
    this.#file = file;
    this.#options = options;
  }

  /** From where the server says it is, to the end. */
  async goOn(): Promise<ImportRun> {
    const { client, signal } = this.#options;
    this.#id ??= await this.#begin();
    const params = { id: this.#id };
    for (;;) {
      const run = await client.getImport({ params, signal });
      if (run.upload === null) return run;
      this.#note(run.upload.received);
      while (this.sent < this.#file.size) await this.#append(this.#id);
    }
  }

  async #begin(): Promise<ImportId> {
    const { client, signal, idempotencyKey } = this.#options;
    const { name, size, source, watched = null } = this.#file;
    const head = await headOf(this.#file);
    const begun = await client.listImports({ query: { state: 'receiving', limit: 200 }, signal });
    const same = begun.items.find(
      ({ fileName, fileBytes, upload }) =>
        upload?.head === head && upload.source === source && fileName === name && fileBytes === size,
    );
    if (same !== undefined) return same.id;
    const headers = {
      'tus-resumable': tus.version,
      'upload-length': String(size),
      'upload-metadata': uploadMetadata({ fileName: name, source, head, watched }),
    };
    const bytes = await this.#file.read(0, Math.min(size, this.#piece));
    const answer = await client.createUpload({ headers, bytes: bytes as FileBytes, idempotencyKey, signal });
    return answer.headers.get('location')?.split('/').at(-1) as ImportId;
  }

  async #append(id: ImportId): Promise<void> {
    const { client, signal, now } = this.#options;
    const end = Math.min(this.#file.size, this.sent + this.#piece);
    const bytes = await this.#file.read(this.sent, end);
    const startedMs = now();
    const headers = { 'tus-resumable': tus.version, 'upload-offset': String(this.sent) };
    await client.appendUpload({ params: { id }, headers, bytes: bytes as FileBytes, signal });
    const took = now() - startedMs;
    if (took < good.shortMs) this.#piece = Math.min(piece.most, this.#piece * 2);
    else if (took > good.longMs) this.#piece = Math.max(piece.least, this.#piece / 2);
    this.#note(end);
  }

  #note(sent: number): void {
    this.sent = sent;
    if (this.#id !== null) this.#options.onSent(sent, this.#id);
  }
}
