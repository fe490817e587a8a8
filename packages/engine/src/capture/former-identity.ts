/**
 * What a conversation may be known by from before: keys an older reader of its source made, or the whole identity another source gave
 * it. A record that came in then keeps its id and the ids of its messages, and is read better all the same. Pure.
 */
import type { Source } from '@vivim/contract/conversation';
import type { ConversationId } from '@vivim/contract/ids';
import type { CanonicalConversation, Reading, SourceContext } from './canonical.ts';
import { conversationIdOf } from './conversation-input.ts';
import { readRecord } from './read-record.ts';
import { moduleOf, sourceModules } from './sources/registry.ts';

type Read = Pick<Extract<Reading, { outcome: 'conversation' }>, 'conversation' | 'formerKeys'>;

/** The conversation under each identity it may have had, the likelier first. */
export function* asFormerlyKnown(
  { conversation, formerKeys = [] }: Read,
  bytes: Buffer,
  context: SourceContext,
): Generator<CanonicalConversation> {
  for (const key of formerKeys) yield { ...conversation, key };
  const { formerly } = moduleOf(conversation.source);
  if (formerly === undefined || !formerly.takes(bytes)) return;
  const before = readRecord(formerly.source, bytes, context);
  if (before.outcome === 'conversation') yield* underKeysOf(before.conversation, conversation);
}

/** None where the two readers do not make the same messages. */
function* underKeysOf(before: CanonicalConversation, now: CanonicalConversation): Generator<CanonicalConversation> {
  if (before.messages.length !== now.messages.length) return;
  const keys = new Map(now.messages.map(({ key }, ix) => [key, before.messages[ix]?.key ?? key]));
  const keyed = (key: string | null): string | null => (key === null ? null : (keys.get(key) ?? key));
  yield {
    ...now,
    knownAs: { source: before.source, key: before.key },
    activeLeafKey: keyed(now.activeLeafKey),
    messages: now.messages.map((message) => ({
      ...message,
      key: keys.get(message.key) ?? message.key,
      parentKey: keyed(message.parentKey),
    })),
  };
}

/** As the conversation of this id, where it is one of those it may be known as; else as it is. */
export function asKnownBy(
  id: ConversationId,
  read: Read,
  bytes: Buffer,
  context: SourceContext,
): CanonicalConversation {
  const { conversation } = read;
  if (conversationIdOf(conversation) === id) return conversation;
  return [...asFormerlyKnown(read, bytes, context)].find((one) => conversationIdOf(one) === id) ?? conversation;
}

/** Whether any source took records over from this one. */
export const hasTakers = (source: Source): boolean => sourceModules.some(({ formerly }) => formerly?.source === source);

/** The source that reads records of another one by now, or null: each of them has to be its own. */
export function takenOverBy(source: Source, records: readonly Buffer[]): Source | null {
  if (records.length === 0) return null;
  const taker = sourceModules.find(
    ({ formerly }) => formerly?.source === source && records.every((bytes) => formerly.takes(bytes)),
  );
  return taker?.source ?? null;
}
