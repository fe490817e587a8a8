/** The filters of the memories page as they stand in the address. What is none of the known values is left out. */
import {
  type MemoryKind,
  type MemoryOrigin,
  type MemoryState,
  memoryKinds,
  memoryOrigins,
  memoryStates,
} from '@vivim/contract/memory-words';
import { present } from './search-filters.ts';

export interface MemoryFilters {
  /** Words it holds. */
  q?: string;
  kind?: MemoryKind;
  origin?: MemoryOrigin;
  /** Active ones where it is left out. */
  state?: Exclude<MemoryState, 'active'>;
  /** Active ones that are to be looked at again. */
  due?: true;
  domain?: string;
  project?: string;
}

/** The page's address: the filters, and whether what contradicts is unfolded. */
export interface MemoryAddress extends MemoryFilters {
  decide?: true;
}

export const putAwayStates = memoryStates.filter((state) => state !== 'active');

/** A router reads a figure in an address as a number. */
const text = (value: unknown, most: number): string | undefined =>
  (typeof value === 'string' || typeof value === 'number') && String(value).trim() !== ''
    ? String(value).slice(0, most)
    : undefined;

export const toMemoryFilters = (address: Record<string, unknown>): MemoryFilters => {
  const due = address.due === true ? true : undefined;
  return present<MemoryFilters>({
    q: text(address.q, 200),
    kind: memoryKinds.find((one) => one === address.kind),
    origin: memoryOrigins.find((one) => one === address.origin),
    state: due === undefined ? putAwayStates.find((one) => one === address.state) : undefined,
    due,
    domain: text(address.domain, 100),
    project: text(address.project, 100),
  });
};

export const toMemoryAddress = (address: Record<string, unknown>): MemoryAddress => ({
  ...toMemoryFilters(address),
  ...(address.decide === true ? { decide: true as const } : {}),
});
