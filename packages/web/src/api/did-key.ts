/**
 * How public keys are named, and read back out of their names. Public halves only: no private key ever passes through here.
 *
 * @see https://w3c-ccg.github.io/did-key-spec/ and RFC 7638 with RFC 8037 section 2
 */
import { base58 } from '@scure/base';
import { encodeBase64url } from '@vivim/contract/base64url';
import type { LoggedKey } from '@vivim/contract/key-log';
import { ecThumbprint, okpThumbprint } from '@vivim/contract/key-thumbprint';
import { type Curve, uncompressed } from './ec-point.ts';

/** The multicodec of an Ed25519 public key, `0xed` as a varint. */
const ed25519Codec = [0xed, 0x01];
const pointCodecs: readonly (readonly [number, number, Curve])[] = [
  [0x80, 0x24, 'P-256'],
  [0xe7, 0x01, 'secp256k1'],
];

/** `did:key:z…` of a raw 32-byte Ed25519 public key. */
export function didKey(publicKey: Uint8Array): string {
  return `did:key:z${base58.encode(Uint8Array.of(...ed25519Codec, ...publicKey))}`;
}

/** The only verification method of a did:key: its own name as the fragment. */
export function verificationMethod(did: string): string {
  return `${did}#${did.slice('did:key:'.length)}`;
}

/** RFC 7638 thumbprint of a raw Ed25519 public key. */
export const thumbprint = (publicKey: Uint8Array): Promise<string> => okpThumbprint('Ed25519', publicKey);

/** The key a did:key stands for, as the log writes keys; null for what is no did:key of a key that signs. */
export async function keyOfDid(did: string): Promise<Pick<LoggedKey, 'kid' | 'alg' | 'publicKey'> | null> {
  const bytes = decode(did);
  if (bytes === null) return null;
  const [a = 0, b = 0, ...rest] = bytes;
  const key = Uint8Array.from(rest);
  const publicKey = encodeBase64url(key);
  if (a === ed25519Codec[0] && b === ed25519Codec[1])
    return key.length === 32 ? { kid: await thumbprint(key), alg: 'Ed25519', publicKey } : null;
  const curve = pointCodecs.find(([first, second]) => first === a && second === b)?.[2];
  const point = curve === undefined ? null : uncompressed(curve, key);
  if (curve === undefined || point === null) return null;
  return { kid: await ecThumbprint(curve, point.x, point.y), alg: curve, publicKey };
}

function decode(did: string): Uint8Array | null {
  const [, encoded] = /^did:key:z([1-9A-HJ-NP-Za-km-z]+)$/.exec(did) ?? [];
  return encoded === undefined ? null : base58.decode(encoded);
}
