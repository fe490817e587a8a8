/** SHA-256, the only form in which master sees a secret. */
import { createHash } from 'node:crypto';

export const sha256 = (value: string | Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(value).digest());
