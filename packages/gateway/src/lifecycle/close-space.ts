/** A space that nobody may use now: its engine ends, and requests let in a moment before find it closed. */
import type { StorageId } from '@vivim/contract/ids';
import type { FleetControl } from '../fleet/fleet-control.ts';
import type { Master } from '../master/db.ts';
import { advanceFence } from '../master/routing.ts';

export interface CloseDeps {
  readonly master: Master;
  readonly fleet: Pick<FleetControl, 'stop'>;
}

/** Returns when the engine is gone. Whoever may come in later starts it again. */
export async function closeSpace({ master, fleet }: CloseDeps, storageId: StorageId): Promise<void> {
  const row = await advanceFence(master, storageId);
  if (row !== null) await fleet.stop(row);
}
