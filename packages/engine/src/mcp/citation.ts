/**
 * Where something was said: what every tool hands out with a piece of memory, and takes to read around it. One id says it: an id is
 * two dozen tokens of a model's window, and a context has dozens of sources.
 */
import { MessageId } from '@vivim/contract/ids';
import { shorten } from '@vivim/contract/shorten';
import { z } from 'zod';
import { pageAt } from './visit.ts';

export const Citation = z.strictObject({
  messageId: MessageId.describe('Give it to read_conversation as around, to read around the quote.'),
  title: z.string().nullable().describe('Title of the conversation, its first 80 letters.'),
  day: z.string().nullable().describe('When it was said, in UTC; null where the source did not say.'),
});
export type Citation = z.infer<typeof Citation>;

/** @param at ISO 8601 */
export const citing = (messageId: MessageId, title: string | null, at: string | null): Citation => ({
  messageId,
  title: title === null ? null : shortened(title),
  day: at?.slice(0, 10) ?? null,
});

export const messagePages = z
  .string()
  .nullable()
  .describe('The page of a message, for the user to open, is this and the messageId.');

/** @param origin where pages of this server are */
export const messagePagesAt = (origin: string | null): string | null => pageAt(origin, '/messages/');

/** Letters of a title in a line of text. */
const shownTitle = 80;

const shortened = (title: string): string => shorten(title.toWellFormed(), shownTitle + 1);

/** `“Bread”, 2025-03-01`. */
export const conversationLine = ({ title, day }: Pick<Citation, 'title' | 'day'>): string =>
  `${titled(title)}, ${dayOf(day)}`;

/** One line: `“Bread”, 2025-03-01, m_…`. */
export const citationLine = (citation: Citation): string => `${conversationLine(citation)}, ${citation.messageId}`;

export const titled = (title: string | null): string =>
  title === null ? 'untitled conversation' : `“${shortened(title)}”`;
export const dayOf = (at: string | null): string => at?.slice(0, 10) ?? 'undated';

/** What a text with citations says of them. */
export const pagesLine = (pages: string | null): string[] =>
  pages === null ? [] : [`(The page of a message, for the user to open: ${pages} and its id, m_…)`];

/** `1 message`, `12 messages`. */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

export const limitInput = (most: number, usual: number) =>
  z.int().min(1).max(most).default(usual).describe(`How many to return, at most ${most}.`);

export const cursorInput = z.string().max(512).optional().describe('nextCursor of the answer before, to go on.');
export const nextCursor = z.string().nullable().describe('Null when there is no more.');

/** What a text ends with where there is more to be had. */
export const moreLine = (cursor: string | null): string[] =>
  cursor === null ? [] : [`There is more: call again with cursor "${cursor}".`];
