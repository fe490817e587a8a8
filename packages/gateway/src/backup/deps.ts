/** What the room of backups is handed at start. No proxy, no tickets, no keys: it moves ciphertext, and asks the fleet to look. */
import type { BackupManifest } from '@vivim/contract/backup';
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { StorageId, UserId } from '@vivim/contract/ids';
import type { FleetControl } from '../fleet/fleet-control.ts';
import type { FleetLog } from '../fleet/fleet-log.ts';
import type { ErasureLedger } from '../keys/erasure-ledger.ts';
import type { Master } from '../master/db.ts';
import type { Keep } from './retention.ts';
import type { BackupState } from './state.ts';
import { BackupError, type BackupStore } from './store.ts';

export interface BackupDeps {
  readonly master: Master;
  readonly fleet: Pick<FleetControl, 'copyOut' | 'print' | 'examine' | 'replace' | 'stop'>;
  readonly ledger: Pick<ErasureLedger, 'lines' | 'find'>;
  readonly clock: Clock;
  readonly log: FleetLog;
  readonly store: BackupStore;
  readonly keep: Keep;
  /** For files under way; private. */
  readonly scratch: string;
}

/** What is remembered, and which spaces were put back to an older state while somebody copied them. */
export interface Memory {
  readonly state: BackupState;
  readonly restored: Map<StorageId, number>;
  save(): Promise<void>;
}

/** Told of each copy that was made. */
export type OnCopied = (userId: UserId, manifest: BackupManifest) => Promise<void>;

/** What went wrong, as a code that names nobody. */
export const codeOf = (error: unknown): string =>
  error instanceof AppError || error instanceof BackupError ? error.code : 'internal';

/** A backup's failure as the operator is told over their socket. */
export function toAppError(error: unknown): unknown {
  if (!(error instanceof BackupError)) return error;
  const code = {
    place_unreachable: 'backup_unavailable',
    nothing_there: 'backup_missing',
    copy_missing: 'backup_missing',
    copy_altered: 'storage_integrity',
  } as const;
  return new AppError(code[error.code], error.message, { cause: error });
}
