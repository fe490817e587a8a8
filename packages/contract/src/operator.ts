/**
 * What an operator sees of the server in a browser: figures, states, versions and ids of accounts. Never content, a title, a
 * DID, the id of a space, a path of the host, or whatever the socket on the host would not tell.
 */
import { z } from 'zod';
import { MigrationStatus } from './admin.ts';
import { BackupOverview, BackupRun } from './backup.ts';
import { Health } from './health.ts';

const whole = z.int().min(0);

export const OperatorBackups = BackupOverview.pick({
  everyMs: true,
  keep: true,
  nextAt: true,
  lastSuccessAt: true,
  overdue: true,
  running: true,
}).extend({
  place: z.enum(['folder', 'bucket']),
  /** Counts alone: whose copy failed the host tells. */
  lastRun: BackupRun.pick({ startedAt: true, ms: true, copied: true, unchanged: true, bytes: true, code: true })
    .extend({
      /** Spaces whose copy could not be made. */
      failed: whole,
    })
    .nullable(),
  /** The newest ten. */
  sets: z.array(
    z.strictObject({
      createdAt: z.string(),
      /** How many copies belong to it. */
      spaces: whole,
      bytes: whole,
    }),
  ),
});
export type OperatorBackups = z.infer<typeof OperatorBackups>;

export const OperatorOverview = z.strictObject({
  /** When these figures were taken, ISO 8601 in UTC. */
  at: z.string(),

  /** What guests are told too. */
  health: Health,

  /** What runs here. */
  versions: z.strictObject({
    /** Release of the server. */
    vivim: z.string(),

    /** Version of Node it runs on. */
    node: z.string(),

    /** Version of the database of accounts. */
    postgres: z.string(),
    /** The newest a space may have. */
    spaceSchema: whole,
  }),

  /** Since when the server runs, ISO 8601 in UTC. */
  startedAt: z.string(),

  /** How many there are, and in which state. */
  accounts: z.strictObject({
    /** All of them. */
    accounts: whole,

    /** Those an operator locked. */
    locked: whole,

    /** Those whose owner asked for the end of them. */
    deleting: whole,

    /** Those with a session used in the last 24 hours. */
    seenToday: whole,

    /** Those with a session used in the last 30 days. */
    seenThisMonth: whole,
  }),

  /** The processes that serve spaces. */
  engines: z.strictObject({
    /** Open spaces, and those of them nobody uses right now. */
    open: whole,

    /** Of the open ones, those nobody uses right now. */
    idle: whole,

    /** Spaces that are being opened. */
    opening: whole,
    /** Requests that wait for room. */
    waiting: whole,
    /** Imports and what follows them, over all. */
    pendingJobs: whole,

    /** Of the host. */
    memory: z.strictObject({
      totalBytes: whole,
      /** What programs can still take. */
      availableBytes: whole,
    }),

    /** So little is left that idle ones are ended early. */
    memoryShort: z.boolean(),
  }),
  /** Of the disk the data lies on. */
  disk: z.strictObject({
    totalBytes: whole,
    /** What can still be written. */
    freeBytes: whole,
  }),

  /** Where spaces stand on the way to the newest schema. */
  spaces: MigrationStatus,
  /** Null where the place of backups does not answer. */
  backups: OperatorBackups.nullable(),
});
export type OperatorOverview = z.infer<typeof OperatorOverview>;
