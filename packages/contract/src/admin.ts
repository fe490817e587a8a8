/**
 * What the operator may ask of a server, over a socket on its own host: who is there and how large, stopping, locking, backing
 * up, erasing. Nothing here reads, searches or opens a space, and nothing names a person but by their id.
 */
import { z } from 'zod';
import { AccountStatus, EngineUse, Erasure, Receipt } from './account.ts';
import { KekReport, KekRotationRequest, KekStatus } from './admin-kek.ts';
import { backupOperations } from './backup.ts';
import { errorCodes } from './errors.ts';
import { Did } from './identity.ts';
import { StorageId, UserId } from './ids.ts';
import { page } from './page.ts';

/** Name of the socket below the data directory. It may be a link to where the socket lies. */
export const adminSocketName = 'admin.sock';

const whole = z.int().min(0);

/** How small and how large a space may be made to be, bytes. */
export const quotaLimits = { min: 64 * 1024 ** 2, max: 2 ** 45 } as const;
export const quotaInWords = 'a quota is from 64 MiB to 32 TiB';

export const EngineState = z.strictObject({
  running: z.boolean(),
  /** Requests under way; an open page is one. */
  requests: whole,
  /** Jobs its engine last said it has: imports and what follows them. */
  pendingJobs: whole,
});
export type EngineState = z.infer<typeof EngineState>;

export const AdminUser = z.strictObject({
  userId: UserId,
  createdAt: z.string(),

  /** `locked`: an operator shut it. `deleting`: its owner asked for the end of it. */
  status: AccountStatus,
  /** When it is to be erased; null unless its owner asked for it. */
  eraseAt: z.string().nullable(),

  /** When a session of it was last used, ISO 8601 in UTC; null: never. */
  lastSeenAt: z.string().nullable(),
  /** Of the directory of the space. */
  diskBytes: whole,
  quotaBytes: whole,

  /** Sessions that are open. */
  sessions: whole,

  /** Devices that can sign in. */
  devices: whole,

  /** The process that serves the space. */
  engine: EngineState,
  /** Of the last 30 days. */
  used: EngineUse,
});
export type AdminUser = z.infer<typeof AdminUser>;

export const AdminUserDetail = AdminUser.extend({
  /** Names the directory of the space, and of its copies in the place of backups. */
  storageId: StorageId,
  receipt: Receipt,
});
export type AdminUserDetail = z.infer<typeof AdminUserDetail>;

/** Where a chain of entries no longer follows from its beginning, first place first. */
export const auditProblems = {
  missing: 'an entry is missing before this one',
  changed: 'this entry is not what was hashed',
  prev: 'this entry does not name the one before',
  rewritten: 'the entry that was witnessed here was another one',
  truncated: 'later entries were witnessed and are gone',
  gone: 'the whole chain was witnessed and is gone',
  orphan: 'the chain is of nobody who is known',
  signature: 'the signature does not fit the entry and its signer',
  rule: 'the entry is not one the log allows',
  head: 'the account names another end of its key log',
  keys: 'the table of keys is not what the log left behind',
  time: 'the time of the entry is not the one that was audited',
  ledger: 'the line does not follow from the one before',
  unlisted: 'an erasure was audited that the ledger does not hold',
} as const;
export type AuditProblem = keyof typeof auditProblems;

export const AuditFinding = z.strictObject({
  /** Which kind of book it is in. */
  book: z.enum(['audit', 'keys', 'erasures']),
  /** A user id, or `operator`. */
  chain: z.string(),
  seq: whole,
  problem: z.enum(Object.keys(auditProblems) as [AuditProblem, ...AuditProblem[]]),
});
export type AuditFinding = z.infer<typeof AuditFinding>;

export const AuditReport = z.strictObject({
  clean: z.boolean(),
  chains: whole,
  entries: whole,
  keyLogs: whole,
  keyEntries: whole,
  /** Heads that were witnessed outside of master, and held against it. */
  witnessed: whole,
  erasures: whole,
  /** The first of each chain; at most so many are named. */
  findings: z.array(AuditFinding),
  findingCount: whole,
  ms: whole,
});
export type AuditReport = z.infer<typeof AuditReport>;

/** Where the spaces of a server stand on the way to the schema it knows. */
export const MigrationStatus = z.strictObject({
  /** The newest schema. */
  target: whole,

  /** How many there are. */
  spaces: whole,

  /** Those that have the newest schema. */
  current: whole,
  /** Older ones, and those nobody has looked at yet. */
  behind: whole,
  /** Spaces that could not be brought along, and why. They answer with that code; at most so many are named. */
  setAside: z.array(
    z.strictObject({
      userId: UserId,
      /** The error they answer with. */
      code: z.enum(errorCodes),
      at: z.string(),
    }),
  ),

  /** How many there are, also where fewer are named. */
  setAsideCount: whole,
  /** The run over all of them; null where none was needed. */
  sweep: z
    .strictObject({
      /** Whether it goes on, was stopped by failures, or came through. */
      state: z.enum(['running', 'stopped', 'done']),
      startedAt: z.string(),
      /** How many go first. */
      canary: whole,

      /** Those that go first came through: the others follow. */
      canaryPassed: z.boolean(),

      /** Spaces that could not be brought along in this run. */
      failures: whole,

      /** The error that stopped it; null where nothing did. */
      stoppedBy: z.enum(errorCodes).nullable(),
    })
    .nullable(),
});
export type MigrationStatus = z.infer<typeof MigrationStatus>;

/** Who may look at the server in a browser. */
export const OperatorIdentity = z.strictObject({ userId: UserId, addedAt: z.string() });
export type OperatorIdentity = z.infer<typeof OperatorIdentity>;

/** By their id, or by a DID they tell the operator. */
export const OperatorName = z.union([z.strictObject({ userId: UserId }), z.strictObject({ did: Did })]);
export type OperatorName = z.infer<typeof OperatorName>;

const listed = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) });

interface AdminOperationShape {
  readonly method: 'GET' | 'POST';
  /** `{id}` stands for a user id. */
  readonly path: `/${string}`;
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  readonly answer: z.ZodType;
}

const nothing = z.strictObject({});
const about = { method: 'POST', query: nothing, body: null, answer: AdminUser } as const;

export const adminOperations = {
  listUsers: {
    method: 'GET',
    path: '/users',
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: UserId.optional(),
      /** The one account it is a name of: asked with, and in no answer. */
      did: Did.optional(),
    }),
    body: null,
    answer: page(AdminUser),
  },
  showUser: { ...about, method: 'GET', path: '/users/{id}', answer: AdminUserDetail },
  lockUser: { ...about, path: '/users/{id}/lock' },
  unlockUser: { ...about, path: '/users/{id}/unlock' },
  endSessions: { ...about, path: '/users/{id}/sessions/end', answer: z.strictObject({ ended: whole }) },
  evictUser: { ...about, path: '/users/{id}/evict', body: z.strictObject({ force: z.boolean() }) },
  setQuota: {
    ...about,
    path: '/users/{id}/quota',
    body: z.strictObject({
      bytes: z
        .int(`Give a whole number of bytes; ${quotaInWords}.`)
        .min(quotaLimits.min, `That is too small; ${quotaInWords}.`)
        .max(quotaLimits.max, `That is too large; ${quotaInWords}.`),
    }),
  },
  ...backupOperations,
  eraseUser: {
    ...about,
    path: '/users/{id}/erase',
    /** The id once more, typed by whoever means it. */
    body: z.strictObject({ confirm: UserId }),
    answer: Erasure,
  },
  listOperators: { method: 'GET', path: '/operators', query: nothing, body: null, answer: listed(OperatorIdentity) },
  addOperator: { ...about, path: '/operators', body: OperatorName, answer: OperatorIdentity },
  removeOperator: { ...about, path: '/operators/remove', body: OperatorName, answer: OperatorIdentity },
  showMigration: { method: 'GET', path: '/migration', query: nothing, body: null, answer: MigrationStatus },
  runMigration: { ...about, path: '/migration/run', answer: MigrationStatus },
  resumeMigration: { ...about, path: '/migration/resume', answer: MigrationStatus },
  migrateUser: { ...about, path: '/users/{id}/migrate', answer: MigrationStatus },
  verifyAudit: { ...about, path: '/audit/verify', answer: AuditReport },
  showKek: { ...about, method: 'GET', path: '/kek', answer: KekStatus },
  /** Answers when the rotation has begun; it goes on by itself. */
  rotateKek: { ...about, path: '/kek/rotate', body: KekRotationRequest, answer: KekStatus },
  verifyKek: { ...about, path: '/kek/verify', answer: KekReport },
} as const satisfies Record<string, AdminOperationShape>;

export type AdminOperations = typeof adminOperations;
export type AdminOperation = keyof AdminOperations;

type In<T> = T extends z.ZodType ? z.input<T> : undefined;
type Out<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What a caller hands in: the user where the path names one, query and body where there are any. */
export type AdminCall<K extends AdminOperation> = (AdminOperations[K]['path'] extends `${string}{id}${string}`
  ? { readonly id: string }
  : Record<never, never>) & {
  readonly query?: In<AdminOperations[K]['query']>;
} & (AdminOperations[K]['body'] extends null
    ? Record<never, never>
    : { readonly body: In<AdminOperations[K]['body']> });

/** What a handler is given: every part parsed. */
export interface AdminRequest<K extends AdminOperation> {
  readonly userId: AdminOperations[K]['path'] extends `${string}{id}${string}` ? UserId : undefined;
  readonly query: Out<AdminOperations[K]['query']>;
  readonly body: Out<AdminOperations[K]['body']>;
}

export type AdminAnswer<K extends AdminOperation> = z.output<AdminOperations[K]['answer']>;
