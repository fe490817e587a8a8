/**
 * did:key, read strictly: one spelling for one key, and only keys that can sign safely. Nothing is ever fetched.
 * Other key types slot into `keyTypes`, other methods beside this file.
 */

import { base58 } from '@scure/base';
import { AppError } from '@vivim/contract/errors';
import { ed25519Jwk, ed25519KeyLength, isSafeEd25519Key, verifyEd25519 } from './ed25519.ts';
import { jwkThumbprint } from './thumbprint.ts';

/** A key that may sign for a DID. */
export interface SigningKey {
  readonly did: string;
  readonly method: 'key';
  readonly alg: 'Ed25519';
  readonly publicKey: Uint8Array;
  /** RFC 7638 thumbprint: the same for every DID of this key. */
  readonly thumbprint: string;
  /** `{did}#{fragment}` */
  readonly verificationMethod: string;
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

interface KeyType {
  readonly alg: 'Ed25519';
  readonly length: number;
  isSafe(key: Uint8Array): boolean;
  jwk(key: Uint8Array): Readonly<Record<string, string>>;
  verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/** By multicodec code (multiformats/multicodec table.csv). */
const keyTypes: ReadonlyMap<number, KeyType> = new Map([
  [
    0xed,
    { alg: 'Ed25519', length: ed25519KeyLength, isSafe: isSafeEd25519Key, jwk: ed25519Jwk, verify: verifyEd25519 },
  ],
]);
const x25519Code = 0xec;

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

/**
 * @param did as a client sent it, at most 2048 characters
 * @throws AppError `did_malformed`, `did_not_canonical`, `did_key_type_unsupported`, `did_key_not_signing`, `key_invalid`
 * @see W3C CCG did:key method, section 3 (format); identity design, section 1
 */
export function parseDidKey(did: string): SigningKey {
  const method = /^did:([a-z0-9]+):[A-Za-z0-9._:%-]+$/.exec(did)?.[1];
  if (method === undefined) throw new AppError('did_malformed');
  if (method !== 'key') {
    throw new AppError('did_key_type_unsupported', 'Only DIDs of the method "key" can sign in here.');
  }
  const multibase = did.slice('did:key:'.length);
  if (!multibase.startsWith('z'))
    throw new AppError('did_malformed', 'A did:key is written in base58btc and starts with z.');
  const bytes = decodeBase58(multibase.slice(1));
  const codec = readVarint(bytes);
  if (codec === null) throw new AppError('did_malformed');
  if (!isMinimal(bytes, codec.length)) throw new AppError('did_not_canonical');
  if (codec.code === x25519Code) {
    throw new AppError('did_key_not_signing', 'This is a key for encryption (X25519); use one for signing (Ed25519).');
  }
  const type = keyTypes.get(codec.code);
  if (type === undefined) throw new AppError('did_key_type_unsupported', 'Only Ed25519 keys can sign in here.');
  const publicKey = bytes.slice(codec.length);
  if (publicKey.length !== type.length) throw new AppError('did_malformed');
  if (base58.encode(bytes) !== multibase.slice(1)) throw new AppError('did_not_canonical');
  if (!type.isSafe(publicKey)) throw new AppError('key_invalid');
  return {
    did,
    method,
    alg: type.alg,
    publicKey,
    thumbprint: jwkThumbprint(type.jwk(publicKey)),
    verificationMethod: `${did}#${multibase}`,
    verify: (message, signature) => type.verify(publicKey, message, signature),
  };
}

function decodeBase58(text: string): Uint8Array {
  try {
    return base58.decode(text);
  } catch (cause) {
    throw new AppError('did_malformed', undefined, { cause });
  }
}
