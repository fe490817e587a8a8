/**
 * Erases accounts whose time has come, and those the operator names. The order makes every step safe to be killed in: once
 * the line is in the ledger the erasure is a fact, and whatever is left of it is done again at the next start.
 *
 * engine stopped → line in the ledger → keys destroyed → directory and backups removed → rows gone, one entry kept → the
 * witness forgets their chain, master's files are written anew
 */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { StorageId } from '@vivim/contract/ids';
import type { FleetControl } from '../fleet/fleet-control.ts';
import type { FleetLog } from '../fleet/fleet-log.ts';
import type { AuditHeads } from '../keys/audit-heads.ts';
import type { ErasureLedger } from '../keys/erasure-ledger.ts';
import type { Master } from '../master/db.ts';
import { type ClaimedErasure, claimErasure, eraseRows, markReturned, releaseErasures } from '../master/erasures.ts';
import { receiptOf } from '../master/receipt.ts';
import { masterTime, rewriteTables, rewrittenUpTo } from '../master/rewrite.ts';

export interface EraserDeps {
  readonly master: Master;
  readonly fleet: Pick<FleetControl, 'stop' | 'erase' | 'traces'>;
  /** Copies of spaces that lie elsewhere. What cannot be reached now goes with the next backup. */
  readonly backups: { spaces(): Promise<StorageId[]>; remove(storageId: StorageId): Promise<void> };
  readonly ledger: ErasureLedger;
  readonly heads: Pick<AuditHeads, 'forget'>;
  readonly clock: Clock;
  readonly log: FleetLog;
  /** This server, by the same name after every start, and the shard its spaces lie on. */
  readonly node: string;
  readonly shard: string;
}

export interface Eraser {
  /**
   * What a killed server left, and what came back with a backup: gone before anybody is let in. Call it once, at the start.
   * Accounts that are due are left to the first pass.
   */
  recover(): Promise<void>;
  /** One pass over all that is due, now; returns when it is done. Passes never overlap. */
  pass(): Promise<void>;
  /** Passes again and again. @returns stops, after the pass under way */
  passRegularly(everyMs?: number): () => Promise<void>;
}

/** How long an account that could not be erased is left before it is tried again, and others may try. */
const leaseMs = 10 * 60_000;

export function createEraser(deps: EraserDeps): Eraser {
  const { master, fleet, backups, ledger, heads, clock, log, node, shard } = deps;
  const now = () => new Date(clock());
  /** When rows last went whose bytes may still stand in master's files; null for none. */
  let lastGone: Date | null = null;

  const erase = async (claimed: ClaimedErasure): Promise<void> => {
    const { routing } = claimed;
    const receipt = receiptOf(routing.storageId);
    await fleet.stop(routing);
    const { seq } = await ledger.append({ receipt, userId: routing.userId }, clock());
    await fleet.erase(routing);
    await backups.remove(routing.storageId);
    await eraseRows(master, claimed, { receipt, seq }, now());
    lastGone = await masterTime(master);
    await heads.forget(routing.userId);
    log.info({}, 'account.erased');
  };

  const passOnce = async (): Promise<void> => {
    for (;;) {
      const claimed = await claimErasure(master, { node, shard, until: new Date(clock() + leaseMs) }, now());
      if (claimed === null) break;
      await erase(claimed).catch((error: unknown) =>
        log.error({ code: error instanceof AppError ? error.code : 'internal' }, 'account.erase_failed'),
      );
    }
    if (lastGone === null) return;
    try {
      if (await rewriteTables(master, lastGone, ledger.lines().at(-1)?.seq ?? 0)) lastGone = null;
      else log.warn({}, 'master.rewrite_waits');
    } catch {
      // The rows are gone whatever becomes of their bytes; the next pass tries again.
      log.error({}, 'master.rewrite_failed');
    }
  };

  let passing: Promise<void> = Promise.resolve();
  const pass = (): Promise<void> => {
    const done = passing.then(passOnce);
    passing = done.catch(() => {});
    return done;
  };

  return {
    async recover() {
      const erased = new Map(ledger.lines().map((line) => [line.receipt, line]));
      for (const storageId of new Set([...(await fleet.traces()), ...(await backups.spaces())])) {
        const line = erased.get(receiptOf(storageId));
        if (line === undefined) continue;
        await fleet.erase({ userId: line.userId, storageId });
        await backups.remove(storageId);
        log.warn({}, 'space.erased_again');
      }
      await releaseErasures(master, node);
      const userIds = [...new Set(ledger.lines().map(({ userId }) => userId))];
      const returned = await markReturned(master, userIds, now());
      if (returned > 0) log.warn({ running: returned }, 'account.returned');
      const last = ledger.lines().at(-1)?.seq ?? 0;
      if ((await rewrittenUpTo(master)) < last) lastGone = await masterTime(master);
    },
    pass,
    passRegularly(everyMs = 60_000) {
      const quietly = () => void pass().catch(() => log.error({}, 'erasure.pass_failed'));
      quietly();
      const timer = setInterval(quietly, everyMs);
      timer.unref();
      return async () => {
        clearInterval(timer);
        await passing;
      };
    },
  };
}
