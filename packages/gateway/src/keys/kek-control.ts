/**
 * What whoever runs a server may do with its KEK: look, move every wrap to another one, try every wrap. Types alone, so that
 * whoever imports this cannot reach a key.
 */
import type { KekStatus } from '@vivim/contract/admin-kek';
import type { StorageId } from '@vivim/contract/ids';
import type { KekTarget } from '@vivim/contract/kek';

/** What happened to the KEK, for the audit chain of the operator. */
export interface KekEvent {
  readonly event: 'kek.rotation_begun' | 'kek.rotated';
  /** The id of the KEK that wraps are moved to. */
  readonly id: string;
  readonly source: KekTarget['kind'];
  /** Wraps that were moved since the server started or the rotation began; null before. */
  readonly moved: number | null;
}

export interface KekControl {
  status(): Promise<KekStatus>;
  /**
   * Begin to move every wrap to a new KEK, or go on where some could not be moved. Goes on by itself, here and after a restart.
   *
   * @param to null: the source of now gives a new one, a file by making it
   * @throws AppError `request_invalid` in words for the operator
   */
  rotate(to: KekTarget | null): Promise<KekStatus>;
  /**
   * Unwrap the key of every space and let go of it again.
   *
   * @returns how many it tried, those that did not open, and all there is a key or a seal of: sealed spaces have no wrap here
   */
  verify(): Promise<{
    readonly checked: number;
    readonly failed: readonly StorageId[];
    readonly known: ReadonlySet<StorageId>;
  }>;
}
