/** Session logs that grow: a file is known by a key its watcher makes, and only what is new of it is sent. */
import { z } from 'zod';
import { Source } from './conversation.ts';
import { ImportId } from './ids.ts';
import { ReadQuery } from './page.ts';

/** SHA-256 of what the watcher knows the file by (its machine and path), hex. Says nothing to whoever does not know that. */
export const WatchedKey = z.string().regex(/^[0-9a-f]{64}$/);

export const WatchedParams = z.strictObject({ key: WatchedKey });

export const GrowQuery = ReadQuery.extend({
  source: Source,
  fileName: z.string().min(1).max(255),
  /** Bytes of the file before those that are sent. 0 begins anew. */
  from: z.coerce.number().int().min(0),
});

export const WatchedFile = z.strictObject({
  /** SHA-256 in hex of what its watcher knows the file by: its machine and path. */
  key: WatchedKey,
  source: Source,
  fileName: z.string(),
  /** Bytes of the file that are in: send what comes after them. */
  bytes: z.int(),
  /** The bytes from `tailFrom` to `bytes` have this SHA-256 (hex); a file in which they have not is another one by now. */
  tailFrom: z.int(),

  /** SHA-256 in hex of the bytes from `tailFrom` to `bytes`. */
  tailSha256: z.string(),
  /** The import of the day it is counted under. */
  importId: ImportId,
});
export type WatchedFile = z.infer<typeof WatchedFile>;

export const Grown = WatchedFile.extend({
  /** Messages these bytes brought. */
  messagesAdded: z.int(),
});
export type Grown = z.infer<typeof Grown>;

/** Bytes of one piece that is sent: whole lines. */
export const growBytes = 4 * 1024 ** 2;
