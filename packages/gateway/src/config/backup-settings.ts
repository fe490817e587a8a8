/** What the operator decided about backups. Credentials for a bucket are read by the AWS SDK where it looks for them, never here. */
import { z } from 'zod';
import { whole } from './whole.ts';

export interface BackupConfig {
  /** A folder, `file:///…` or `s3://bucket/prefix`. Null: `<data>/backups`. */
  readonly to: string | null;
  /** Null: only when asked. */
  readonly everyMs: number | null;
  readonly keep: { readonly last: number; readonly weekly: number };
  readonly s3: { readonly endpoint: string | null; readonly region: string };
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const oneMinute = 60_000;
/** What a timer of Node can wait. */
const longest = 20 * 86_400_000;

const interval = z.string().transform((text, context) => {
  if (text === 'off') return null;
  const match = /^(\d{1,4})([mhd])$/.exec(text);
  const ms = match === null ? 0 : Number(match[1]) * (units[match[2] ?? ''] ?? 0);
  if (ms >= oneMinute && ms <= longest) return ms;
  context.addIssue('write off, or an interval from 1m to 20d such as 30m, 6h or 1d');
  return z.NEVER;
});

const place = z
  .string()
  .refine(
    (text) => !/^[a-z0-9+.-]+:\/\//i.test(text) || /^(s3|file):\/\//.test(text),
    'write a folder, file:///a/folder or s3://bucket/prefix',
  );

export const backupSettings = {
  VIVIM_BACKUP_TO: place.optional(),
  VIVIM_BACKUP_EVERY: interval.optional(),
  VIVIM_BACKUP_KEEP: whole(1, 1_000).default(7),
  VIVIM_BACKUP_KEEP_WEEKLY: whole(0, 520).default(4),
  VIVIM_BACKUP_S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'write https://host or http://host:port' }).optional(),
  VIVIM_BACKUP_S3_REGION: z.string().default('us-east-1'),
};

const Settings = z.object(backupSettings);

/** Copies on the disk they are of help against mistakes alone, so that none are made there unless asked for. */
const everyByDefault = 6 * 3_600_000;

export function toBackupConfig(set: z.output<typeof Settings>): BackupConfig {
  const to = set.VIVIM_BACKUP_TO ?? null;
  const everyMs = set.VIVIM_BACKUP_EVERY;
  return {
    to,
    everyMs: everyMs === undefined ? (to === null ? null : everyByDefault) : everyMs,
    keep: { last: set.VIVIM_BACKUP_KEEP, weekly: set.VIVIM_BACKUP_KEEP_WEEKLY },
    s3: { endpoint: set.VIVIM_BACKUP_S3_ENDPOINT ?? null, region: set.VIVIM_BACKUP_S3_REGION },
  };
}
