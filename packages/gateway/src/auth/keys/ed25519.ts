/**
 * Ed25519 keys and signatures. A key passes a gate before anything is verified with it: OpenSSL alone accepts keys of
 * small order, for which one signature fits many texts.
 */
import { createPublicKey, verify } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { encodeBase64url } from '../base64url.ts';

export const ed25519KeyLength = 32;
export const ed25519SignatureLength = 64;

/**
 * A point on the curve in its canonical encoding, of the prime-order group.
 *
 * @see RFC 8032 section 5.1.3; "Taming the Many EdDSAs" (Chalkias et al. 2020) on why the rest is refused
 */
export function isSafeEd25519Key(key: Uint8Array): boolean {
  if (key.length !== ed25519KeyLength) return false;
  try {
    const point = ed25519.Point.fromBytes(key, false);
    return !point.isSmallOrder() && point.isTorsionFree();
  } catch {
    return false;
  }
}

/** The key as a JSON Web Key of RFC 8037, with the required members only, in the order a thumbprint takes them. */
export const ed25519Jwk = (key: Uint8Array) => ({ crv: 'Ed25519', kty: 'OKP', x: encodeBase64url(key) }) as const;

/** @param key has passed {@link isSafeEd25519Key}; a signature with s of the group order or above never fits */
export function verifyEd25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== ed25519SignatureLength) return false;
  return verify(null, message, createPublicKey({ key: ed25519Jwk(key), format: 'jwk' }), signature);
}
