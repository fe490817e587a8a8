/** Tells the engine what is open or being typed here, while it is. */
import type { ConversationId, EntityId, TopicId } from '@vivim/contract/ids';
import { presenceLimits } from '@vivim/contract/presence';
import { useEffect } from 'react';
import { tellPresence } from '../api/page-presence.ts';
import { ownTimeZone } from '../format.ts';

/** What is open. */
export function useOpen(kind: 'conversation' | 'topic' | 'entity', id: string): void {
  useEffect(() => {
    if (kind === 'conversation') return tellPresence({ conversationId: id as ConversationId });
    return tellPresence(kind === 'topic' ? { topicId: id as TopicId } : { entityId: id as EntityId });
  }, [kind, id]);
}

/** A rest in typing this long, and a text of this length, are worth telling. */
const typing = { restMs: 600, least: 8 };

/** A question that is being typed, and the conversation it continues. */
export function useTyping(text: string, conversationId: string | undefined): void {
  const typed = text.trim().slice(0, presenceLimits.typed);
  useEffect(() => {
    if (typed.length < typing.least) return;
    let back: () => void = () => {};
    const timer = setTimeout(() => {
      const open = conversationId === undefined ? {} : { conversationId: conversationId as ConversationId };
      back = tellPresence({ typed, timeZone: ownTimeZone(), ...open });
    }, typing.restMs);
    return () => {
      clearTimeout(timer);
      back();
    };
  }, [typed, conversationId]);
}
