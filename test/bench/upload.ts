/** Upload from disk as a stream, as the CLI does, for files too large for one buffer. */
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { ImportRun } from '@vivim/contract/imports';
import type { Person } from '../kit/people.ts';

export async function uploadFile(serverUrl: string, person: Person, path: string): Promise<ImportRun> {
  const url = `${serverUrl}/v1/imports?fileName=${encodeURIComponent(basename(path))}`;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      ...(await person.authorize('POST', url)),
      'content-type': 'application/octet-stream',
      'content-length': String(statSync(path).size),
    },
    body: Readable.toWeb(createReadStream(path, { highWaterMark: 1 << 20 })) as ReadableStream<Uint8Array>,
    duplex: 'half',
  } as RequestInit);
  if (!response.ok) throw new Error(`The upload was refused: ${await response.text()}`);
  return ImportRun.parse(await response.json());
}
