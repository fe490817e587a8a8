/** Whose key log it is. A type alone. */
import type { UserId } from '@vivim/contract/ids';
import type { RoutingRow } from '../../master/routing.ts';

/** Whose log, and who is asking: a session, or a guest who completes a recovery. */
export interface LogOwner {
  readonly userId: UserId;
  readonly routing: RoutingRow;
  readonly actor: string;
}
