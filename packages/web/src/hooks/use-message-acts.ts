/** What the reader does with a message: the acts behind its menu and its keys. The same functions as long as the conversation is open. */
import { useQueryClient } from '@tanstack/react-query';
import type { AnnotationStep } from '@vivim/contract/annotation';
import type { MessageId } from '@vivim/contract/ids';
import { useMemo, useRef } from 'react';
import { annotate, keepOut, letIn } from '../api/annotate.ts';
import { messageAsMarkdown } from '../api/message-markdown.ts';
import { say, sayProblem } from '../components/kit/toast-queue.ts';
import type { MessageActs } from '../components/reader/message-menu.tsx';
import { strings } from '../strings.ts';
import type { Reading } from './use-reading.ts';

/** What a message is asked about in a dialog. */
export interface Asking {
  readonly about: 'note' | 'units' | 'erase';
  readonly id: string;
}

interface Now {
  readonly reading: Reading;
  readonly bookmarked: ReadonlySet<string>;
  readonly ask: (asking: Asking) => void;
}

const words = strings.reader.said;

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(words.copied);
  } catch (error) {
    sayProblem(error);
  }
}

export function useMessageActs(conversationId: string, now: Now): MessageActs {
  const client = useQueryClient();
  const latest = useRef(now);
  latest.current = now;
  return useMemo(
    () => ({
      show: (sibling) => latest.current.reading.show(sibling),
      bookmark: (id) => {
        const on = !latest.current.bookmarked.has(id);
        const step: AnnotationStep = { kind: 'bookmark', of: id as MessageId, on };
        void annotate(client, [step], on ? words.bookmarked : words.unbookmarked);
      },
      note: (id) => latest.current.ask({ about: 'note', id }),
      units: (id) => latest.current.ask({ about: 'units', id }),
      erase: (id) => latest.current.ask({ about: 'erase', id }),
      copy: (id) => {
        const message = latest.current.reading.bodies.get(id);
        if (message !== undefined) void copy(messageAsMarkdown(message));
      },
      copyLink: (id) => void copy(`${location.origin}/conversations/${conversationId}?message=${id}`),
      keepOut: (id) =>
        void (latest.current.reading.excluded.has(id)
          ? letIn(client, id, words.letIn)
          : keepOut(client, 'message', [id], words.keptOut)),
    }),
    [client, conversationId],
  );
}
