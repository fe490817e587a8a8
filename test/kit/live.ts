/** Exchanges as they go through the proxy, and a recorder over a real space to keep them. */
import { type Clock, systemClock } from '@vivim/contract/clock';
import type { LiveDialect, LiveExchange, Recording } from '@vivim/contract/live';
import { recordExchange } from '@vivim/engine/capture/live/recorder';
import { SpaceEvents } from '@vivim/engine/events';
import type { UserSpace } from '@vivim/engine/space/user-space';

export interface Said {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

const wholeAnswer: Readonly<Record<LiveDialect, (text: string, id: string) => object>> = {
  chat: (content, id) => ({
    id,
    model: 'm-1',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
    usage: { prompt_tokens: 10, completion_tokens: 5 },
  }),
  responses: (text, id) => ({
    id,
    model: 'm-1',
    status: 'completed',
    output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }],
    usage: { input_tokens: 10, output_tokens: 5 },
  }),
  messages: (text, id) => ({
    id,
    type: 'message',
    role: 'assistant',
    model: 'm-1',
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 10, output_tokens: 5 },
  }),
};

const requestOf: Readonly<Record<LiveDialect, (history: readonly Said[]) => object>> = {
  chat: (messages) => ({ model: 'm', messages }),
  responses: (input) => ({ model: 'm', input }),
  messages: (history) => ({
    model: 'm',
    max_tokens: 100,
    system: history.filter(({ role }) => role === 'system').map(({ content }) => ({ type: 'text', text: content })),
    messages: history.filter(({ role }) => role !== 'system'),
  }),
};

/** A history, and what was answered to it. */
export function exchangeOf(
  dialect: LiveDialect,
  history: readonly Said[],
  answer: string,
  more: Partial<LiveExchange> & { readonly request?: string } = {},
): LiveExchange {
  return {
    dialect,
    upstream: 'main',
    request: JSON.stringify(requestOf[dialect](history)),
    response: JSON.stringify(wholeAnswer[dialect](answer, `id-${history.length}-${answer}`)),
    status: 200,
    streamed: false,
    end: 'whole',
    startedMs: 1_767_323_045_000,
    tookMs: 10,
    requestId: null,
    ...more,
  };
}

export function newRecorder(space: UserSpace, clock: Clock = systemClock) {
  const unexpected: unknown[] = [];
  const deps = {
    space,
    events: new SpaceEvents(),
    clock,
    wake: () => {},
    onUnexpected: (error: unknown) => unexpected.push(error),
  };
  /** Keep an exchange; whatever nobody expected is thrown. */
  const keep = (exchange: LiveExchange): Recording => {
    const recording = recordExchange(deps, exchange);
    if (unexpected.length > 0) throw unexpected[0];
    return recording;
  };
  return { keep };
}

/** Every conversation as the lines of its tree, hidden messages in brackets. */
export function treesOf(space: UserSpace): string[][] {
  return space.read((r) =>
    r.conversations.page({ limit: 200 }).items.map(({ id }) => {
      const { items } = r.conversations.messages(id, { limit: 200, branches: 'all', hidden: true }) ?? { items: [] };
      const depth = new Map<string, number>();
      return items.map((message) => {
        const level = message.parentId === null ? 0 : (depth.get(message.parentId) ?? 0) + 1;
        depth.set(message.id, level);
        const words = message.parts
          .map(
            ({ kind, text, toolName }) =>
              `${kind === 'text' ? '' : `${kind} `}${toolName ? `${toolName} ` : ''}${text}`,
          )
          .join(' | ');
        const line = `${'  '.repeat(level)}${message.role}: ${words}`;
        return message.hidden ? `(${line})` : line;
      });
    }),
  );
}
