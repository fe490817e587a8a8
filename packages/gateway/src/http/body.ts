/** Reads small JSON bodies: counted while they come in, so that a wrong length costs nothing. Never an upload. */
import { AppError } from '@vivim/contract/errors';
import { limits } from '@vivim/contract/http';

export interface JsonBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly value: unknown;
}

/** All of a body, counted while it comes in. @throws AppError `request_too_large` */
export async function readLimited(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

const tooLarge = (limit: number) =>
  new AppError('request_too_large', `A body may hold ${Math.floor(limit / 1024)} KiB here.`);

/** @throws AppError `request_too_large`, or `request_invalid` when it is not JSON in UTF-8 and says so */
export async function readJson(request: Request, limit: number = limits.jsonBody): Promise<JsonBody> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new AppError('request_invalid', 'Send the body as application/json.');
  const bytes = await readLimited(request, limit);
  try {
    return { bytes, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch (cause) {
    throw new AppError('request_invalid', 'The body is not valid JSON in UTF-8.', { cause });
  }
}
