/**
 * Backups of this server: runs them on time or when asked, one run after the other, and remembers how it went. What it owns is
 * the place they go to and the memory of it; what is copied belongs to the fleet and to master.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BackupManifest, BackupOverview, BackupRun, RestoredSpace, VerifyReport } from '@vivim/contract/backup';
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { StorageId, UserId } from '@vivim/contract/ids';
import { type BackupDeps, codeOf, type Memory, type OnCopied, toAppError } from './deps.ts';
import { keepLedger } from './kept-ledger.ts';
import { openStore } from './open-store.ts';
import { restoreSpace } from './restore-space.ts';
import { runBackup } from './run.ts';
import { delayUntilNext } from './schedule.ts';
import { readSet, setIds } from './sets.ts';
import { listCopies, removeSpace, spacesIn } from './space-copies.ts';
import { readState, writeState } from './state.ts';
import type { S3Settings } from './store.ts';
import { type VerifyRequest, verifyBackups } from './verify.ts';

export interface Backups {
  overview(): Promise<BackupOverview>;
  /** When it is done and what is kept; asks no place. */
  plan(): Pick<BackupOverview, 'everyMs' | 'nextAt' | 'keep'>;
  /** @param userId null: everybody, and a set @throws AppError */
  run(userId: UserId | null, onCopied?: OnCopied): Promise<BackupRun>;
  /** Of one space, newest first. @throws AppError `backup_unavailable` */
  copies(storageId: StorageId): Promise<BackupManifest[]>;
  /** @throws AppError see `verifyBackups` */
  verify(request: VerifyRequest): Promise<VerifyReport>;
  /** @param from another place than this server's own; null: its own @throws AppError see `restoreSpace` */
  restore(userId: UserId, atMs: number | null, from: string | null): Promise<RestoredSpace>;
  /** Spaces there are copies of; none where that cannot be said now. */
  spaces(): Promise<StorageId[]>;
  /** Of somebody who was erased: their copies, and the word of it in the ledger's copy. What cannot be reached now goes with the next run. */
  remove(storageId: StorageId): Promise<void>;
  /** Runs by themselves from now on. @returns stops, after the spaces under way */
  begin(): () => Promise<void>;
}

/** What was asked of the place of backups; null where it is away, which is told elsewhere. What nobody expected is thrown on. */
export const unlessAway = <T>(asked: Promise<T>): Promise<T | null> =>
  asked.catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });

export interface BackupSettings {
  readonly s3: S3Settings;
  /** Null: only when asked. */
  readonly everyMs: number | null;
}

/** For a run under way when the server is stopped. */
const patienceMs = 3_000;

/** @param statePath e.g. `<data>/backup-state.json` */
export async function createBackups(deps: BackupDeps, settings: BackupSettings, statePath: string): Promise<Backups> {
  const { store, clock, log } = deps;
  const { everyMs } = settings;
  const state = await readState(statePath, store.place);
  const memory: Memory = { state, restored: new Map(), save: () => saveState() };
  let saving: Promise<void> = Promise.resolve();
  const saveState = (): Promise<void> => {
    saving = saving.catch(() => {}).then(() => writeState(statePath, state));
    return saving;
  };
  const bornMs = clock();
  let [running, stopping] = [false, false];
  let [nextMs, lastEndMs]: [number | null, number | null] = [null, null];
  let queue: Promise<unknown> = Promise.resolve();

  const runNow = async (userId: UserId | null, onCopied: OnCopied): Promise<BackupRun> => {
    running = true;
    try {
      const run = await runBackup(deps, memory, { userId, onCopied, isOver: () => stopping });
      if (userId === null) {
        state.lastRun = run;
        if (run.set !== null && run.failed.length === 0) state.lastSuccessAt = isoTime(clock());
        await saveState();
        log.info({ ms: run.ms, ...(run.code === null ? {} : { code: run.code }) }, 'backup.ran');
      }
      return run;
    } catch (error) {
      log.error({ code: codeOf(error) }, 'backup.failed');
      throw toAppError(error);
    } finally {
      running = false;
    }
  };
  const run: Backups['run'] = (userId, onCopied = async () => {}) => {
    const done = queue.then(() => runNow(userId, onCopied));
    queue = done.catch(() => {});
    return done;
  };
  const isOverdue = () => {
    const last = state.lastSuccessAt === null ? bornMs : Date.parse(state.lastSuccessAt);
    return everyMs !== null && clock() - last > 2 * everyMs;
  };
  const sets = async (): Promise<BackupOverview['sets']> => {
    const found = await Promise.all((await setIds(store)).map(({ id }) => readSet(store, id)));
    return found.map(({ id, createdAt, master, spaces }) => ({
      id,
      createdAt,
      spaces: spaces.filter(({ file }) => file !== null).length,
      without: spaces.filter(({ file }) => file === null).length,
      bytes: spaces.reduce((sum, { bytes }) => sum + bytes, master.bytes),
    }));
  };

  const plan = () => ({ everyMs, keep: deps.keep, nextAt: nextMs === null ? null : isoTime(nextMs) });

  return {
    run,
    plan,
    overview: () =>
      orAppError(async () => ({
        place: store.place,
        ...plan(),
        lastSuccessAt: state.lastSuccessAt,
        overdue: isOverdue(),
        running,
        lastRun: state.lastRun,
        sets: await sets(),
      })),
    copies: (storageId) => orAppError(() => listCopies(store, storageId)),
    verify: (request) => orAppError(() => verifyBackups(deps, request)),
    restore: (userId, atMs, from) =>
      orAppError(async () => {
        if (from === null) return restoreSpace(deps, memory, userId, atMs);
        const other = await openStore(from, settings.s3).catch((error: Error) => {
          throw new AppError('request_invalid', error.message, { cause: error });
        });
        return restoreSpace({ ...deps, store: other }, memory, userId, atMs).finally(() => other.close());
      }),
    spaces: () =>
      spacesIn(store).catch((error: unknown) => {
        log.warn({ code: codeOf(error) }, 'backup.place_unreachable');
        return [];
      }),
    async remove(storageId) {
      delete state.spaces[storageId];
      try {
        await saveState();
        await keepLedger(store, deps.ledger);
        await removeSpace(store, storageId);
      } catch (error) {
        log.warn({ code: codeOf(error) }, 'backup.remove_failed');
      }
    },
    begin() {
      if (everyMs === null) return async () => void (await end());
      let timer: NodeJS.Timeout | undefined;
      const last = state.lastRun;
      if (last !== null) lastEndMs = Date.parse(last.startedAt) + last.ms;
      const waitForNext = (failed: boolean) => {
        const delay = delayUntilNext(everyMs, lastEndMs, failed, clock());
        nextMs = clock() + delay;
        timer = setTimeout(() => void go(), delay);
        timer.unref();
      };
      const go = async () => {
        if (isOverdue()) log.error({}, 'backup.overdue');
        const outcome = await run(null).catch(() => null);
        lastEndMs = clock();
        if (!stopping) waitForNext(outcome === null || outcome.code !== null || outcome.failed.length > 0);
      };
      waitForNext(last !== null && (last.code !== null || last.failed.length > 0));
      return async () => {
        clearTimeout(timer);
        await end();
      };
    },
  };

  async function end(): Promise<void> {
    stopping = true;
    // What is under way is cut then: a half upload is no backup.
    await Promise.race([queue, sleep(patienceMs, undefined, { ref: false })]);
    store.close();
    await saving.catch(() => {});
  }
}

async function orAppError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toAppError(error);
  }
}
