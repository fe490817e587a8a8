/** What words that no longer hold are told with. Types alone. */
import type { MemoryId } from '@vivim/contract/ids';

/** Why words no longer hold. */
export type PastState = 'superseded' | 'archived' | 'resolved';

export interface PastStatement {
  readonly state: PastState;
  /** What holds instead; null where nothing says. */
  readonly later: { readonly id: MemoryId; readonly text: string; readonly atMs: number | null } | null;
}
