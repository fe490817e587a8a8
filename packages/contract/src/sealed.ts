/** What is sealed, as it travels and is kept. How it is sealed and opened: sealing.ts, which needs no schema. */
import { z } from 'zod';

const Base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** The encapsulated key and the ciphertext, base64url. */
export const Sealed = z.strictObject({
  /** The encapsulated key (RFC 9180), base64url. */
  enc: Base64url.max(64),
  /** What it opens, base64url. */
  ciphertext: Base64url.max(1_024),
});
export type Sealed = z.infer<typeof Sealed>;

/** A name as the server keeps it: 12 bytes of nonce and AES-256-GCM, base64url. */
export const NameCiphertext = Base64url.min(38).max(512);

/** One sealing of a space's key, to the key named `kid`. */
export const SpaceKeyWrap = z.strictObject({
  kid: z.string(),
  createdAt: z.string(),
  /** The key of the space, sealed to that key (HPKE, RFC 9180). */
  sealed: Sealed,
});
export type SpaceKeyWrap = z.infer<typeof SpaceKeyWrap>;
