/**
 * The Ed25519 key that is the identity, and its did:key name.
 * Never prints, logs or sends the private part.
 */
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { base58 } from '@scure/base';
import { okpThumbprint } from '@vivim/contract/key-thumbprint';
import { z } from 'zod';

/** An Ed25519 private key as a JWK (RFC 8037). */
export const IdentityKey = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.base64url().length(43),
  d: z.base64url().length(43),
});
export type IdentityKey = z.infer<typeof IdentityKey>;

/** Multicodec `ed25519-pub` as an unsigned varint. */
const ed25519Public = [0xed, 0x01];

export function newIdentityKey(): IdentityKey {
  return IdentityKey.parse(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));
}

/** Takes the public half alone. @see https://w3c-ccg.github.io/did-key-spec/ */
export function didOf({ x }: Pick<IdentityKey, 'x'>): string {
  const multikey = Uint8Array.from([...ed25519Public, ...Buffer.from(x, 'base64url')]);
  return `did:key:z${base58.encode(multikey)}`;
}

/** The one verification method of a did:key: the key itself, named again behind the `#`. */
export const verificationMethodOf = (did: string): string => `${did}#${did.slice('did:key:'.length)}`;

/** Ed25519, base64url without padding. */
export function signBytes(key: IdentityKey, bytes: Uint8Array): string {
  return sign(null, bytes, createPrivateKey({ key, format: 'jwk' })).toString('base64url');
}

/** Over the UTF-8 bytes of a text. */
export const signText = (key: IdentityKey, text: string): string => signBytes(key, Buffer.from(text, 'utf8'));

/** RFC 7638 thumbprint. */
export const kidOf = (key: IdentityKey): Promise<string> => okpThumbprint('Ed25519', Buffer.from(key.x, 'base64url'));
