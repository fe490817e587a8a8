/** The filters of the records as they stand in the page's address. Unknown or malformed ones are dropped, not guessed. */
import type { AssemblyWay } from '@vivim/contract/assembly';
import { present } from './search-filters.ts';

export interface RecordFilters {
  session?: string;
  way?: AssemblyWay;
  /** `YYYY-MM-DD`, both inclusive, days of the reader. */
  from?: string;
  to?: string;
}

const day = /^\d{4}-\d{2}-\d{2}$/;
export function toRecordFilters(address: Record<string, unknown>): RecordFilters {
  const date = (value: unknown) => (typeof value === 'string' && day.test(value) ? value : undefined);
  const { session, way } = address;
  return present<RecordFilters>({
    session: typeof session === 'string' && /^[0-9a-f-]{36}$/.test(session) ? session : undefined,
    way: way === 'api' || way === 'mcp' ? way : undefined,
    from: date(address.from),
    to: date(address.to),
  });
}
