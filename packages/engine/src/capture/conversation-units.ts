/** The units of a whole conversation: every message that was said, shown and stands on the active branch. Pure. */
import type { PartKind } from '@vivim/contract/conversation';
import type { AcuDraft } from '../space/acu-draft.ts';
import type { ConversationInput, MessageInput } from '../space/stores/conversation-input.ts';
import type { WrittenConversation } from '../space/stores/written-conversation.ts';
import { type SaidBefore, type SegmentableMessage, segmentMessage } from './segment.ts';

const segmented: ReadonlySet<PartKind> = new Set(['text', 'code', 'artifact', 'file']);

const isSaid = (message: MessageInput): boolean =>
  message.onActivePath && !message.hidden && (message.authorKind === 'human' || message.authorKind === 'model');

/**
 * Units by the message's place in the list; a message that has none is left out.
 * @param above what was last said before the messages that answer none of these
 */
export function conversationUnits(
  conversation: Pick<ConversationInput, 'id' | 'messages'>,
  above: SaidBefore | null = null,
): Map<number, readonly AcuDraft[]> {
  const units = new Map<number, readonly AcuDraft[]>();
  /** What was last said on the way down to each message; what tools and reasoning put between is passed over. */
  const lastSaid: (SaidBefore | null)[] = [];
  conversation.messages.forEach((message, ix) => {
    const before = message.parentIx === null ? above : (lastSaid[message.parentIx] ?? null);
    lastSaid[ix] = before;
    if (!isSaid(message)) return;
    const segmentable = segmentableOf(conversation, message);
    if (segmentable.parts.length === 0) return;
    const found = segmentMessage(segmentable, before);
    if (found.length === 0) return;
    units.set(ix, found);
    lastSaid[ix] = { authorKind: message.authorKind, units: found };
  });
  return units;
}

const segmentableOf = (conversation: Pick<ConversationInput, 'id'>, message: MessageInput): SegmentableMessage => ({
  id: message.id,
  conversationId: conversation.id,
  role: message.role,
  authorKind: message.authorKind,
  parts: wordsSegmented(message.parts),
});

/** The parts of a message that units are made from. */
export const wordsSegmented = (parts: MessageInput['parts']): SegmentableMessage['parts'] =>
  parts.flatMap((part, ix) =>
    segmented.has(part.kind) && part.text !== null
      ? [{ ix, kind: part.kind, text: part.text, language: part.language ?? null }]
      : [],
  );

/** The units of all its messages but those, by their rows. */
export function writtenUnits(
  written: WrittenConversation,
  without: ReadonlySet<number>,
): Map<number, readonly AcuDraft[]> {
  const places = new Map(written.messages.map(({ id }, ix) => [id as string, ix]));
  const messages = written.messages.map(({ parentId, ...message }) => ({
    ...message,
    parentIx: parentId === null ? null : (places.get(parentId) ?? null),
    contentHash: '',
  }));
  const units = conversationUnits({ id: written.id, messages });
  return new Map(messages.map(({ pk }, ix) => [pk, without.has(pk) ? [] : (units.get(ix) ?? [])]));
}
