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
    .extend({ failed: whole })
    .nullable(),
  /** The newest ten. */
  sets: z.array(z.strictObject({ createdAt: z.string(), spaces: whole, bytes: whole })),
});
export type OperatorBackups = z.infer<typeof OperatorBackups>;

export const OperatorOverview = z.strictObject({
  at: z.string(),
  health: Health,
  versions: z.strictObject({
    vivim: z.string(),
    node: z.string(),
    postgres: z.string(),
    /** The newest a space may have. */
    spaceSchema: whole,
  }),
  startedAt: z.string(),
  accounts: z.strictObject({
    accounts: whole,
    locked: whole,
    deleting: whole,
    seenToday: whole,
    seenThisMonth: whole,
  }),
  engines: z.strictObject({
    /** Open spaces, and those of them nobody uses right now. */
    open: whole,
    idle: whole,
    opening: whole,
    /** Requests that wait for room. */
    waiting: whole,
    /** Imports and what follows them, over all. */
    pendingJobs: whole,
    memory: z.strictObject({ totalBytes: whole, availableBytes: whole }),
    memoryShort: z.boolean(),
  }),
  /** Of the disk the data lies on. */
  disk: z.strictObject({ totalBytes: whole, freeBytes: whole }),
  spaces: MigrationStatus,
  /** Null where the place of backups does not answer. */
  backups: OperatorBackups.nullable(),
});
export type OperatorOverview = z.infer<typeof OperatorOverview>;
