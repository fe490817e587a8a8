/**
 * Public keys of others, as DIDs and the key log write them: their kind, their name, and whether a signature is theirs.
 * Holds no private key.
 */
import { createHash, createPublicKey, ECDH, type KeyObject, verify } from 'node:crypto';
import { base58 } from '@scure/base';
import type { KeyAlgorithmName } from '@vivim/contract/key-log';
import { CliError } from '../cli-error.ts';

export interface PublicKey {
  readonly alg: KeyAlgorithmName;
  /** Canonical bytes in base64url: 32, or a compressed point of 33. */
  readonly publicKey: string;
}

export interface NamedKey extends PublicKey {
  /** RFC 7638 thumbprint. */
  readonly kid: string;
}

/** Names node:crypto has for the curves whose points are compressed. */
const curves = { 'P-256': 'prime256v1', secp256k1: 'secp256k1' } as const;

/** The required members of RFC 7638, sorted by name. @throws Error for what is no point of the curve */
function jwkOf({ alg, publicKey }: PublicKey): Readonly<Record<string, string>> {
  if (alg === 'Ed25519' || alg === 'X25519') return { crv: alg, kty: 'OKP', x: publicKey };
  const point = ECDH.convertKey(Buffer.from(publicKey, 'base64url'), curves[alg], undefined, undefined, 'uncompressed');
  const coordinates = Buffer.from(point as Buffer);
  const [x, y] = [coordinates.subarray(1, 33), coordinates.subarray(33)];
  return { crv: alg, kty: 'EC', x: x.toString('base64url'), y: y.toString('base64url') };
}

/** RFC 7638, base64url. @throws Error for what is no point of the curve */
export const thumbprintOf = (key: PublicKey): string =>
  createHash('sha256')
    .update(JSON.stringify(jwkOf(key)))
    .digest('base64url');

export const keyObjectOf = (key: PublicKey): KeyObject => createPublicKey({ key: jwkOf(key), format: 'jwk' });

const orders = {
  'P-256': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  secp256k1: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
} as const;

/** Whether 64 raw bytes are this key's signature: RFC 8032, or ECDSA over SHA-256 with s in the lower half of the group. */
export function isSignedBy(key: PublicKey, bytes: Uint8Array, signature: string): boolean {
  const raw = Buffer.from(signature, 'base64url');
  if (raw.length !== 64 || key.alg === 'X25519') return false;
  if (key.alg === 'Ed25519') return verify(null, bytes, keyObjectOf(key), raw);
  if (BigInt(`0x${raw.subarray(32).toString('hex')}`) > orders[key.alg] / 2n) return false;
  return verify('sha256', bytes, { key: keyObjectOf(key), dsaEncoding: 'ieee-p1363' }, raw);
}

/** Multicodec prefixes as unsigned varints, and the length of what follows (multiformats/multicodec table.csv). */
const codecs: readonly { readonly alg: KeyAlgorithmName; readonly prefix: string; readonly length: number }[] = [
  { alg: 'Ed25519', prefix: 'ed01', length: 32 },
  { alg: 'P-256', prefix: '8024', length: 33 },
  { alg: 'secp256k1', prefix: 'e701', length: 33 },
];

/**
 * The key a did:key names.
 *
 * @throws CliError `input` for a DID of another method or kind of key
 * @see https://w3c-ccg.github.io/did-key-spec/
 */
export function keyOfDid(did: string): NamedKey {
  try {
    const bytes = Buffer.from(base58.decode(did.replace(/^did:key:z/, '')));
    const codec = codecs.find(
      ({ prefix, length }) => bytes.length === length + 2 && bytes.toString('hex').startsWith(prefix),
    );
    if (!did.startsWith('did:key:z') || codec === undefined) throw new Error('another kind of DID');
    const key = { alg: codec.alg, publicKey: bytes.subarray(2).toString('base64url') };
    return { ...key, kid: thumbprintOf(key) };
  } catch (cause) {
    throw new CliError('input', `${did} names no key this vivim can check. A newer one may.`, { cause });
  }
}
