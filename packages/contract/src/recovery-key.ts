/**
 * The key on paper: 32 bytes a person writes down as 24 words, and the two keys made of them, the same in every client.
 * One signs, one opens the space. Never keeps the bytes; turning them into words is the clients' part.
 */
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { okpThumbprint } from './key-thumbprint.ts';
import { type SealingPair, sealingPairFrom, sealingPublicKey } from './sealing.ts';

export const recoverySecretBytes = 32;

export interface RecoveryKey {
  readonly sign: {
    /** RFC 7638 thumbprint. */
    readonly kid: string;
    /** Raw Ed25519 public key, base64url. */
    readonly publicKey: string;
    /** @returns the Ed25519 signature, 64 bytes in base64url */
    signBytes(bytes: Uint8Array): Promise<string>;
  };
  readonly seal: {
    readonly kid: string;
    /** Raw X25519 public key, base64url. */
    readonly publicKey: string;
    /** Opens what was sealed to it. */
    readonly pair: SealingPair;
  };
}

const text = new TextEncoder();

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8; RFC 8410 section 7. */
const pkcs8Prefix = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/** 32 bytes for one use. HKDF with SHA-256 and no salt, RFC 5869. */
async function derive(secret: Uint8Array<ArrayBuffer>, use: string): Promise<Uint8Array<ArrayBuffer>> {
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: text.encode(use) };
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf, material, 256));
}

/** A sealing pair made from a secret for one use: `info` of the HKDF. */
export const sealingPairFor = async (secret: Uint8Array<ArrayBuffer>, info: string): Promise<SealingPair> =>
  sealingPairFrom(await derive(secret, info));

/** @throws RangeError unless the secret has 32 bytes */
export async function recoveryKeyFrom(secret: Uint8Array<ArrayBuffer>): Promise<RecoveryKey> {
  if (secret.length !== recoverySecretBytes)
    throw new RangeError(`a recovery key is made of ${recoverySecretBytes} bytes`);
  const pkcs8 = Uint8Array.of(...pkcs8Prefix, ...(await derive(secret, 'vivim/recovery-sign/1')));
  // The public half can only be read off a private key that may be read; that one is dropped at once.
  const readable = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  const { x = '' } = await crypto.subtle.exportKey('jwk', readable);
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  const pair = await sealingPairFor(secret, 'vivim/recovery-seal/1');
  const sealing = await sealingPublicKey(pair);
  return {
    sign: {
      kid: await okpThumbprint('Ed25519', decodeBase64url(x)),
      publicKey: x,
      signBytes: async (bytes) =>
        encodeBase64url(new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, Uint8Array.from(bytes)))),
    },
    seal: { kid: await okpThumbprint('X25519', sealing), publicKey: encodeBase64url(sealing), pair },
  };
}
