/** Entries of key logs as a client signs them, and the keys in them. Every part can be made wrong before it is signed. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { base58 } from '@scure/base';
import {
  entryBytes,
  type KeyAlgorithmName,
  type KeyLogHead,
  type KeyLogPayload,
  type KeyPurpose,
  keyPriority,
  type LoggedKey,
  type SignedEntry,
} from '@vivim/contract/key-log';
import type { IdentityKey } from './proofs.ts';
import type { SignedIn } from './sign-in.ts';

/** First byte of a Multikey's code, the second of which does not differ. */
const algorithms: Readonly<Record<number, KeyAlgorithmName>> = { 237: 'Ed25519', 128: 'P-256', 231: 'secp256k1' };

/** A key with a did:key as the log writes it. */
export function loggedKey(key: IdentityKey, purpose: KeyPurpose, priority: number = keyPriority.added): LoggedKey {
  const multikey = base58.decode(key.did.slice('did:key:z'.length));
  const alg = algorithms[multikey[0] ?? 0] ?? 'Ed25519';
  return { kid: key.jkt, alg, publicKey: Buffer.from(multikey.subarray(2)).toString('base64url'), purpose, priority };
}

/** A fresh X25519 key, which the space's key can be sealed to. */
export function newSealingKey(purpose: KeyPurpose, priority: number = keyPriority.added): LoggedKey {
  const { x = '' } = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: 'X25519', kty: 'OKP', x }))
    .digest('base64url');
  return { kid, alg: 'X25519', publicKey: x, purpose, priority };
}

export const signEntry = (signer: IdentityKey, payload: KeyLogPayload): SignedEntry => ({
  payload,
  signer: signer.jkt,
  signature: signer.sign(Buffer.from(entryBytes(payload)).toString()),
});

/** Where the next entry of a person goes. */
export async function nextPlace(person: SignedIn): Promise<{ readonly seq: number; readonly prev: string | null }> {
  const { body } = await person.send('GET', '/v1/keys/log');
  const head = body.head as KeyLogHead;
  return { seq: head.seq + 1, prev: head.hash };
}
