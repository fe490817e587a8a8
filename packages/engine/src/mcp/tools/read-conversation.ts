/** Reading a whole conversation in pages, or the part of it around one message. */
import { ConversationSummary, type Message } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import { ConversationId, MessageId } from '@vivim/contract/ids';
import { z } from 'zod';
import {
  counted,
  cursorInput,
  dayOf,
  limitInput,
  messagePages,
  messagePagesAt,
  nextCursor,
  titled,
} from '../citation.ts';
import { defineTool, readCall, reading, type ToolWorld } from '../tool.ts';
import { pageAt } from '../visit.ts';
import { type Asked, fitting, ToldMessage, toldMessage } from './told-messages.ts';

/** Messages shown before the one that is asked for, and as many from it on before more is looked for. */
const before = 3;

const input = z.strictObject({
  around: MessageId.optional().describe(
    'm_…, from a citation: begin a little before this message of its conversation.',
  ),
  conversationId: ConversationId.optional().describe('c_…: begin at its beginning. Give this or around, not both.'),
  offset: z
    .int()
    .min(0)
    .max(100_000_000)
    .default(0)
    .describe('With around: read on in that message from this character, where it was cut.'),
  limit: limitInput(50, 20),
  cursor: cursorInput,
});

export const readConversation = defineTool({
  title: 'Read a conversation',
  description:
    'The messages of one stored conversation in order, the branch the user kept. After a hit give its messageId as around: the page begins a little before it. Go on with conversationId and cursor. Long conversations come in pages of at most about 6,000 tokens, long messages in pieces.',
  annotations: reading,
  input,
  output: z.strictObject({
    conversation: ConversationSummary.pick({
      id: true,
      title: true,
      source: true,
      createdAt: true,
      messageCount: true,
    }).extend({
      url: z.string().nullable().describe('The page of it, for the user to open.'),
    }),
    messages: z.array(ToldMessage),
    messagePages,
    nextCursor,
  }),
  async run({ conversationId, limit, cursor, ...asked }, world) {
    const params = { id: await conversationOf(world, conversationId, cursor, asked) };
    const { id, title, opening, source, createdAt, messageCount } = await world.handlers.getConversation(
      readCall(world, { params, query: {}, body: undefined }),
    );
    const page =
      asked.around === undefined
        ? await pageFrom(world, id, { cursor, limit }, asked, 0)
        : await pageAround(world, id, limit, { ...asked, around: asked.around });
    const url = pageAt(world.origin, `/conversations/${id}`);
    const conversation = { id, title: title ?? opening, source, createdAt, messageCount, url };
    return { conversation, ...page, messagePages: messagePagesAt(world.origin) };
  },
  asked: (_, { conversation, messages }) => ({
    kind: 'conversation',
    words: null,
    count: messages.length,
    given: [conversation.id, ...messages.map(({ messageId }) => messageId)],
  }),
  text: ({ conversation: { id, title, source, createdAt, messageCount, url }, messages, nextCursor: cursor }) =>
    [
      `${titled(title)}, ${source}, ${dayOf(createdAt)}, ${counted(messageCount, 'message')}, ${id}${url === null ? '' : `, ${url}`}`,
      ...messages.map(
        ({ messageId, role, at, text, cutAt, characters }) =>
          `\n[${role}, ${at?.slice(0, 16).replace('T', ' ') ?? 'undated'}, ${messageId}]\n${text}${cutAt === null ? '' : `\n[cut at ${cutAt} of ${characters} characters: read on with around ${messageId} and offset ${cutAt}]`}`,
      ),
      ...(cursor === null ? [] : [`There is more: call again with conversationId ${id} and cursor "${cursor}".`]),
    ].join('\n'),
});

/** @throws AppError `request_invalid` for what says no place to begin at, or two; `not_found` */
async function conversationOf(
  world: ToolWorld,
  id: ConversationId | undefined,
  cursor: string | undefined,
  { around, offset }: Asked,
): Promise<ConversationId> {
  if (around === undefined && offset > 0)
    throw new AppError('request_invalid', 'It goes with around: it is a place in that message.', { field: 'offset' });
  if (around !== undefined && (id !== undefined || cursor !== undefined))
    throw new AppError('request_invalid', 'Give either around, or conversationId with a cursor.', { field: 'around' });
  if (id !== undefined) return id;
  if (around === undefined)
    throw new AppError('request_invalid', 'Give around or conversationId.', { field: 'around' });
  const message = await world.handlers.getMessage(
    readCall(world, { params: { id: around }, query: {}, body: undefined }),
  );
  return message.conversationId;
}

interface Told {
  readonly messages: ToldMessage[];
  readonly nextCursor: string | null;
}

type Query = Parameters<ToolWorld['handlers']['listMessages']>[0]['query'];

const listed = (world: ToolWorld, id: ConversationId, query: Omit<Query, 'branches'>) => {
  const asked: Query = { branches: 'active', ...query };
  return world.handlers.listMessages(readCall(world, { params: { id }, query: asked, body: undefined }));
};

const toldOf = (messages: readonly Message[], asked: Asked): ToldMessage[] =>
  messages.map((message) => toldMessage(message, asked));

/** What has words to tell. */
const worded = (told: readonly ToldMessage[]): ToldMessage[] => told.filter(({ text }) => text !== '');

/** As many as fit. @param used characters of the page that are taken already */
async function pageFrom(
  world: ToolWorld,
  id: ConversationId,
  query: { readonly cursor: string | undefined; readonly limit: number },
  asked: Asked,
  used: number,
): Promise<Told> {
  const page = await listed(world, id, query);
  const told = toldOf(page.items, asked);
  const count = fitting(told, used);
  if (count === 0) return { messages: [], nextCursor: query.cursor ?? null };
  // Fewer are asked for again: only the list itself knows where it goes on.
  const { nextCursor: on } = count === told.length ? page : await listed(world, id, { ...query, limit: count });
  return { messages: worded(told.slice(0, count)), nextCursor: on };
}

/** @throws AppError `not_found` for a message that is not in this conversation, or may not be told */
async function pageAround(
  world: ToolWorld,
  id: ConversationId,
  limit: number,
  asked: Asked & { readonly around: MessageId },
): Promise<Told> {
  const { around, offset } = asked;
  const [wanted] = (await listed(world, id, { limit: 1, ids: around })).items;
  if (wanted === undefined) throw new AppError('not_found');
  const near = await listed(world, id, { limit: 2 * before, around });
  const onBranch = near.items.filter(({ onActivePath }) => onActivePath || !wanted.onActivePath);
  // Who reads on in a long message has seen what stands before it.
  const from = offset === 0 ? 0 : onBranch.findIndex((message) => message.id === around);
  const messages = worded(toldOf(onBranch.slice(Math.max(0, from)), asked));
  const more = limit - messages.length;
  if (near.nextCursor === null || !wanted.onActivePath || more <= 0) return { messages, nextCursor: near.nextCursor };
  const used = messages.reduce((sum, { text }) => sum + text.length, 0);
  const rest = await pageFrom(world, id, { cursor: near.nextCursor, limit: more }, asked, used);
  return { messages: [...messages, ...rest.messages], nextCursor: rest.nextCursor };
}
