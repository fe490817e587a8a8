/**
 * Locks sealed spaces again: those nobody has used for a while, and those whose owner is signed in nowhere any more. Tells the
 * owner's devices that it did. An application's access keeps no space open.
 */
import type { Clock } from '@vivim/contract/clock';
import type { StorageId } from '@vivim/contract/ids';
import type { FleetControl } from '../fleet/fleet-control.ts';
import type { FleetLog } from '../fleet/fleet-log.ts';
import { appendAudit } from '../master/audit.ts';
import type { Master } from '../master/db.ts';
import { findSpace } from '../master/routing.ts';
import { isSignedIn } from '../master/session-ending.ts';

export interface SealWatchDeps {
  readonly master: Master;
  readonly fleet: Pick<FleetControl, 'seals'>;
  readonly clock: Clock;
  readonly log: FleetLog;
  /** Milliseconds without a request. */
  readonly idleMs: number;
}

export interface SealWatch {
  /** One look at every unlocked space. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

const longestPauseMs = 60_000;

/** Looks regularly, and at once when a session ends anywhere. */
export async function watchSeals(deps: SealWatchDeps): Promise<SealWatch> {
  const { master, fleet, clock, log, idleMs } = deps;
  const judge = async (storageId: StorageId, unusedMs: number): Promise<void> => {
    const row = await findSpace(master, storageId);
    if (row === null) return;
    const now = new Date(clock());
    const idle = unusedMs >= idleMs;
    if (!idle && (await isSignedIn(master, row.userId, now))) return;
    if (!(await fleet.seals.lock(row))) return;
    const meta = { reason: idle ? 'idle' : 'signed-out' };
    await appendAudit(master, { chain: row.userId, event: 'space.locked', actor: 'server', meta }, now);
  };
  const look = async (): Promise<void> => {
    for (const one of fleet.seals.unlocked()) {
      await judge(one.storageId, one.idleMs).catch(() => log.error({}, 'seals.look_failed'));
    }
  };
  const timer = setInterval(() => void look(), Math.min(longestPauseMs, Math.max(50, idleMs / 4)));
  timer.unref();
  const stopListening = await master.listen((news) => {
    if (news.kind !== 'account-event') void look();
  });
  return {
    look,
    async stop() {
      clearInterval(timer);
      await stopListening();
    },
  };
}
