/** The name a key has everywhere: RFC 7638, over the members its kind requires and no others, sorted by name. */
import { encodeBase64url } from './base64url.ts';

/**
 * Of an Ed25519 or X25519 key: base64url, 43 characters.
 *
 * @param publicKey the raw 32 bytes
 * @see RFC 8037 section 2
 */
export const okpThumbprint = (curve: 'Ed25519' | 'X25519', publicKey: Uint8Array): Promise<string> =>
  digestOf({ crv: curve, kty: 'OKP', x: encodeBase64url(publicKey) });

/** Of a point on a curve. @param x 32 bytes, as is y */
export const ecThumbprint = (curve: 'P-256' | 'secp256k1', x: Uint8Array, y: Uint8Array): Promise<string> =>
  digestOf({ crv: curve, kty: 'EC', x: encodeBase64url(x), y: encodeBase64url(y) });

async function digestOf(members: Readonly<Record<string, string>>): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(members));
  return encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
