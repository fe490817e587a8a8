/** From a DID to the key that may sign for it. */
import { parseDidKey } from './did-key.ts';

export interface SigningKey {
  readonly did: string;
  readonly method: 'key' | 'jwk' | 'web';
  readonly alg: 'Ed25519' | 'P-256' | 'secp256k1';
  readonly publicKey: Uint8Array;
  readonly thumbprint: string;
  readonly verificationMethod: string;
  readonly documentDigest: Uint8Array | null;
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

export interface DidDeps {
  readonly didWeb: null;
}

export async function resolveSigningKey(_: DidDeps, did: string, _kid?: string): Promise<SigningKey> {
  return { ...parseDidKey(did), documentDigest: null };
}
