/** Where something was said: what every tool hands out with a piece of memory, and takes to read around it. */
import { AcuId, ConversationId, MessageId } from '@vivim/contract/ids';
import { z } from 'zod';
import { pageAt } from './visit.ts';

export const Citation = z.strictObject({
  conversationId: ConversationId.describe('Give it to read_conversation to read around the quote.'),
  messageId: MessageId,
  acuId: AcuId.describe('The smallest span that stands alone.'),
  title: z.string().nullable().describe('Title of the conversation.'),
  at: z.string().nullable().describe('When it was said, ISO 8601; null where the source did not say.'),
  url: z.string().nullable().describe('The page of it, for the user to open.'),
});
export type Citation = z.infer<typeof Citation>;

/** @param origin where pages of this server are */
export const citing = (origin: string | null, cited: Omit<Citation, 'url'>): Citation => ({
  ...cited,
  url: messagePage(origin, cited.conversationId, cited.messageId),
});

export const messagePage = (origin: string | null, conversationId: ConversationId, messageId: MessageId) =>
  pageAt(origin, `/conversations/${conversationId}?message=${messageId}`);

/** One line: `“Bread”, 2025-03-01, conversation c_…, message m_…, https://…`. */
export function citationLine({ conversationId, messageId, title, at, url }: Omit<Citation, 'acuId'>): string {
  const named = title === null ? 'untitled conversation' : `“${title}”`;
  const day = at === null ? 'undated' : at.slice(0, 10);
  return [named, day, `conversation ${conversationId}`, `message ${messageId}`, ...(url === null ? [] : [url])].join(
    ', ',
  );
}

export const limitInput = (most: number, usual: number) =>
  z.int().min(1).max(most).default(usual).describe(`How many to return, at most ${most}.`);

export const cursorInput = z.string().max(512).optional().describe('nextCursor of the answer before, to go on.');
export const nextCursor = z.string().nullable().describe('Null when there is no more.');

/** What a text ends with where there is more to be had. */
export const moreLine = (cursor: string | null): string[] =>
  cursor === null ? [] : [`There is more: call again with cursor "${cursor}".`];
