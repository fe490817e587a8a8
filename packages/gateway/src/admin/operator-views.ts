/**
 * What an operator is shown in a browser, and the one thing they do there. Less than the socket on the host tells: no id of a
 * space, no place on the disk, nothing that locks, erases, restores or turns a key.
 */
import { statfs } from 'node:fs/promises';
import type { AdminUser } from '@vivim/contract/admin';
import { isoTime } from '@vivim/contract/clock';
import type { Health } from '@vivim/contract/health';
import { stepUpSeconds } from '@vivim/contract/identity';
import type { UserId } from '@vivim/contract/ids';
import type { OperatorBackups, OperatorOverview } from '@vivim/contract/operator';
import type { Page } from '@vivim/contract/page';
import { unlessAway } from '../backup/service.ts';
import { appendAudit } from '../master/audit.ts';
import { countAccounts, isOperator, postgresVersion } from '../master/operators.ts';
import { describeAccount, describeAccounts, theAccount } from './accounts.ts';
import type { AdminDeps } from './deps.ts';
import { note } from './note.ts';

/** How busy the engines are, as the fleet says it. */
export type Business = OperatorOverview['engines'];

export interface OperatorViewsDeps extends Pick<AdminDeps, 'master' | 'fleet' | 'backups' | 'clock'> {
  readonly dataDir: string;
  readonly version: string;
  readonly business: () => Business;
}

/** Who looks: a session whose key signed at `authTime`. */
export interface Looking {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly authTime: Date;
}

const setsShown = 10;

async function backupsOf({ backups }: OperatorViewsDeps): Promise<OperatorBackups | null> {
  const known = await unlessAway(backups.overview());
  if (known === null) return null;
  const { everyMs, keep, nextAt, lastSuccessAt, overdue, running, place, lastRun, sets } = known;
  return {
    everyMs,
    keep,
    nextAt,
    lastSuccessAt,
    overdue,
    running,
    place: place.startsWith('s3:') ? 'bucket' : 'folder',
    lastRun:
      lastRun === null
        ? null
        : {
            startedAt: lastRun.startedAt,
            ms: lastRun.ms,
            copied: lastRun.copied,
            unchanged: lastRun.unchanged,
            bytes: lastRun.bytes,
            code: lastRun.code,
            failed: lastRun.failed.length,
          },
    sets: sets.slice(0, setsShown).map(({ createdAt, spaces, bytes }) => ({ createdAt, spaces, bytes })),
  };
}

export function createOperatorViews(deps: OperatorViewsDeps) {
  const { master, fleet, clock } = deps;
  const startedAt = isoTime(clock());
  /** When the key of a session that looked had signed, and the writing of it: a look is written down once for each signature. */
  const seen = new Map<string, { readonly signedAt: number; readonly written: Promise<void> }>();

  async function write({ userId, sessionId }: Looking): Promise<void> {
    const now = new Date(clock());
    const entry = { event: 'operator.looked', actor: sessionId } as const;
    await appendAudit(master, { ...entry, chain: 'operator', ref: userId }, now);
    await appendAudit(master, { ...entry, chain: userId }, now);
  }

  return {
    isOperator: (userId: UserId): Promise<boolean> => isOperator(master, userId),

    /** Writes down that somebody looks, where they themselves see it too. */
    async noteLook(looking: Looking): Promise<void> {
      const { sessionId } = looking;
      const signedAt = looking.authTime.getTime();
      // An older signature opens nothing any more.
      for (const [id, look] of seen) if (clock() - look.signedAt > stepUpSeconds * 1_000) seen.delete(id);
      const known = seen.get(sessionId);
      if (known?.signedAt === signedAt) return known.written;
      const written = write(looking);
      seen.set(sessionId, { signedAt, written });
      try {
        await written;
      } catch (error) {
        // What was not written down is not seen either, and the next look tries again.
        if (seen.get(sessionId)?.written === written) seen.delete(sessionId);
        throw error;
      }
    },

    async overview(health: Health): Promise<OperatorOverview> {
      const now = new Date(clock());
      const [accounts, postgres, spaces, backups, disk] = await Promise.all([
        countAccounts(master, now),
        postgresVersion(master),
        fleet.migrations.status(),
        backupsOf(deps),
        statfs(deps.dataDir),
      ]);
      return {
        at: isoTime(now.getTime()),
        health,
        versions: { vivim: deps.version, node: process.versions.node, postgres, spaceSchema: spaces.target },
        startedAt,
        accounts,
        engines: deps.business(),
        disk: { totalBytes: disk.blocks * disk.bsize, freeBytes: disk.bavail * disk.bsize },
        spaces,
        backups,
      };
    },

    accounts: (page: { readonly limit: number; readonly cursor?: UserId | undefined }): Promise<Page<AdminUser>> =>
      describeAccounts(deps, page),

    /** @throws AppError `not_found`, `space_busy` */
    async stopEngine(userId: UserId, by: Looking): Promise<AdminUser> {
      const { routing } = await theAccount(deps, userId);
      await fleet.evict(routing);
      await note(deps, 'admin.evicted', userId, { method: 'browser' }, by.sessionId);
      return describeAccount(deps, userId);
    },
  };
}
