/** The filters of a search as they stand in the page's address. Unknown or malformed ones are dropped, not guessed. */
import { type Role, roles, type Source, sources } from '@vivim/contract/conversation';

export interface SearchFilters {
  source?: Source;
  role?: Role;
  /** `YYYY-MM-DD`, inclusive. */
  from?: string;
  /** `YYYY-MM-DD`, exclusive. */
  to?: string;
  /** `YYYY-MM-DD`: as it would have been when this day began. */
  asOf?: string;
  /** Only what is valid. */
  liveOnly?: 'true';
}

const among = <T extends string>(allowed: readonly T[], value: unknown): T | undefined =>
  allowed.find((one) => one === value);

const date = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;

export const toSource = (value: unknown): Source | undefined => among(sources, value);
export const toRole = (value: unknown): Role | undefined => among(roles, value);

/** An address may hold it as text or as what a router read in it. */
const toLiveOnly = (value: unknown): 'true' | undefined => (value === 'true' || value === true ? 'true' : undefined);

/** Drops what is undefined, so that an address carries only the filters that are set. */
export function present<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

export function toSearchFilters(address: Record<string, unknown>): SearchFilters {
  return present<SearchFilters>({
    source: toSource(address.source),
    role: toRole(address.role),
    from: date(address.from),
    to: date(address.to),
    asOf: date(address.asOf),
    liveOnly: toLiveOnly(address.liveOnly),
  });
}
