/** Passkeys: WebAuthn credentials as keys of the same identity. The shapes in between are those of the standard. */
import { z } from 'zod';
import { Thumbprint } from './identity.ts';
import { PasskeySignature, SignedEntry } from './key-log.ts';
import { NameCiphertext } from './sealed.ts';

const Base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** As WebAuthn level 3 writes options in JSON (section 5.1.8): handed to the browser as they are. */
const OptionsJson = z.looseObject({});

/** What both answers of an authenticator have, in the JSON of WebAuthn level 3. Loose: clients add what they know. */
const CredentialJson = z.looseObject({
  /** The credential's id: up to 1023 bytes. */
  id: Base64url.max(1_364),

  /** The same, as WebAuthn has it. */
  rawId: Base64url.max(1_364),
  type: z.literal('public-key'),
});

/** `AuthenticationResponseJSON`. */
export const PasskeyAssertion = CredentialJson.extend({
  /** `userHandle` says whose passkey it is. */
  response: z.looseObject({
    ...PasskeySignature.shape,
    /** Whose passkey it is, base64url; null or left out where the authenticator does not say. */
    userHandle: Base64url.max(86).nullish(),
  }),
});
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;

/** `RegistrationResponseJSON`. */
export const PasskeyAttestation = CredentialJson.extend({
  response: z.looseObject({
    clientDataJSON: Base64url.max(4_096),

    /** The new key with what vouches for it (CBOR), base64url. */
    attestationObject: Base64url.max(16_384),

    /** How the authenticator can be reached, as the browser says. */
    transports: z.array(z.string().max(32)).max(16).optional(),
  }),
});
export type PasskeyAttestation = z.infer<typeof PasskeyAttestation>;

export const PasskeyOptions = z.strictObject({
  /** Send it back with the answer. */
  challengeId: z.uuid(),
  /** Hand it to `navigator.credentials` as it is, in the JSON of WebAuthn level 3. */
  options: OptionsJson,
});
export type PasskeyOptions = z.infer<typeof PasskeyOptions>;

/** With `jkt` a program binds the session to its DPoP key; a page leaves it out and gets a cookie. */
export const PasskeyLoginRequest = z.strictObject({
  /** RFC 7638 thumbprint of the DPoP key of a program; a page leaves it out. */
  jkt: Thumbprint.optional(),
});

export const PasskeyAnswer = z.strictObject({ challengeId: z.uuid(), response: PasskeyAssertion });
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;

export const PasskeyRegistration = z.strictObject({
  challengeId: z.uuid(),
  response: PasskeyAttestation,
  /** Adds the credential's key and, where PRF gave one, its sealing key. */
  entry: SignedEntry,
  nameCt: NameCiphertext.optional(),
});
export type PasskeyRegistration = z.infer<typeof PasskeyRegistration>;

export const Passkey = z.strictObject({
  /** The credential's, base64url. */
  id: z.string(),
  kid: Thumbprint,
  /** Whether it can open the space's key. */
  opensSpace: z.boolean(),
  /** The key the space's key is sealed to, where it can. */
  encKid: Thumbprint.nullable(),
  /** Copied to the owner's other devices by their platform. */
  backedUp: z.boolean(),
  nameCt: NameCiphertext.nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type Passkey = z.infer<typeof Passkey>;

/** Evaluated by the authenticator; the same everywhere, so that any client of this server opens the same wrap. */
export const prfSalt = 'vivim/passkey-prf/1';
