/**
 * Backups: what lies in a place of backups and says of itself what it is, and what the operator may ask about them over their
 * socket. A manifest counts and measures; it never holds a name, a title or a key.
 */
import { z } from 'zod';
import { StorageId, UserId } from './ids.ts';

const whole = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** How much a copy holds: what a check after a restore is compared with. */
export const CopyCounts = z.strictObject({ conversations: whole, messages: whole, acus: whole, imports: whole });
export type CopyCounts = z.infer<typeof CopyCounts>;

/** A copy of one space under its own key. Whoever has the file and not the key has noise. */
export const BackupManifest = z.strictObject({
  version: z.literal(2),
  storageId: StorageId,
  userId: UserId,
  createdAt: z.string(),
  /** Beside the manifest. */
  file: z.string(),
  bytes: whole,
  /** Hex, over the file as it lies there. */
  sha256,
  cipher: z.literal('chacha20'),
  /** `engine`: of one moment while the space was in use, and checked. `at-rest`: the file of a stopped, sealed space as it lay. */
  made: z.enum(['engine', 'at-rest']),
  /** Null where nobody could look inside: a copy made at rest. */
  schemaVersion: whole.nullable(),
  /** How many writes the space had seen. */
  spaceVersion: whole.nullable(),
  counts: CopyCounts.nullable(),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

/** A space as a set knows it: which copy belongs to it, or why there is none. */
export const SetSpace = z.strictObject({
  storageId: StorageId,
  userId: UserId,
  /** Null: none yet; `reason` says why. */
  file: z.string().nullable(),
  /** Of its manifest; with the file's own hash it names exactly one copy. */
  sha256: sha256.nullable(),
  bytes: whole,
  /** An error code, or `not_made`: the account had no space yet. */
  reason: z.string().nullable(),
});
export type SetSpace = z.infer<typeof SetSpace>;

/** Master and the spaces that go with it. Written last: without it there is no set. */
export const BackupSet = z.strictObject({
  version: z.literal(1),
  /** Also its name, and its time without colons. */
  id: z.string().regex(/^[0-9TZ.-]{20,30}$/),
  createdAt: z.string(),
  master: z.strictObject({
    file: z.string(),
    bytes: whole,
    sha256,
    /** Names of the steps its tables had seen. */
    migrations: z.array(z.string()),
    rows: z.record(z.string(), whole),
  }),
  spaces: z.array(SetSpace),
});
export type BackupSet = z.infer<typeof BackupSet>;

export const BackupFailure = z.strictObject({ userId: UserId, code: z.string() });
export type BackupFailure = z.infer<typeof BackupFailure>;

export const BackupRun = z.strictObject({
  startedAt: z.string(),

  /** Milliseconds it took. */
  ms: whole,
  /** Null where a single space was asked for, or the set could not be made. */
  set: z.string().nullable(),

  /** Spaces that were copied. */
  copied: whole,
  bytes: whole,
  /** Not written to since their last copy. */
  unchanged: whole,
  /** Accounts without a space yet, or on their way out. */
  passed: whole,
  removed: whole,
  failed: z.array(BackupFailure),
  /** Why there is no set: an error code. */
  code: z.string().nullable(),
});
export type BackupRun = z.infer<typeof BackupRun>;

export const BackupOverview = z.strictObject({
  /** Where they go: a folder or an `s3://` address, never a credential. */
  place: z.string(),
  /** Null: only when asked. */
  everyMs: whole.nullable(),

  /** How many sets are kept: the newest, and beyond them one a week. */
  keep: z.strictObject({ last: whole, weekly: whole }),
  nextAt: z.string().nullable(),

  /** When the last whole one was made, ISO 8601 in UTC; null: none was. */
  lastSuccessAt: z.string().nullable(),
  /** More than twice the interval has gone by without a whole run. */
  overdue: z.boolean(),

  /** One is being made right now. */
  running: z.boolean(),
  lastRun: BackupRun.nullable(),
  /** Newest first. */
  sets: z.array(
    z.strictObject({
      id: z.string(),
      createdAt: z.string(),
      spaces: whole,
      without: whole,
      bytes: whole,
    }),
  ),
});
export type BackupOverview = z.infer<typeof BackupOverview>;

/** What was found of one copy that was restored into a scratch place. */
export const CheckedCopy = z.strictObject({
  userId: UserId,
  createdAt: z.string(),
  bytes: whole,
  /** An error code, or `counts_differ`, `version_differs`, `copy_missing`, `copy_altered`; null: as its manifest says. */
  problem: z.string().nullable(),
  /** False for a sealed space nobody has unlocked: its bytes are those of its manifest, and what they say only its owner's key opens. */
  opened: z.boolean(),
});
export type CheckedCopy = z.infer<typeof CheckedCopy>;

export const VerifyReport = z.strictObject({
  sound: z.boolean(),
  /** The set whose master was loaded into a scratch schema; null where one account was asked for. */
  set: z.string().nullable(),
  /** Null: loaded, and dumped again to the same bytes. */
  masterProblem: z.string().nullable(),
  spaces: z.array(CheckedCopy),
  /** Accounts of the set that had no copy. */
  without: whole,
  ms: whole,
});
export type VerifyReport = z.infer<typeof VerifyReport>;

export const RestoredSpace = z.strictObject({
  userId: UserId,
  /** When the copy that is in use now was made. */
  backupAt: z.string(),
  bytes: whole,
  /** Writes the replaced space had seen since; null where it could not be opened any more, or the copy was made at rest. */
  writesLost: whole.nullable(),
  counts: CopyCounts,
  /** Erasures of its owner that the copy was older than: what they took was in it, and was erased again before anything was served. */
  erasuresRepeated: whole,
  /** Name of what was there before, beside the new file; null where nothing was. */
  keptAside: z.string().nullable(),
});
export type RestoredSpace = z.infer<typeof RestoredSpace>;

const nothing = z.strictObject({});
const time = z.iso.datetime({ offset: true });

/** Part of the table of operator's operations in admin.ts. */
export const backupOperations = {
  listBackups: { method: 'GET', path: '/backups', query: nothing, body: null, answer: BackupOverview },
  listCopies: {
    method: 'GET',
    path: '/users/{id}/backups',
    query: nothing,
    body: null,
    answer: z.strictObject({ items: z.array(BackupManifest) }),
  },
  runBackup: {
    method: 'POST',
    path: '/backups/run',
    query: nothing,
    /** Without a user: everybody, and a set. */
    body: z.strictObject({ userId: UserId.optional() }),
    answer: BackupRun,
  },
  verifyBackups: {
    method: 'POST',
    path: '/backups/verify',
    query: nothing,
    body: z.strictObject({
      set: z.string().max(40).optional(),
      userId: UserId.optional(),
      sample: z.int().min(1).max(1_000_000).optional(),
    }),
    answer: VerifyReport,
  },
  restoreUser: {
    method: 'POST',
    path: '/users/{id}/restore',
    query: nothing,
    body: z.strictObject({
      /** The newest copy at or before it. */
      at: time.optional(),
      /** Another place of backups than the server's own. */
      from: z.string().max(2_000).optional(),
    }),
    answer: RestoredSpace,
  },
} as const;
