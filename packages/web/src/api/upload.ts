/** Sends one file and says how far it is. XMLHttpRequest, since fetch cannot tell how much of a body has left. */

import { buildRequest, type Call, readProblem } from '@vivim/contract/client';
import { AppError } from '@vivim/contract/errors';
import { limits } from '@vivim/contract/http';
import { ImportRun } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import { bytes } from '../format.ts';
import { strings } from '../strings.ts';
import { unlockByItself } from './unlock-space.ts';

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Called with bytes sent so far. */
  readonly onProgress: (sent: number) => void;
}

/**
 * @returns the import the server made of the file; it goes on by itself from there
 * @throws AppError with the server's reason; an AbortError when `signal` fired
 */
export async function uploadFile(file: File, { signal, onProgress }: UploadOptions): Promise<ImportRun> {
  if (file.size > limits.upload) throw new AppError('import_too_large', strings.import.tooLarge(bytes(limits.upload)));
  const call: Call<'createImport'> = {
    query: { fileName: file.name.slice(-255) },
    bytes: file,
    idempotencyKey: uuidv7(),
  };
  const request = buildRequest('', 'createImport', call);
  const response = await sendFile(file, request, { signal, onProgress });
  if (response.status !== 423) return accepted(response);
  await unlockByItself();
  return accepted(await sendFile(file, request, { signal, onProgress }));
}

const accepted = async (response: Response): Promise<ImportRun> =>
  response.ok ? ImportRun.parse(await response.json()) : readProblem(response);

function sendFile(
  file: File,
  request: ReturnType<typeof buildRequest>,
  { signal, onProgress }: UploadOptions,
): Promise<Response> {
  return new Promise<Response>((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(request.method, request.url);
    for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = (event) => onProgress(event.loaded);
    xhr.onload = () => {
      const retryAfter = xhr.getResponseHeader('retry-after');
      resolve(
        new Response(xhr.responseText, {
          status: xhr.status,
          headers: retryAfter === null ? {} : { 'retry-after': retryAfter },
        }),
      );
    };
    xhr.onerror = () => reject(new Error(strings.import.broken));
    xhr.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    signal.addEventListener('abort', () => xhr.abort(), { once: true });
    xhr.send(file);
  });
}
