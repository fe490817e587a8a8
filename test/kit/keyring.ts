/** Keys, entries of the key log and statements of tests, signed as clients sign them. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { base58 } from '@scure/base';
import type { KeyLogHead, KeyLogPayload, LoggedKey, SignedEntry } from '@vivim/contract/key-log';
import { entryBytes } from '@vivim/contract/key-log-bytes';
import { type SealingPair, sealingPairFrom, sealingPublicKey } from '@vivim/contract/sealing';
import { signedBytes, type signedTags } from '@vivim/contract/signed-object';
import { type IdentityKey, newIdentity } from './proofs.ts';
import type { Answer, SignedIn } from './sign-in.ts';

/** A payload without its place in the chain, for each of the operations. */
export type Change = KeyLogPayload extends infer P
  ? P extends KeyLogPayload
    ? Omit<P, 'seq' | 'prev'>
    : never
  : never;

export interface Place {
  readonly seq: number;
  readonly prev: string | null;
}

/** An identity's key as the log writes it. */
export function loggedKey(
  { alg, jkt, multibase }: IdentityKey,
  purpose: LoggedKey['purpose'] = 'device-auth',
  priority = 100,
): LoggedKey {
  const publicKey = Buffer.from(base58.decode(multibase.slice(1)).subarray(2)).toString('base64url');
  return { kid: jkt, alg, publicKey, purpose, priority };
}

export interface SealingTestKey {
  readonly logged: LoggedKey;
  /** Raw X25519, base64url. */
  readonly encKey: string;
  readonly pair: SealingPair;
}

/** A key that opens the space. */
export async function newSealingKey(
  purpose: LoggedKey['purpose'] = 'device-enc',
  priority = 100,
): Promise<SealingTestKey> {
  const pair = await sealingPairFrom(
    new Uint8Array(generateKeyPairSync('x25519').privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32)),
  );
  const encKey = Buffer.from(await sealingPublicKey(pair)).toString('base64url');
  const kid = createHash('sha256').update(`{"crv":"X25519","kty":"OKP","x":"${encKey}"}`).digest('base64url');
  return { logged: { kid, alg: 'X25519', publicKey: encKey, purpose, priority }, encKey, pair };
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** An entry signed by `signer`, whatever it says. */
export const signEntry = (signer: IdentityKey, payload: KeyLogPayload): SignedEntry => ({
  payload,
  signer: signer.jkt,
  signature: signer.sign(textOf(entryBytes(payload))),
});

/** A signature over one of the other signed objects. */
export const signObject = (
  signer: IdentityKey,
  tag: (typeof signedTags)[keyof typeof signedTags],
  payload: unknown,
): string => signer.sign(textOf(signedBytes(tag, payload)));

/** Where the next entry of a person's log goes. */
export async function nextPlace(person: SignedIn): Promise<Place> {
  const { body } = await person.send('GET', '/v1/keys/log');
  const { seq, hash } = body.head as KeyLogHead;
  return { seq: seq + 1, prev: hash };
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

export interface RecoveryTestKey {
  readonly sign: IdentityKey;
  readonly enc: SealingTestKey;
  /** As `setRecovery` names it. */
  readonly named: { readonly sign: LoggedKey; readonly enc: LoggedKey };
}

/** A key on paper. */
export async function newRecoveryKey(): Promise<RecoveryTestKey> {
  const [sign, enc] = [newIdentity(), await newSealingKey('recovery-enc', 0)];
  return { sign, enc, named: { sign: loggedKey(sign, 'recovery', 0), enc: enc.logged } };
}
