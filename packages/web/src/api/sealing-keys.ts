/** The pair of a browser that opens the space's key, and how the key log writes such keys. Private halves are never read out. */
import { encodeBase64url } from '@vivim/contract/base64url';
import type { LoggedKey } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import { okpThumbprint } from '@vivim/contract/key-thumbprint';
import { type SealingPair, sealingPublicKey } from '@vivim/contract/sealing';

/** Null in a browser that knows no X25519: it signs in, and reads no names. */
export async function makeSealingPair(): Promise<SealingPair | null> {
  try {
    return (await crypto.subtle.generateKey('X25519', false, ['deriveBits'])) as CryptoKeyPair;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return null;
    throw error;
  }
}

export async function loggedSealingKey(
  pair: SealingPair,
  purpose: 'device-enc' | 'passkey-enc' = 'device-enc',
): Promise<LoggedKey> {
  const bytes = await sealingPublicKey(pair);
  const kid = await okpThumbprint('X25519', bytes);
  return { kid, alg: 'X25519', publicKey: encodeBase64url(bytes), purpose, priority: keyPriority.added };
}
