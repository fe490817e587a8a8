/**
 * The key log: which keys are a person's, as a chain of signed entries anybody can check again from the first one. The
 * rules are those of did:plc's operation log: a stronger key can undo within 72 hours what a weaker one did.
 */
import { z } from 'zod';
import { Did, Signature, Thumbprint } from './identity.ts';

const Base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);

export const KeyAlgorithmName = z.enum(['Ed25519', 'P-256', 'secp256k1', 'X25519']);
export type KeyAlgorithmName = z.infer<typeof KeyAlgorithmName>;

/** `rotation`: the first key. `device-auth`: signs in. `passkey`: signs in by WebAuthn. `recovery`: on paper. The `-enc` ones open sealed keys and never sign. */
export const KeyPurpose = z.enum([
  'rotation',
  'device-auth',
  'passkey',
  'recovery',
  'device-enc',
  'passkey-enc',
  'recovery-enc',
]);
export type KeyPurpose = z.infer<typeof KeyPurpose>;

export const LoggedKey = z.strictObject({
  /** RFC 7638 thumbprint of the key. */
  kid: Thumbprint,
  alg: KeyAlgorithmName,
  /** Canonical bytes: 32, or a compressed point of 33. */
  publicKey: Base64url.max(64),

  /** What it is used for; the `-enc` ones open sealed keys and never sign. */
  purpose: KeyPurpose,
  priority: z.int().min(0).max(1_000),
});
export type LoggedKey = z.infer<typeof LoggedKey>;

export const Guardians = z.strictObject({
  /** People of this server who can together vouch for a new key. */
  dids: z.array(Did).min(1).max(16),
  threshold: z.int().min(1).max(16),
});
export type Guardians = z.infer<typeof Guardians>;

const position = { seq: z.int().min(1), prev: Thumbprint.nullable() };

/** One vouch for a new key in a recovery. */
export const RecoveryApproval = z.strictObject({ kid: Thumbprint, did: Did, signature: Signature });
export type RecoveryApproval = z.infer<typeof RecoveryApproval>;

export const KeyLogPayload = z.discriminatedUnion('op', [
  z.strictObject({
    ...position,

    /** What the entry does to the keys. */
    op: z.literal('add'),

    /** The keys that come in. */
    keys: z.array(LoggedKey).min(1).max(4),
    /** The device the keys are of. */
    deviceId: z.uuid().optional(),
    /** Entry 1 alone: the challenge that was signed to register, which is what its signature is over. */
    message: z.string().max(8_192).optional(),
  }),
  z.strictObject({
    ...position,
    /** What the entry does to the keys. */
    op: z.literal('revoke'),
    /** Keys that no longer hold, by their thumbprints. */
    kids: z.array(Thumbprint).min(1).max(16),
  }),
  z.strictObject({
    ...position,

    /** What the entry does to the keys. */
    op: z.literal('setRecovery'),
    /** The printed key and its half for opening the space; null removes it. */
    recovery: z
      .strictObject({
        /** Signs a recovery. */
        sign: LoggedKey,
        /** Opens the key of the space. */
        enc: LoggedKey,
      })
      .nullable(),
    guardians: Guardians.nullable(),
  }),
  z.strictObject({
    ...position,

    /** What the entry does to the keys. */
    op: z.literal('recover'),
    requestId: z.uuid(),

    /** The keys that come in. */
    keys: z.array(LoggedKey).min(1).max(2),
    deviceId: z.uuid(),

    /** The signatures of those who vouched, enough of them. */
    approvals: z.array(RecoveryApproval).min(1).max(17),
    /** Shut out every other key that signs in: the devices were lost or stolen. */
    revokeOthers: z.boolean(),
  }),
  /** Voids entry `target` and all that came after it. */
  z.strictObject({
    ...position,
    /** What the entry does to the keys. */
    op: z.literal('nullify'),
    /** The first entry that is void; from 2 on. */
    target: z.int().min(2),
  }),
]);
export type KeyLogPayload = z.infer<typeof KeyLogPayload>;

/** A passkey signs by a WebAuthn assertion whose challenge is the SHA-256 of the bytes. */
export const PasskeySignature = z.strictObject({
  authenticatorData: Base64url.max(2_048),
  clientDataJSON: Base64url.max(4_096),
  signature: Base64url.max(256),
});
export type PasskeySignature = z.infer<typeof PasskeySignature>;

export const SignedEntry = z.strictObject({
  payload: KeyLogPayload,
  signer: Thumbprint,
  signature: z.union([Signature, PasskeySignature]),
});
export type SignedEntry = z.infer<typeof SignedEntry>;

export const KeyLogEntry = SignedEntry.extend({
  /** SHA-256 of tag, payload and signature: what the next entry names as `prev`. */
  hash: Thumbprint,
  at: z.string(),

  /** Number of the entry that voids it; null: it holds. */
  nullifiedBy: z.int().nullable(),
});
export type KeyLogEntry = z.infer<typeof KeyLogEntry>;

/** The last entry; the next one is `seq + 1` and names `hash` as `prev`. Seq 0 before the first. */
export const KeyLogHead = z.strictObject({
  /** Number of the last entry; 0 where there is none. */
  seq: z.int().min(0),
  /** Of the last entry; null where there is none. */
  hash: Thumbprint.nullable(),
});
export type KeyLogHead = z.infer<typeof KeyLogHead>;

export const KeyLog = z.strictObject({
  /** All of them, from the first on. */
  entries: z.array(KeyLogEntry),
  head: KeyLogHead,
});
export type KeyLog = z.infer<typeof KeyLog>;
