/** Sends one file or folder in pieces, and goes on with it when the line is back; what a page is left with lies at the server. */

import { mayPassLater, sendFile } from '@vivim/client/send-file';
import { AppError } from '@vivim/contract/errors';
import { limits } from '@vivim/contract/http';
import type { ImportId } from '@vivim/contract/ids';
import type { ImportRun } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import { bytes } from '../format.ts';
import { strings } from '../strings.ts';
import { api } from './client.ts';
import type { Outgoing } from './outgoing.ts';

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Called with bytes sent so far, of the import they are of. */
  readonly onProgress: (sent: number, id: ImportId) => void;
  /** The line is away, or back. */
  readonly onStalled: (stalled: boolean) => void;
}

/** A page has time: it looks for the line as long as it is open, at last twice a minute. Milliseconds. */
function* patience(): Generator<number, undefined> {
  for (let ms = 500; ; ms = Math.min(30_000, ms * 2)) yield ms;
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const enough = () => {
      clearTimeout(timer);
      removeEventListener('online', enough);
      signal.removeEventListener('abort', enough);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(enough, ms);
    addEventListener('online', enough);
    signal.addEventListener('abort', enough);
  });
}

/**
 * @returns the import the server made of the file; it goes on by itself from there
 * @throws AppError with the server's reason; an AbortError when `signal` fired
 */
export async function upload(outgoing: Outgoing, { signal, onProgress, onStalled }: UploadOptions): Promise<ImportRun> {
  if (outgoing.size > limits.upload)
    throw new AppError('import_too_large', strings.import.tooLarge(bytes(limits.upload)));
  return sendFile(outgoing, {
    client: api,
    idempotencyKey: uuidv7(),
    signal,
    now: () => performance.now(),
    async wait(ms) {
      onStalled(true);
      await wait(ms, signal);
    },
    onSent(sent, id) {
      onStalled(false);
      onProgress(sent, id);
    },
    // What fetch throws where there is no line.
    mayPass: (error) => (error instanceof AppError ? mayPassLater(error) : error instanceof TypeError),
    patience: { [Symbol.iterator]: patience },
  }).finally(() => outgoing.close());
}
