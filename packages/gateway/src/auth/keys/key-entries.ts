/**
 * Signed entries of the key log between wire, rules and master: hashes, signatures, the first entry of a new account.
 * Never decides what an entry may do; the rules in contract do.
 */
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import {
  type KeyLogEntry,
  type KeyLogPayload,
  type LoggedKey,
  PasskeySignature,
  type SignedEntry,
} from '@vivim/contract/key-log';
import { chainedBytes, entryBytes, keyPriority } from '@vivim/contract/key-log-bytes';
import type { StandingEntry } from '@vivim/contract/key-log-rules';
import type { KeyLogRow } from '../../master/key-log.ts';
import { decodeBase64url, encodeBase64url } from '../base64url.ts';
import type { ProvenChallenge } from '../challenge.ts';
import { sha256 } from '../digest.ts';
import { keyAlgorithms } from './key-algorithms.ts';
import { jwkThumbprint } from './thumbprint.ts';

/** What the next entry names as `prev`. */
export const entryHash = (entry: SignedEntry): Uint8Array => sha256(chainedBytes(entry));

/** A raw signature is kept as it is, a passkey's as JSON. */
export const storedSignature = (signature: SignedEntry['signature']): string =>
  typeof signature === 'string' ? signature : JSON.stringify(signature);

export const readSignature = (stored: string): SignedEntry['signature'] =>
  stored.startsWith('{') ? PasskeySignature.parse(JSON.parse(stored)) : stored;

export const toStanding = ({ payload, signer, hash, at }: KeyLogRow): StandingEntry => ({
  payload,
  signer,
  hash: encodeBase64url(hash),
  at,
});

/** @param nullifiedBy number of the entry that voided it */
export const toWire = (row: KeyLogRow, nullifiedBy: number | null): KeyLogEntry => ({
  payload: row.payload,
  signer: row.signer,
  signature: readSignature(row.signature),
  hash: encodeBase64url(row.hash),
  at: isoTime(row.at.getTime()),
  nullifiedBy,
});

/** RFC 7638 thumbprint of any key of the log; for X25519 with the members of RFC 8037. */
export function thumbprintOf(alg: LoggedKey['alg'], publicKey: Uint8Array): string {
  if (alg !== 'X25519') return jwkThumbprint(keyAlgorithms[alg].jwk(publicKey));
  return jwkThumbprint({ crv: 'X25519', kty: 'OKP', x: encodeBase64url(publicKey) });
}

/**
 * A key is what it says: safe, of its length, named by its own thumbprint.
 *
 * @throws AppError `key_invalid`, `key_log_invalid`
 */
export function assertKey(key: LoggedKey): void {
  const bytes = decodeBase64url(key.publicKey);
  if (bytes === null) throw new AppError('key_invalid');
  const safe = key.alg === 'X25519' ? bytes.length === 32 : keyAlgorithms[key.alg].isSafe(bytes);
  if (!safe) throw new AppError('key_invalid');
  if (thumbprintOf(key.alg, bytes) !== key.kid)
    throw new AppError('key_log_invalid', 'A key is named by its RFC 7638 thumbprint.');
}

/** How a passkey's assertion is checked: the authenticator's data, for the hash of the bytes. */
export type VerifyAssertion = (key: LoggedKey, bytes: Uint8Array, assertion: PasskeySignature) => Promise<boolean>;

/** Whether the signer of an entry signed it. */
export async function isSigned(entry: SignedEntry, key: LoggedKey, verifyAssertion: VerifyAssertion): Promise<boolean> {
  const bytes = entryBytes(entry.payload);
  if (typeof entry.signature !== 'string')
    return key.purpose === 'passkey' && verifyAssertion(key, bytes, entry.signature);
  const [publicKey, signature] = [decodeBase64url(key.publicKey), decodeBase64url(entry.signature)];
  if (key.alg === 'X25519' || key.purpose === 'passkey' || publicKey === null || signature === null) return false;
  return keyAlgorithms[key.alg].verify(publicKey, bytes, signature);
}

/** The keys an entry brings along. */
export function newKeys(payload: KeyLogPayload): readonly LoggedKey[] {
  if (payload.op === 'add' || payload.op === 'recover') return payload.keys;
  if (payload.op === 'setRecovery' && payload.recovery !== null) return [payload.recovery.sign, payload.recovery.enc];
  return [];
}

/** The entry an account begins with: signed by signing the text that registered it. */
export function firstEntry(challenge: ProvenChallenge, deviceId: string): SignedEntry {
  const { kid, alg, publicKey, message, signature } = challenge;
  return {
    payload: {
      seq: 1,
      prev: null,
      op: 'add',
      keys: [{ kid, alg, publicKey: encodeBase64url(publicKey), purpose: 'rotation', priority: keyPriority.first }],
      deviceId,
      message,
    },
    signer: kid,
    signature,
  };
}
