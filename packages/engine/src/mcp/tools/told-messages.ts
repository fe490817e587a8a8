/**
 * Messages of a conversation as a tool tells them: what was said, what tools answered in a few words, what was attached by its
 * name; cut so that one page never fills the window of a model. Pure.
 */
import { type Message, Role } from '@vivim/contract/conversation';
import { MessageId } from '@vivim/contract/ids';
import { z } from 'zod';

/** Characters. A page is about 6,000 tokens; what stands beside a message that is asked for leaves room for it. */
export const room = { page: 24_000, message: 8_000, beside: 3_000, tool: 600 } as const;

/** Kinds of parts that are not what anybody said. */
const unspoken: ReadonlySet<string> = new Set(['reasoning', 'context', 'raw']);
const ofTools: ReadonlySet<string> = new Set(['tool_call', 'tool_result']);

export const ToldMessage = z.strictObject({
  messageId: MessageId,
  role: Role,
  author: z.string().nullable(),
  model: z.string().nullable(),
  at: z.string().nullable(),
  text: z.string(),
  cutAt: z.int().nullable().describe('Where the text was cut, to be given as offset; null where it is whole.'),
  characters: z.int().describe('Of the whole text.'),
});
export type ToldMessage = z.infer<typeof ToldMessage>;

/** Which message a page was asked for, and from where in it. */
export interface Asked {
  readonly around?: MessageId | undefined;
  readonly offset: number;
}

export function toldMessage(message: Message, { around, offset }: Asked): ToldMessage {
  const isAsked = message.id === around;
  const whole = message.parts.flatMap(wordsOf).join('\n\n');
  const from = isAsked ? offset : 0;
  const most = around === undefined || isAsked ? room.message : room.beside;
  const end = between(whole, from + most);
  return {
    messageId: message.id,
    role: message.role,
    author: message.authorName,
    model: message.model,
    at: message.createdAt,
    text: whole.slice(from, end).toWellFormed(),
    cutAt: end < whole.length ? end : null,
    characters: whole.length,
  };
}

/** Not inside of a letter of two units: it would be lost to both sides. */
const between = (text: string, end: number): number => (/^[\ud800-\udbff]$/.test(text[end - 1] ?? '') ? end - 1 : end);

function wordsOf({ kind, text, attachment, toolName }: Message['parts'][number]): string[] {
  if (unspoken.has(kind)) return [];
  if (text === null)
    return attachment === null ? [] : [`[${kind}: ${attachment.name ?? attachment.mime ?? 'no name'}]`];
  if (!ofTools.has(kind)) return [text];
  const cut = text.length > room.tool ? `${text.slice(0, room.tool).toWellFormed()} [cut]` : text;
  return [`[${kind === 'tool_call' ? 'called' : 'answer of'} ${toolName ?? 'a tool'}] ${cut}`];
}

/** How many of them a page takes: all that fit, and one at least where none stands before it. */
export function fitting(messages: readonly ToldMessage[], used: number): number {
  let sum = used;
  for (const [i, { text }] of messages.entries()) {
    sum += text.length;
    if (sum > room.page && (i > 0 || used > 0)) return i;
  }
  return messages.length;
}
