/** What an erasure is called: a hash of the space's random id, which tells whoever has neither nothing. */
import { createHash } from 'node:crypto';
import type { StorageId } from '@vivim/contract/ids';

/** SHA-256, base64url. */
export const receiptOf = (storageId: StorageId): string =>
  createHash('sha256').update(`vivim-erased\n${storageId}`).digest('base64url');
