/** The account as its owner sees it: who, in which state, what happened, and how it ends. */
import { z } from 'zod';
import { Scope, SessionKind, SignedChallenge, Thumbprint } from './identity.ts';
import { UserId } from './ids.ts';
import { KeyAlgorithmName, KeyPurpose } from './key-log.ts';

export const AccountStatus = z.enum(['active', 'locked', 'deleting']);
export type AccountStatus = z.infer<typeof AccountStatus>;

/** Ways back in. Two are needed before an account counts as safe. */
export const accessFactors = ['device', 'passkey', 'recovery-key', 'guardians'] as const;

export const Me = z.strictObject({
  userId: UserId,

  /** Every DID of the account, the first one first. */
  dids: z.array(z.string()),
  createdAt: z.string(),

  /** `locked`: an operator shut it. `deleting`: it is on its way out. */
  status: AccountStatus,
  /** Until then nothing is deleted, exported or widened; null without a recent recovery. */
  frozenUntil: z.string().nullable(),
  /** When the account will be erased; null unless its owner asked for it. */
  eraseAt: z.string().nullable(),

  /** The ways back in, and whether they are enough. */
  access: z.strictObject({
    /** Devices that can sign in. */
    devices: z.int(),

    /** Passkeys that can sign in. */
    passkeys: z.int(),

    /** Whether there is a key on paper. */
    recoveryKey: z.boolean(),

    /** Whether people were named who can vouch. */
    guardians: z.boolean(),
    /** Whether losing one device loses nothing. */
    safe: z.boolean(),
  }),
  /** Whether the operator's page is there for them. */
  operator: z.boolean(),

  /** The session this was asked with. */
  session: z.strictObject({
    id: z.uuid(),
    kind: SessionKind,
    deviceId: z.uuid().nullable(),
    scopes: z.array(Scope),
    /** When a key was last asked to sign for this session. */
    authenticatedAt: z.string(),
    expiresAt: z.string(),
  }),
});
export type Me = z.infer<typeof Me>;

export const KeyInfo = z.strictObject({
  kid: Thumbprint,
  alg: KeyAlgorithmName,

  /** What it is used for; the `-enc` ones open sealed keys and never sign. */
  purpose: KeyPurpose,
  priority: z.int(),
  deviceId: z.uuid().nullable(),

  /** When it came into the key log, ISO 8601 in UTC. */
  addedAt: z.string(),
});
export type KeyInfo = z.infer<typeof KeyInfo>;

/** What is written down of an account, for its owner and for the operator's verifier. Codes alone, no words of anybody. */
export const accountEvents = [
  'account.registered',
  'account.locked',
  'account.unlocked',
  'account.deletion_asked',
  'account.deletion_cancelled',
  'account.erased',
  'account.exported',
  'space.sealed',
  'space.unsealed',
  'space.unlocked',
  'space.locked',
  'session.opened',
  'session.ended',
  'session.all_ended',
  'session.refresh_reused',
  'token.created',
  'token.leaked',
  'device.requested',
  'device.approved',
  'device.refused',
  'device.revoked',
  'device.renamed',
  'key.added',
  'key.revoked',
  'key.nullified',
  'key.document_changed',
  'passkey.added',
  'passkey.copied',
  'recovery.set',
  'recovery.announced',
  'recovery.asked',
  'recovery.vouched',
  'recovery.vetoed',
  'recovery.completed',
  'app.connected',
  'admin.locked',
  'admin.unlocked',
  'admin.sessions_ended',
  'admin.evicted',
  'admin.migrated',
  'admin.quota_set',
  'admin.backed_up',
  'admin.restored',
  'admin.erased',
  'operator.added',
  'operator.removed',
  'operator.looked',
  'audit.verified',
  'kek.rotation_begun',
  'kek.rotated',
  'kek.verified',
  'migration.run',
  'migration.resumed',
] as const;
export const AccountEventName = z.enum(accountEvents);
export type AccountEventName = z.infer<typeof AccountEventName>;

export const AccountEvent = z.strictObject({
  /** Its number in the log of this account, from 1. */
  seq: z.int(),

  /** What happened, as a code; the list grows with later servers. */
  event: AccountEventName,
  at: z.string(),
  /** A session id, a key's thumbprint, `operator`, `guest`, or `server` for what it did by itself. */
  actor: z.string(),
  /** The device, session, request or key it is about. */
  ref: z.string().nullable(),

  /** Further figures and codes, by name; what there is depends on `event`. */
  meta: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type AccountEvent = z.infer<typeof AccountEvent>;

/** What `GET /v1/account/events` sends as `data`. */
export const AccountStreamEvent = z.strictObject({
  type: z.literal('account'),
  /** What was just written into the log of the account. */
  event: AccountEvent,
});
export type AccountStreamEvent = z.infer<typeof AccountStreamEvent>;

export const UnlockRequest = z.strictObject({
  /** A challenge of purpose `recovery`, signed by the recovery key. */
  proof: SignedChallenge,
});

/** Names an erasure: SHA-256 over the random id of the space, base64url. Whoever knows it learns that it happened, and no more. */
export const Receipt = Thumbprint;

/** What goes when an account is erased, and what stays. */
export const erasedParts = ['account', 'keys', 'devices', 'sessions', 'log', 'space-key', 'space', 'backups'] as const;
export const keptParts = ['erasure-ledger', 'operator-log'] as const;

export const Deletion = z.strictObject({
  /** When it is carried out, ISO 8601 in UTC; until then it can be taken back. */
  eraseAt: z.string(),
  /** Keep it: `GET /v1/erasures/{receipt}` then says, without any account, that it was done. */
  receipt: Receipt,

  /** What goes. */
  erases: z.array(z.enum(erasedParts)),

  /** What stays: a line without a name. */
  keeps: z.array(z.enum(keptParts)),
});
export type Deletion = z.infer<typeof Deletion>;

/** An erasure that was carried out, as a line of the server's ledger. */
export const Erasure = z.strictObject({
  receipt: Receipt,
  erasedAt: z.string(),
  /** Its number in the ledger, and the hash that joins it to the line before. */
  seq: z.int(),

  /** Joins it to the line before: SHA-256 over both. */
  hash: Thumbprint,
});
export type Erasure = z.infer<typeof Erasure>;

/** What one engine did. */
export const EngineUse = z.strictObject({
  requests: z.int().min(0),
  /** Milliseconds of processor time; 0 on systems that do not tell it. */
  engineMs: z.int().min(0),
});
export type EngineUse = z.infer<typeof EngineUse>;

/** What backups the server has of a space, as its owner may know it: when and how large, never where. */
export const SpaceBackups = z.strictObject({
  /** Milliseconds between two by themselves; null: only when the operator makes one. */
  everyMs: z.int().min(0).nullable(),
  nextAt: z.string().nullable(),
  /** How many are kept: the last ones, and beyond them one a week. */
  keep: z.strictObject({ last: z.int().min(0), weekly: z.int().min(0) }),
  /** Newest first; null where the place of backups does not answer now. */
  items: z.array(z.strictObject({ createdAt: z.string(), bytes: z.int().min(0) })).nullable(),
});
export type SpaceBackups = z.infer<typeof SpaceBackups>;

export const Usage = z.strictObject({
  /** What the space takes, and may take. */
  disk: z.strictObject({
    /** All that lies in the directory of the space: database, log, uploads on their way in, copies. */
    bytes: z.int().min(0),
    quotaBytes: z.int().min(0),
  }),
  /** Newest first; days on which nothing was used are left out. UTC. */
  days: z.array(EngineUse.extend({ day: z.iso.date() })),
});
export type Usage = z.infer<typeof Usage>;
