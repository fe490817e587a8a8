/** A key that may sign for a DID: what every method of DID is read into, and what a challenge is made for. */
import { keyAlgorithms, type PublicKey, type SigningAlgorithm } from '../keys/key-algorithms.ts';
import { jwkThumbprint } from '../keys/thumbprint.ts';

export type DidMethod = 'key' | 'jwk' | 'web';

/** What of a signing key cannot be worked out: enough to make it again without asking anybody. */
export interface SigningKeyFacts {
  readonly did: string;
  readonly method: DidMethod;
  readonly alg: SigningAlgorithm;
  /** Canonical bytes, and a safe key. */
  readonly publicKey: Uint8Array;
  /** `{did}#{fragment}` */
  readonly verificationMethod: string;
  /** Of did:web: SHA-256 over all that may sign in for the DID. Null where the DID itself is the key. */
  readonly documentDigest: Uint8Array | null;
}

export interface SigningKey extends SigningKeyFacts {
  /** RFC 7638 thumbprint: the same for every DID of this key. */
  readonly thumbprint: string;
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

export function makeSigningKey(facts: SigningKeyFacts): SigningKey {
  const { alg, publicKey } = facts;
  return {
    ...facts,
    thumbprint: jwkThumbprint(keyAlgorithms[alg].jwk(publicKey)),
    verify: (message, signature) => keyAlgorithms[alg].verify(publicKey, message, signature),
  };
}

/** The key of a DID that is nothing but a key. */
export const selfNamedKey = (did: string, method: DidMethod, key: PublicKey, fragment: string): SigningKey =>
  makeSigningKey({
    did,
    method,
    alg: key.alg,
    publicKey: key.publicKey,
    verificationMethod: `${did}#${fragment}`,
    documentDigest: null,
  });
