/**
 * The X25519 key of a device: the space's key is sealed to it, and it opens nothing else.
 * Never prints, logs or sends the private part.
 */
import { generateKeyPairSync } from 'node:crypto';
import type { LoggedKey } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import { okpThumbprint } from '@vivim/contract/key-thumbprint';
import type { SealingPair } from '@vivim/contract/sealing';
import { z } from 'zod';

/** An X25519 private key as a JWK (RFC 8037). */
export const SealingJwk = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('X25519'),
  x: z.base64url().length(43),
  d: z.base64url().length(43),
});
export type SealingJwk = z.infer<typeof SealingJwk>;

export function newSealingKey(): SealingJwk {
  return SealingJwk.parse(generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' }));
}

/** Both halves as WebCrypto keys. */
export async function sealingPairOf({ d, ...publicPart }: SealingJwk): Promise<SealingPair> {
  const [publicKey, privateKey] = await Promise.all([
    crypto.subtle.importKey('jwk', publicPart, 'X25519', true, []),
    crypto.subtle.importKey('jwk', { ...publicPart, d }, 'X25519', false, ['deriveBits']),
  ]);
  return { publicKey, privateKey };
}

/** The key as the log of its owner names it. */
export async function sealingLoggedKey(publicKey: string): Promise<LoggedKey> {
  const kid = await okpThumbprint('X25519', Buffer.from(publicKey, 'base64url'));
  return { kid, alg: 'X25519', publicKey, purpose: 'device-enc', priority: keyPriority.added };
}
