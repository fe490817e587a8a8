/** Passkeys: WebAuthn credentials as keys of the same identity. The shapes in between are those of the standard. */
import { z } from 'zod';
import { Thumbprint } from './identity.ts';
import { SignedEntry } from './key-log.ts';
import { NameCiphertext } from './sealing.ts';

/** As WebAuthn level 3 writes options and answers in JSON; checked by the library that reads them. */
const WebAuthnJson = z.looseObject({});
const PasskeyResponse = z.looseObject({ id: z.string(), type: z.literal('public-key'), response: z.looseObject({}) });

export const PasskeyOptions = z.strictObject({ challengeId: z.uuid(), options: WebAuthnJson });
export type PasskeyOptions = z.infer<typeof PasskeyOptions>;

/** With `jkt` a program binds the session to its DPoP key; a page leaves it out and gets a cookie. */
export const PasskeyLoginRequest = z.strictObject({ jkt: Thumbprint.optional() });

export const PasskeyAnswer = z.strictObject({ challengeId: z.uuid(), response: PasskeyResponse });
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;

export const PasskeyRegistration = PasskeyAnswer.extend({
  /** Adds the credential's key and, where PRF gave one, its sealing key. */
  entry: SignedEntry,
  nameCt: NameCiphertext.optional(),
});

export const Passkey = z.strictObject({
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
