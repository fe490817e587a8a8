/** What the operator's room is handed at start. No proxy, no tickets, no keys: there is no way from here to what people wrote. */
import type { AdminAnswer, AdminOperation, AdminRequest } from '@vivim/contract/admin';
import type { Clock } from '@vivim/contract/clock';
import type { Backups } from '../backup/service.ts';
import type { FleetControl } from '../fleet/fleet-control.ts';
import type { AuditHeads } from '../keys/audit-heads.ts';
import type { ErasureLedger } from '../keys/erasure-ledger.ts';
import type { KekControl } from '../keys/kek-control.ts';
import type { Eraser } from '../lifecycle/eraser.ts';
import type { Master } from '../master/db.ts';

export interface AdminDeps {
  readonly master: Master;
  readonly fleet: FleetControl;
  readonly kek: KekControl;
  readonly eraser: Eraser;
  readonly backups: Backups;
  readonly ledger: ErasureLedger;
  readonly heads: AuditHeads;
  readonly clock: Clock;
}

/** One handler for each of the operations `K`. */
export type AdminHandlers<K extends AdminOperation> = {
  readonly [P in K]: (deps: AdminDeps, request: AdminRequest<P>) => Promise<AdminAnswer<P>>;
};
