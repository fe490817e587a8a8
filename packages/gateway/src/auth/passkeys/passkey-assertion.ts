/**
 * A passkey's signature: an assertion of WebAuthn, checked against the key as the key log has it. The same check lets
 * somebody in, freshens a session, and stands behind an entry of the log, whose hash is the challenge then.
 */
import type { PasskeySignature } from '@vivim/contract/key-log';
import { decodeBase64url } from '../base64url.ts';
import { sha256 } from '../digest.ts';
import { keyAlgorithms, type PublicKey } from '../keys/key-algorithms.ts';
import type { VerifyAssertion } from '../keys/key-entries.ts';
import type { Origins } from '../origins.ts';
import { type ClientDataRefusal, readClientData } from './client-data.ts';
import { toCose } from './passkey-key.ts';
import { webauthnLibrary } from './webauthn-library.ts';

/** What a good assertion says of its authenticator. */
export interface Assertion {
  readonly signCount: number;
  /** May be copied to other devices by its platform, and is. */
  readonly backupEligible: boolean;
  readonly backedUp: boolean;
}

/** `user`: the device was unlocked by nobody. Said only of an assertion that is good in everything else. */
export type AssertionRefusal = ClientDataRefusal | 'signature' | 'user';

export interface ExpectedAssertion {
  /** SHA-256 of the challenge's bytes. */
  readonly challengeHash: Uint8Array;
  readonly origins: Origins;
}

/** The library's check, for a client's data that is known to fit. Null where anything of the rest does not. */
async function verifyAuthenticator(key: PublicKey, assertion: PasskeySignature, rpId: string, origin: string) {
  const publicKey = keyAlgorithms[key.alg].isSafe(key.publicKey) ? await toCose(key) : null;
  if (publicKey === null) return null;
  const { verifyAuthenticationResponse } = await webauthnLibrary();
  const { clientDataJSON, authenticatorData, signature } = assertion;
  // Which credential it was plays no part in the check; the key does.
  const id = 'passkey';
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        response: { clientDataJSON, authenticatorData, signature },
        clientExtensionResults: {},
      },
      expectedChallenge: () => true,
      expectedOrigin: origin,
      expectedRPID: rpId,
      // Counted by master, where two that come at once see each other.
      credential: { id, publicKey, counter: 0 },
      requireUserVerification: false,
    });
    return verified ? authenticationInfo : null;
  } catch {
    return null;
  }
}

/** @see WebAuthn level 3, section 7.2 */
export async function checkAssertion(
  key: PublicKey,
  assertion: PasskeySignature,
  { challengeHash, origins }: ExpectedAssertion,
): Promise<Assertion | AssertionRefusal> {
  const [clientData, ...rest] = [assertion.clientDataJSON, assertion.authenticatorData, assertion.signature].map(
    decodeBase64url,
  );
  if (clientData == null || rest.includes(null)) return 'malformed';
  const client = readClientData(clientData, { type: 'webauthn.get', challengeHash, origins });
  if (typeof client === 'string') return client;
  const info = await verifyAuthenticator(key, assertion, origins.rpId, client.origin);
  if (info === null) return 'signature';
  if (!info.userVerified) return 'user';
  return {
    signCount: info.newCounter,
    backupEligible: info.credentialDeviceType === 'multiDevice',
    backedUp: info.credentialBackedUp,
  };
}

/** Checks a key-log entry that a passkey signed. */
export const assertionVerifier =
  (origins: Origins): VerifyAssertion =>
  async ({ alg, publicKey }, bytes, assertion) => {
    const key = decodeBase64url(publicKey);
    if (key === null || alg === 'X25519') return false;
    const challengeHash = sha256(sha256(bytes));
    return typeof (await checkAssertion({ alg, publicKey: key }, assertion, { challengeHash, origins })) === 'object';
  };
