/** The filters of the memories page as they stand in its address. What is none of the known values is left out. */
import { MemoryKind, MemoryOrigin, MemoryState } from '@vivim/contract/memory';

export interface MemoryFilters {
  kind?: MemoryKind;
  origin?: MemoryOrigin;
  state?: MemoryState;
  project?: string;
}

export const toMemoryFilters = (
  address: Record<string, unknown>,
): { [K in keyof Required<MemoryFilters>]: MemoryFilters[K] | undefined } => ({
  kind: MemoryKind.safeParse(address.kind).data,
  origin: MemoryOrigin.safeParse(address.origin).data,
  state: MemoryState.safeParse(address.state).data,
  project: typeof address.project === 'string' ? address.project : undefined,
});
