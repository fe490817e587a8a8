/**
 * The messages of a conversation that came so far, by id, and the way to ask for more: as many as are near the window, once each.
 * Belongs to one conversation; knows no order.
 */
import type { Message } from '@vivim/contract/conversation';
import { useCallback, useMemo, useRef, useState } from 'react';
import { messagesAtOnce, messagesByIds } from '../api/reader-queries.ts';

const nothing: ReadonlyMap<string, Message> = new Map();

export interface MessageBodies {
  readonly bodies: ReadonlyMap<string, Message>;
  /** What went wrong the last time; asking again is trying again. */
  readonly error: unknown;
  readonly want: (ids: readonly string[]) => void;
  /**
   * All of these, some at a time.
   * @throws what went wrong; what came until then stays
   */
  readonly gather: (ids: readonly string[], until: AbortSignal) => Promise<void>;
  /** All of it may read otherwise now. */
  readonly forget: () => void;
}

/** @param first those that came with the page */
export function useMessageBodies(conversationId: string, first: readonly Message[] | undefined): MessageBodies {
  const [fetched, setFetched] = useState(nothing);
  const [error, setError] = useState<unknown>(null);
  const asked = useRef(new Set<string>());
  const round = useRef(0);
  const bodies = useMemo(() => {
    if (first === undefined) return fetched;
    return new Map([...first.map((message) => [message.id as string, message] as const), ...fetched]);
  }, [first, fetched]);
  const here = useRef(bodies);
  here.current = bodies;

  const add = useCallback(
    (messages: readonly Message[]) =>
      setFetched(
        (before) => new Map([...before, ...messages.map((message) => [message.id as string, message] as const)]),
      ),
    [],
  );
  const want = useCallback(
    (ids: readonly string[]) => {
      const missing = ids.filter((id) => !asked.current.has(id) && !here.current.has(id));
      for (let at = 0; at < missing.length; at += messagesAtOnce) {
        const some = missing.slice(at, at + messagesAtOnce);
        const began = round.current;
        for (const id of some) asked.current.add(id);
        messagesByIds(conversationId, some).then(
          (messages) => {
            if (began !== round.current) return;
            setError(null);
            add(messages);
          },
          (reason: unknown) => {
            for (const id of some) asked.current.delete(id);
            setError(reason);
          },
        );
      }
    },
    [conversationId, add],
  );
  const gather = useCallback(
    async (ids: readonly string[], until: AbortSignal) => {
      const missing = ids.filter((id) => !here.current.has(id));
      const began = round.current;
      for (let at = 0; at < missing.length; at += messagesAtOnce) {
        const messages = await messagesByIds(conversationId, missing.slice(at, at + messagesAtOnce));
        if (until.aborted || began !== round.current) return;
        add(messages);
      }
    },
    [conversationId, add],
  );
  const forget = useCallback(() => {
    round.current += 1;
    asked.current.clear();
    setFetched(nothing);
  }, []);
  return { bodies, error, want, gather, forget };
}
