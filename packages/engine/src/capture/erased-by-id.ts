/** Whether a conversation of this id, here or at its source, was erased: its id is all that is known of it. Reads only. */
import { sources } from '@vivim/contract/conversation';
import type { Whereabouts } from '@vivim/contract/whereabouts';
import type { SpaceReader } from '../space/transactors.ts';
import { conversationIdOf } from './conversation-input.ts';

/** @param key an id at the source, where the account does not matter to it, or an id here */
export function erasedById(r: SpaceReader, key: string): Whereabouts['items'] {
  const ids = [key, ...sources.map((source) => conversationIdOf({ source, accountHash: '', key }))];
  const receipts = ids.flatMap((id) => r.erasures.receiptFor('conversation', id) ?? []);
  return receipts.flatMap(({ id, erasedAt }) =>
    id === null ? [] : [{ state: 'erased' as const, erasedAt, receipt: id }],
  );
}
