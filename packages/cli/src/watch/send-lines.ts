/**
 * Brings the server up to the last whole line of a log. Where it stands is the server's to say, so that a watcher that was killed,
 * or runs on another day, neither sends twice nor leaves anything out. Never sends half a line.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Client } from '@vivim/client/client';
import { AppError } from '@vivim/contract/errors';
import { uuidv7 } from '@vivim/contract/random';
import type { FoundFile } from './find-files.ts';
import { hashOf, wholeLines } from './whole-lines.ts';

export interface SentLines {
  /** Bytes that were sent now. */
  readonly sent: number;
  readonly messagesAdded: number;
  /** Why the rest of the file cannot come in line by line, or null. */
  readonly stuck: string | null;
}

const lineTooLong = 'One line of it is longer than is sent at once; import the file whole.';

/** A file is known by its machine and path; the server learns neither. */
export const watchedKey = (machine: string, file: string): string =>
  createHash('sha256')
    .update(JSON.stringify(['vivim/watched/v1', machine, file]))
    .digest('hex');

/** @throws AppError what the server answers; CliError `unreachable` */
export async function sendLines(client: Client, machine: string, { path: name, place }: FoundFile): Promise<SentLines> {
  const key = watchedKey(machine, name);
  const file = await open(name, 'r');
  try {
    let from = await goesOnAt(client, key, file);
    let sent = 0;
    let messagesAdded = 0;
    let asked = 1;
    for (;;) {
      const { bytes, tooLong } = await wholeLines(file, from);
      if (bytes.length === 0) return { sent, messagesAdded, stuck: tooLong ? lineTooLong : null };
      try {
        const grown = await client.growWatchedFile({
          params: { key },
          query: { source: place.source, fileName: path.basename(name), from },
          bytes: new Uint8Array(bytes),
          idempotencyKey: uuidv7(),
        });
        sent += bytes.length;
        messagesAdded += grown.messagesAdded;
        // Nothing of it is a message yet: the server keeps no open piece, and takes these lines again with the next ones.
        if (grown.bytes !== from + bytes.length) return { sent, messagesAdded, stuck: null };
        from = grown.bytes;
      } catch (error) {
        // Another watcher sent it meanwhile, or something of it was erased: ask once more where it goes on.
        if (asked > 1 || !(error instanceof AppError) || error.code !== 'version_conflict') throw error;
        asked += 1;
        from = await goesOnAt(client, key, file);
      }
    }
  } finally {
    await file.close();
  }
}

/** Where the server's copy ends, or 0 where it has none or the file is another one by now. */
async function goesOnAt(client: Client, key: string, file: Awaited<ReturnType<typeof open>>): Promise<number> {
  try {
    const known = await client.getWatchedFile({ params: { key } });
    const tail = await hashOf(file, known.tailFrom, known.bytes);
    return tail === known.tailSha256 ? known.bytes : 0;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return 0;
    throw error;
  }
}
