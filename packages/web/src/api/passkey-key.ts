/**
 * A passkey's public key between the form browsers give it in and the form the key log keeps. Pure; whoever checks its
 * signatures checks the key too.
 *
 * @see RFC 5480 and RFC 8410 for SubjectPublicKeyInfo
 */
import { encodeBase64url } from '@vivim/contract/base64url';
import type { LoggedKey } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import { ecThumbprint, okpThumbprint } from '@vivim/contract/key-thumbprint';
import { compressed } from './ec-point.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** Everything of the encoding that stands before the key, which for either kind is always the same. */
const ed25519Prefix = hex('302a300506032b6570032100');
const p256Prefix = hex('3059301306072a8648ce3d020106082a8648ce3d03010703420004');

/** What follows the prefix, if it is `length` bytes. */
function after(prefix: Uint8Array, bytes: Uint8Array, length: number): Uint8Array | null {
  const fits = bytes.length === prefix.length + length && prefix.every((byte, index) => bytes[index] === byte);
  return fits ? bytes.slice(prefix.length) : null;
}

/** @param spki what `getPublicKey()` of a new credential gives; null back for any other kind of key */
export async function loggedPasskeyKey(spki: Uint8Array): Promise<LoggedKey | null> {
  const rest = { purpose: 'passkey', priority: keyPriority.added } as const;
  const raw = after(ed25519Prefix, spki, 32);
  if (raw !== null) {
    return { kid: await okpThumbprint('Ed25519', raw), alg: 'Ed25519', publicKey: encodeBase64url(raw), ...rest };
  }
  const point = after(p256Prefix, spki, 64);
  if (point === null) return null;
  const [x, y] = [point.slice(0, 32), point.slice(32)];
  return {
    kid: await ecThumbprint('P-256', x, y),
    alg: 'P-256',
    publicKey: encodeBase64url(compressed(x, y)),
    ...rest,
  };
}
