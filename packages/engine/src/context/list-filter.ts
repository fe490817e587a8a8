/** What a list of conversations is asked for, in the terms of the tables. Pure. */
import type { FacetsQuery } from '@vivim/contract/conversation-list';
import type { z } from 'zod';
import type { ConversationFilter } from '../space/stores/conversation-filter.ts';
import { startOf } from './retrieval/calendar.ts';

export function listFilter({
  from,
  to,
  timeZone = 'UTC',
  ...filter
}: z.output<typeof FacetsQuery>): ConversationFilter {
  return {
    ...filter,
    ...(from === undefined ? {} : { fromMs: startOf(from, timeZone) }),
    ...(to === undefined ? {} : { toMs: startOf(to, timeZone) }),
  };
}
