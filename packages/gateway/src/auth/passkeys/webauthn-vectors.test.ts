/** The test vectors of WebAuthn level 3 (section 16), read in place: each is taken, or refused for a reason that is ours. */
import { decodeAttestationObject, parseAuthenticatorData } from '@simplewebauthn/server/helpers';
import { describe, expect, it } from 'vitest';
import { flags } from '../../../../../test/kit/passkeys.ts';
import { describeShared } from '../../../../../test/kit/shared.ts';
import { hex, vectorCases } from '../../../../../test/kit/vectors.ts';
import { encodeBase64url } from '../base64url.ts';
import { sha256 } from '../digest.ts';
import { createOrigins } from '../origins.ts';
import { type AssertionRefusal, checkAssertion } from './passkey-assertion.ts';
import { readCose } from './passkey-key.ts';
import { type RegistrationRefusal, readRegistration } from './passkey-registration.ts';

interface Vector {
  readonly name: string;
  readonly rpId: string;
  readonly origin: string;
  readonly registration: {
    readonly challenge: string;
    readonly credential_id: string;
    readonly clientDataJSON: string;
    readonly attestationObject: string;
  };
  readonly authentication: {
    readonly challenge: string;
    readonly authenticatorData: string;
    readonly clientDataJSON: string;
    readonly signature: string;
  };
}

type Outcome = 'taken' | RegistrationRefusal | AssertionRefusal;

/**
 * Why vectors that are good by the standard are refused here, by their names. `user`: the vector's device was unlocked by
 * nobody, and everything else of it fits. `algorithm`: only ES256 and Ed25519 are taken. `attestation`: certificates nobody
 * asked for. `frame`: made inside a page of somebody else's.
 */
const exceptions: Readonly<Record<string, readonly [registration: Outcome, authentication: Outcome]>> = {
  'none-es256': ['user', 'user'],
  'packed-self-es256': ['taken', 'user'],
  'none-es256-crossOrigin': ['frame', 'frame'],
  'packed-es256': ['attestation', 'taken'],
  'packed-es512': ['algorithm', 'algorithm'],
  'packed-rs256': ['algorithm', 'algorithm'],
  'packed-ed448': ['algorithm', 'algorithm'],
  'tpm-es256': ['attestation', 'taken'],
  'android-key-es256': ['attestation', 'user'],
  'apple-es256': ['attestation', 'user'],
};

const base64url = (text: string) => encodeBase64url(hex(text));
const expected = ({ origin, rpId }: Vector, challenge: string) => ({
  challengeHash: sha256(hex(challenge)),
  origins: { ...createOrigins(origin, 1), rpId },
});
const outcome = (result: object | Outcome): Outcome => (typeof result === 'string' ? result : 'taken');

const attested = async ({ registration }: Vector) => {
  const attestation = decodeAttestationObject(hex(registration.attestationObject));
  const data = parseAuthenticatorData(attestation.get('authData'));
  return { attestation, data, key: await readCose(data.credentialPublicKey ?? new Uint8Array()) };
};

async function register(vector: Vector): Promise<Outcome> {
  const { challenge, credential_id, clientDataJSON, attestationObject } = vector.registration;
  const id = base64url(credential_id);
  const response = { clientDataJSON: base64url(clientDataJSON), attestationObject: base64url(attestationObject) };
  return outcome(await readRegistration({ id, rawId: id, type: 'public-key', response }, expected(vector, challenge)));
}

async function authenticate(vector: Vector, change: Partial<Vector['authentication']> = {}): Promise<Outcome> {
  const { key } = await attested(vector);
  if (key === null) return 'algorithm';
  const { challenge, authenticatorData, clientDataJSON, signature } = { ...vector.authentication, ...change };
  const assertion = {
    authenticatorData: base64url(authenticatorData),
    clientDataJSON: base64url(clientDataJSON),
    signature: base64url(signature),
  };
  return outcome(await checkAssertion(key, assertion, expected(vector, challenge)));
}

const inFrame = (clientDataJSON: string): boolean => {
  const { crossOrigin, topOrigin } = JSON.parse(Buffer.from(hex(clientDataJSON)).toString());
  return crossOrigin === true || topOrigin !== undefined;
};

/** What our rules say to a vector, from its bytes alone: the reasons of the list, for vectors that are not on it. */
async function byRule(vector: Vector): Promise<readonly [Outcome, Outcome]> {
  const { attestation, data, key } = await attested(vector);
  const certificates = attestation.get('attStmt').get('x5c') !== undefined;
  const own = attestation.get('fmt') === 'none' || (attestation.get('fmt') === 'packed' && !certificates);
  const unlocked = (bits: number): Outcome => ((bits & flags.uv) === 0 ? 'user' : 'taken');
  const registration = (): Outcome => {
    if (inFrame(vector.registration.clientDataJSON)) return 'frame';
    if (key === null) return 'algorithm';
    return own ? unlocked(data.flags.flagsInt) : 'attestation';
  };
  const authentication = (): Outcome => {
    if (key === null) return 'algorithm';
    if (inFrame(vector.authentication.clientDataJSON)) return 'frame';
    return unlocked(hex(vector.authentication.authenticatorData)[32] ?? 0);
  };
  return [registration(), authentication()];
}

/** The same bytes with one bit of one of them the other way round. */
function flipped(text: string, index: number): string {
  const bytes = hex(text);
  const at = index % bytes.length;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return Buffer.from(bytes).toString('hex');
}

describeShared('vectors', 'the vectors of WebAuthn level 3', () => {
  const vectors = vectorCases<Vector>('webauthn', /\.json$/);

  describe.each(vectors)('$name', async (vector) => {
    const [registration, authentication] = exceptions[vector.name] ?? (await byRule(vector));

    it(`making it: ${registration}`, async () => {
      expect((await byRule(vector))[0]).toBe(registration);
      expect(await register(vector)).toBe(registration);
    });

    it(`using it: ${authentication}`, async () => {
      expect((await byRule(vector))[1]).toBe(authentication);
      expect(await authenticate(vector)).toBe(authentication);
    });

    it('fits no other challenge, server, device or signature', async () => {
      const { challenge, authenticatorData, signature } = vector.authentication;
      const early = ['algorithm', 'frame'].includes(authentication) ? authentication : null;
      expect(await authenticate(vector, { challenge: flipped(challenge, 0) })).toBe(
        authentication === 'algorithm' ? authentication : 'challenge',
      );
      for (const at of [0, 31, 32, 36]) {
        const other = { authenticatorData: flipped(authenticatorData, at) };
        expect(await authenticate(vector, other)).toBe(early ?? 'signature');
      }
      for (const at of [0, 5, 20, hex(signature).length - 1]) {
        expect(await authenticate(vector, { signature: flipped(signature, at) })).toBe(early ?? 'signature');
      }
    });
  });
});
