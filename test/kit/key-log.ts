/** Entries of key logs as a client signs them, and the keys in them. Every part can be made wrong before it is signed. */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
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
import { type SealingPair, sealingPairFrom, sealingPublicKey } from '@vivim/contract/sealing';
import { signedBytes, type signedTags } from '@vivim/contract/signed-object';
import type { IdentityKey } from './proofs.ts';
import type { Answer, SignedIn } from './sign-in.ts';

/** First byte of a Multikey's code, the second of which does not differ. */
const algorithms: Readonly<Record<number, KeyAlgorithmName>> = { 237: 'Ed25519', 128: 'P-256', 231: 'secp256k1' };

/** A key with a did:key as the log writes it. */
export function loggedKey(key: IdentityKey, purpose: KeyPurpose, priority: number = keyPriority.added): LoggedKey {
  const multikey = base58.decode(key.did.slice('did:key:z'.length));
  const alg = algorithms[multikey[0] ?? 0] ?? 'Ed25519';
  return { kid: key.jkt, alg, publicKey: Buffer.from(multikey.subarray(2)).toString('base64url'), purpose, priority };
}

const sealingKey = (publicKey: string, purpose: KeyPurpose, priority: number): LoggedKey => ({
  kid: createHash('sha256').update(`{"crv":"X25519","kty":"OKP","x":"${publicKey}"}`).digest('base64url'),
  alg: 'X25519',
  publicKey,
  purpose,
  priority,
});

/** A fresh X25519 key, which the space's key can be sealed to. */
export function newSealingKey(purpose: KeyPurpose, priority: number = keyPriority.added): LoggedKey {
  const { x = '' } = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' });
  return sealingKey(x, purpose, priority);
}

/** One whose private half is kept, to open what is sealed to it. */
export async function newOpeningKey(
  purpose: KeyPurpose,
  priority: number = keyPriority.added,
): Promise<{ readonly logged: LoggedKey; readonly pair: SealingPair }> {
  const pair = await sealingPairFrom(new Uint8Array(randomBytes(32)));
  const publicKey = Buffer.from(await sealingPublicKey(pair)).toString('base64url');
  return { logged: sealingKey(publicKey, purpose, priority), pair };
}

/** A payload without its place in the chain. */
export type Change = KeyLogPayload extends infer P
  ? P extends KeyLogPayload
    ? Omit<P, 'seq' | 'prev'>
    : never
  : never;

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

/** An entry behind the last one. */
export async function nextEntry(
  person: SignedIn,
  change: Change,
  signer: IdentityKey = person.identity,
): Promise<SignedEntry> {
  return signEntry(signer, { ...change, ...(await nextPlace(person)) });
}

/** Appends over HTTP. */
export async function appendChange(
  person: SignedIn,
  change: Change,
  signer: IdentityKey = person.identity,
): Promise<Answer> {
  return person.send('POST', '/v1/keys/log', { json: { entry: await nextEntry(person, change, signer) } });
}

/** A signature over one of the other signed objects. */
export const signObject = (
  signer: IdentityKey,
  tag: (typeof signedTags)[keyof typeof signedTags],
  payload: unknown,
): string => signer.sign(Buffer.from(signedBytes(tag, payload)).toString());
