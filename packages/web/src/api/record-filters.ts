/** The filters of the records as they stand in the page's address. Unknown or malformed ones are dropped, not guessed. */
import type { AskedKind } from '@vivim/contract/asked';
import { askedKinds } from '@vivim/contract/asked-words';
import type { AssemblyWay } from '@vivim/contract/assembly';
import { present } from './search-filters.ts';

export interface RecordFilters {
  /** The name of an application; whatever sessions it had. */
  app?: string;
  session?: string;
  kind?: AskedKind;
  way?: AssemblyWay;
  /** Only what gave something of this conversation. */
  conversation?: string;
  /** `YYYY-MM-DD`, both inclusive, days of the reader. */
  from?: string;
  to?: string;
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const longestName = 100;
const conversationId = /^c_[a-z2-7]{32}$/;
export function toRecordFilters(address: Record<string, unknown>): RecordFilters {
  const date = (value: unknown) => (typeof value === 'string' && day.test(value) ? value : undefined);
  const { app, session, way, conversation } = address;
  // An address takes a name of figures for a number.
  const name = typeof app === 'number' ? String(app) : app;
  return present<RecordFilters>({
    app: typeof name === 'string' && name !== '' && name.length <= longestName ? name : undefined,
    session: typeof session === 'string' && /^[0-9a-f-]{36}$/.test(session) ? session : undefined,
    kind: askedKinds.find((kind) => kind === address.kind),
    way: way === 'api' || way === 'mcp' ? way : undefined,
    conversation: typeof conversation === 'string' && conversationId.test(conversation) ? conversation : undefined,
    from: date(address.from),
    to: date(address.to),
  });
}
