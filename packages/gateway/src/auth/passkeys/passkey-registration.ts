/**
 * A new passkey, as an authenticator describes it. No attestation is asked for and none with certificates is looked at:
 * checking one would have this server fetch from addresses a stranger wrote into it.
 */
import type { PasskeyAttestation } from '@vivim/contract/passkeys';
import { decodeBase64url } from '../base64url.ts';
import type { PublicKey } from '../keys/key-algorithms.ts';
import type { Origins } from '../origins.ts';
import { type ClientDataRefusal, readClientData } from './client-data.ts';
import type { Assertion } from './passkey-assertion.ts';
import { passkeyAlgorithms, readCose } from './passkey-key.ts';
import { webauthnLibrary, webauthnParts } from './webauthn-library.ts';

export interface NewPasskey extends Assertion {
  readonly credentialId: Uint8Array;
  readonly key: PublicKey;
  readonly transports: readonly string[];
}

/**
 * `algorithm`: none we take. `attestation`: one nobody asked for. `authenticator`: what it says does not hold together, or is
 * for another server. `user`: the device was unlocked by nobody; said only of a passkey that is good in everything else.
 */
export type RegistrationRefusal = ClientDataRefusal | 'algorithm' | 'attestation' | 'authenticator' | 'user';

export interface ExpectedRegistration {
  /** SHA-256 of the challenge's bytes. */
  readonly challengeHash: Uint8Array;
  readonly origins: Origins;
}

const transportNames = /^[a-z-]{1,32}$/;

/** What can be read before anything is believed. Null where it cannot. */
async function readAttestation(attestationObject: Uint8Array<ArrayBuffer>) {
  const { decodeAttestationObject, parseAuthenticatorData } = await webauthnParts();
  try {
    const attestation = decodeAttestationObject(attestationObject);
    const { credentialID, credentialPublicKey } = parseAuthenticatorData(attestation.get('authData'));
    if (credentialID === undefined || credentialPublicKey === undefined) return null;
    const format = attestation.get('fmt');
    // A device may vouch for itself with the new key, which names nobody.
    const own = format === 'none' || (format === 'packed' && attestation.get('attStmt').get('x5c') === undefined);
    return { credentialId: credentialID, own, key: await readCose(credentialPublicKey) };
  } catch {
    return null;
  }
}

/** The library's check, for a client's data that is known to fit. */
async function verifyAuthenticator(response: PasskeyAttestation, rpId: string, origin: string) {
  const { id, rawId, type, response: attestation } = response;
  const { clientDataJSON, attestationObject } = attestation;
  const { verifyRegistrationResponse } = await webauthnLibrary();
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: { id, rawId, type, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
      expectedChallenge: () => true,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: false,
      supportedAlgorithmIDs: passkeyAlgorithms,
    });
    return registrationInfo?.credential.id === id ? registrationInfo : null;
  } catch {
    return null;
  }
}

/** @see WebAuthn level 3, section 7.1 */
export async function readRegistration(
  response: PasskeyAttestation,
  { challengeHash, origins }: ExpectedRegistration,
): Promise<NewPasskey | RegistrationRefusal> {
  const clientData = decodeBase64url(response.response.clientDataJSON);
  const attestationObject = decodeBase64url(response.response.attestationObject);
  if (clientData === null || attestationObject === null) return 'malformed';
  const client = readClientData(clientData, { type: 'webauthn.create', challengeHash, origins });
  if (typeof client === 'string') return client;
  const read = await readAttestation(attestationObject);
  if (read === null) return 'authenticator';
  if (read.key === null) return 'algorithm';
  if (!read.own) return 'attestation';
  const info = await verifyAuthenticator(response, origins.rpId, client.origin);
  if (info === null) return 'authenticator';
  if (!info.userVerified) return 'user';
  return {
    credentialId: read.credentialId,
    key: read.key,
    transports: (response.response.transports ?? []).filter((name) => transportNames.test(name)),
    signCount: info.credential.counter,
    backupEligible: info.credentialDeviceType === 'multiDevice',
    backedUp: info.credentialBackedUp,
  };
}
