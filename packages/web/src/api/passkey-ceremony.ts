/**
 * Asking an authenticator: to make a passkey, to sign with one, and each time for the secret that opens the space's key. The
 * secret stays in this page; what goes to the server is the signature alone.
 */
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { decodeBase64url, encodeBase64url } from '@vivim/contract/base64url';
import { prfSalt } from '@vivim/contract/passkeys';
import { randomBytes } from '@vivim/contract/random';
import { sealingPairFor } from '@vivim/contract/recovery-key';
import type { SealingPair } from '@vivim/contract/sealing';
import { strings } from '../strings.ts';
import { CreationOptions, RequestOptions } from './passkey-options.ts';

const sealInfo = 'vivim/passkey-seal/1';

async function prfInput() {
  const first = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(prfSalt));
  return { prf: { eval: { first } } };
}

type Extensions = AuthenticationResponseJSON['clientExtensionResults'];

async function sealingPairOf({ prf }: Extensions): Promise<SealingPair | null> {
  const first = prf?.results?.first;
  if (first === undefined) return null;
  const secret = first instanceof ArrayBuffer ? new Uint8Array(first) : new Uint8Array(first.buffer);
  return sealingPairFor(Uint8Array.from(secret), sealInfo);
}

/** A sentence for what browsers refuse in terms of the standard. */
function explained(error: unknown): never {
  const name = error instanceof Error ? (error.cause instanceof Error ? error.cause.name : error.name) : '';
  if (name === 'InvalidStateError') throw new Error(strings.passkeys.alreadyThere, { cause: error });
  if (name === 'NotAllowedError' || name === 'AbortError') throw new Error(strings.passkeys.notGiven, { cause: error });
  if (name === 'SecurityError') throw new Error(strings.passkeys.wrongAddress, { cause: error });
  throw error;
}

export const canUsePasskeys = (): boolean => globalThis.PublicKeyCredential !== undefined;

/** What goes to the server: all but what the extensions gave. */
const assertionOf = ({ id, rawId, response }: AuthenticationResponseJSON) => ({
  id,
  rawId,
  type: 'public-key' as const,
  response: { ...response },
  clientExtensionResults: {},
});
const attestationOf = ({ id, rawId, response }: RegistrationResponseJSON) => ({
  id,
  rawId,
  type: 'public-key' as const,
  response: { ...response },
  clientExtensionResults: {},
});

export interface Asked {
  readonly response: ReturnType<typeof assertionOf>;
  /** Null where authenticator or browser know no PRF. */
  readonly sealing: SealingPair | null;
}

/** @throws Error in words a person understands when no passkey was given */
export async function askPasskey(options: unknown): Promise<Asked> {
  const optionsJSON = { ...RequestOptions.parse(options), extensions: await prfInput() };
  const answer = await startAuthentication({ optionsJSON }).catch(explained);
  return {
    response: assertionOf(answer),
    sealing: await sealingPairOf(answer.clientExtensionResults),
  };
}

export interface Made {
  readonly response: ReturnType<typeof attestationOf>;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly sealing: SealingPair | null;
}

/** @throws Error in words a person understands when none was made */
export async function makePasskey(options: unknown): Promise<Made> {
  const creation = CreationOptions.parse(options);
  const optionsJSON = { ...creation, extensions: await prfInput() };
  const answer = await startRegistration({ optionsJSON }).catch(explained);
  const { publicKey } = answer.response;
  if (publicKey === undefined) throw new Error(strings.passkeys.unreadable);
  const atOnce = await sealingPairOf(answer.clientExtensionResults);
  // Many authenticators say that they can, and do it only when asked to sign.
  const later = atOnce === null && answer.clientExtensionResults.prf?.enabled === true;
  return {
    response: attestationOf(answer),
    publicKey: decodeBase64url(publicKey),
    sealing: later ? await sealingPairAfter(creation, answer.id) : atOnce,
  };
}

/** The signature is for nobody; a person who says no here has a passkey that only signs in. */
async function sealingPairAfter({ rp }: CreationOptions, id: string): Promise<SealingPair | null> {
  const asked = await askPasskey({
    challenge: encodeBase64url(randomBytes(32)),
    ...(rp.id === undefined ? {} : { rpId: rp.id }),
    allowCredentials: [{ id, type: 'public-key' }],
    userVerification: 'required',
  }).catch(() => null);
  return asked?.sealing ?? null;
}
