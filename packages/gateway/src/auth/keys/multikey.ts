/**
 * A public key as multiformats write it: base58btc over a multicodec code and the key. One spelling for one key. The
 * body of a did:key and the `publicKeyMultibase` of a DID document are this.
 */
import { base58 } from '@scure/base';
import { AppError } from '@vivim/contract/errors';
import { keyAlgorithms, type PublicKey, type SigningAlgorithm } from './key-algorithms.ts';

/** By multicodec code (multiformats/multicodec table.csv). */
const algorithms: ReadonlyMap<number, SigningAlgorithm> = new Map([
  [0xed, 'Ed25519'],
  [0x1200, 'P-256'],
  [0xe7, 'secp256k1'],
]);
const x25519Code = 0xec;

/** Reading base58 takes the square of its length; no key is longer. */
const maxLength = 2_048;

/** Points in other clothes: x and y alone, or with a prefix of SEC 1 before them. */
const otherPointLengths = [64, 65];

/** Unsigned varint as multiformats write it, at most 9 bytes. Null when it does not end. */
function readVarint(bytes: Uint8Array): { code: number; length: number } | null {
  let code = 0;
  for (let index = 0; index < Math.min(bytes.length, 9); index += 1) {
    const byte = bytes[index] ?? 0;
    code += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { code, length: index + 1 };
  }
  return null;
}

/** The shortest varint ends in a byte that is not zero, unless it is zero itself. */
const isMinimal = (bytes: Uint8Array, length: number) => length === 1 || bytes[length - 1] !== 0;

function decodeBase58(text: string): Uint8Array {
  try {
    return base58.decode(text);
  } catch {
    throw new AppError('did_malformed');
  }
}

/**
 * @param multibase starts with `z`
 * @throws AppError `did_malformed`, `did_not_canonical`, `did_key_type_unsupported`, `did_key_not_signing`, `key_invalid`
 * @see W3C CCG did:key method, section 3 (format); W3C Controlled Identifiers, section 2.2.2 (Multikey)
 */
export function readMultikey(multibase: string): PublicKey {
  if (!multibase.startsWith('z') || multibase.length > maxLength)
    throw new AppError('did_malformed', 'The key must be written in base58btc, starting with z.');
  const bytes = decodeBase58(multibase.slice(1));
  const codec = readVarint(bytes);
  if (codec === null) throw new AppError('did_malformed');
  if (!isMinimal(bytes, codec.length)) throw new AppError('did_not_canonical');
  if (codec.code === x25519Code)
    throw new AppError('did_key_not_signing', 'This is a key for encryption (X25519); use one for signing.');
  const alg = algorithms.get(codec.code);
  if (alg === undefined)
    throw new AppError('did_key_type_unsupported', 'Only keys of Ed25519, P-256 and secp256k1 can sign in here.');
  const publicKey = bytes.slice(codec.length);
  const { length, isSafe } = keyAlgorithms[alg];
  if (publicKey.length !== length) {
    const otherSpelling = alg !== 'Ed25519' && otherPointLengths.includes(publicKey.length);
    throw otherSpelling
      ? new AppError('did_not_canonical', 'The point of the key must be compressed.')
      : new AppError('did_malformed');
  }
  if (base58.encode(bytes) !== multibase.slice(1)) throw new AppError('did_not_canonical');
  if (!isSafe(publicKey)) throw new AppError('key_invalid');
  return { alg, publicKey };
}
