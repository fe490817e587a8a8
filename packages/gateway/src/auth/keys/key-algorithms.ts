/**
 * The signature algorithms a key of a person may have, each with its one canonical form of key and of signature. Every
 * method of DID and the key log verify through this table; a second spelling of a key or signature never passes.
 */
import { createPublicKey, verify } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import type { KeyAlgorithmName } from '@vivim/contract/key-log';
import { encodeBase64url } from '../base64url.ts';
import { ed25519Jwk, ed25519KeyLength, isSafeEd25519Key, verifyEd25519 } from './ed25519.ts';

/** X25519 opens what is sealed; it never signs. */
export type SigningAlgorithm = Exclude<KeyAlgorithmName, 'X25519'>;

/** A key without a name: what it signs with, and its canonical bytes. */
export interface PublicKey {
  readonly alg: SigningAlgorithm;
  readonly publicKey: Uint8Array;
}

export interface KeyAlgorithm {
  readonly alg: SigningAlgorithm;
  /** Bytes of a canonical public key: Ed25519 as RFC 8032 writes it, points of the others compressed (SEC 1). */
  readonly length: number;
  /** On the curve and canonically encoded; Ed25519 also of the prime-order group. */
  isSafe(key: Uint8Array): boolean;
  /** The members RFC 7638 requires, in the order a thumbprint takes them. @param key is safe */
  jwk(key: Uint8Array): Readonly<Record<string, string>>;
  /**
   * False for a key that is not safe and for any signature but 64 raw bytes: RFC 8032, or ECDSA over SHA-256 as r||s
   * with s in the lower half of the group.
   */
  verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

const signatureLength = 64;

const toNumber = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

/** r and s from 1 up, r below the order, s at most half of it: the one signature of its two twins. BIP 62, rule 5. */
function isCanonicalEcdsa(signature: Uint8Array, order: bigint): boolean {
  if (signature.length !== signatureLength) return false;
  const r = toNumber(signature.subarray(0, 32));
  const s = toNumber(signature.subarray(32));
  return r > 0n && r < order && s > 0n && s <= order / 2n;
}

/** The curves whose keys are points in short form. Reading a point checks that it lies on its curve. */
export const points = { 'P-256': p256.Point, secp256k1: secp256k1.Point } as const;

function ecdsa(alg: keyof typeof points): KeyAlgorithm {
  const Point = points[alg];
  const length = 33;
  const isSafe = (key: Uint8Array) => {
    if (key.length !== length) return false;
    try {
      Point.fromBytes(key);
      return true;
    } catch {
      return false;
    }
  };
  const jwk = (key: Uint8Array) => {
    const point = Point.fromBytes(key).toBytes(false);
    return {
      crv: alg,
      kty: 'EC',
      x: encodeBase64url(point.subarray(1, 33)),
      y: encodeBase64url(point.subarray(33)),
    };
  };
  return {
    alg,
    length,
    isSafe,
    jwk,
    verify: (key, message, signature) => {
      if (!isSafe(key) || !isCanonicalEcdsa(signature, Point.CURVE().n)) return false;
      const publicKey = createPublicKey({ key: jwk(key), format: 'jwk' });
      return verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
    },
  };
}

export const keyAlgorithms: Readonly<Record<SigningAlgorithm, KeyAlgorithm>> = {
  Ed25519: {
    alg: 'Ed25519',
    length: ed25519KeyLength,
    isSafe: isSafeEd25519Key,
    jwk: ed25519Jwk,
    verify: (key, message, signature) => isSafeEd25519Key(key) && verifyEd25519(key, message, signature),
  },
  'P-256': ecdsa('P-256'),
  secp256k1: ecdsa('secp256k1'),
};
