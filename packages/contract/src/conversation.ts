/** What came in, as the API shows it: conversations, messages and their parts. Times are ISO 8601 UTC or null. */
import { z } from 'zod';
import { PartAttachment } from './attachment.ts';
import { roles, sourceNames, sources } from './conversation-words.ts';
import { ConversationId, ImportId, MessageId } from './ids.ts';
import { Flag, PageQuery } from './page.ts';

export { roles, sourceNames, sources };

export const Source = z.enum(sources);
export type Source = z.infer<typeof Source>;

export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Who really wrote it, apart from the role: in agent logs most `user` rows are tool results. */
export const authorKinds = ['human', 'model', 'tool', 'runtime', 'context'] as const;
export const AuthorKind = z.enum(authorKinds);
export type AuthorKind = z.infer<typeof AuthorKind>;

export const partKinds = [
  'text',
  'reasoning',
  'tool_call',
  'tool_result',
  'code',
  'image',
  'audio',
  'file',
  'artifact',
  'source',
  'context',
  'error',
  'raw',
] as const;
export const PartKind = z.enum(partKinds);
export type PartKind = z.infer<typeof PartKind>;

export const ConversationSummary = z.strictObject({
  id: ConversationId,
  source: Source,
  externalId: z.string().nullable(),
  title: z.string().nullable(),
  /** The first words of its person, to call it by where it has no title; null where it has one, or they said nothing. */
  opening: z.string().nullable(),
  createdAt: z.string().nullable(),
  updatedAt: z.string().nullable(),

  /** The model most of it was had with; null where nothing says it. */
  defaultModel: z.string().nullable(),
  messageCount: z.int(),
  /** When a later export no longer held it. It is marked, never deleted. */
  deletedInSourceAt: z.string().nullable(),
  /** What its person hung on it: tags by name, since when it is archived and bookmarked. */
  tags: z.array(z.string()),
  archivedAt: z.string().nullable(),

  /** Since when it has a bookmark of its own, ISO 8601; null: none. */
  bookmarkedAt: z.string().nullable(),
  /** Of its messages, beside its own bookmark; notes on it and on them. */
  bookmarkedMessages: z.int(),

  /** Notes on it and on its messages. */
  notes: z.int(),
});
export type ConversationSummary = z.infer<typeof ConversationSummary>;

/** A conversation that begins with the same messages as another. */
export const Relative = z.strictObject({
  id: ConversationId,
  title: z.string().nullable(),
  /** How many messages both begin with. */
  sharedMessages: z.int(),
  /** The later one holds nothing more (replay), goes on from the end of the earlier (resume), or from before it (fork). */
  kind: z.enum(['replay', 'resume', 'fork']),
});
export type Relative = z.infer<typeof Relative>;

/** What a session of a coding agent goes on from, and what goes on from it, found by what was said. */
export const Lineage = z.strictObject({ parent: Relative.nullable(), children: z.array(Relative) });
export type Lineage = z.infer<typeof Lineage>;

export const Conversation = ConversationSummary.extend({
  /** The last message of the branch that is shown; null where it has no message. */
  activeLeafId: MessageId.nullable(),

  /** The import that brought it first. */
  firstImportId: ImportId,

  /** The import that last held it. */
  lastImportId: ImportId,

  /** Which conversation it goes on from, and which go on from it. */
  lineage: Lineage,

  /** What its source says of it beside, by the source's own names. */
  flags: z.record(z.string(), z.unknown()),
});
export type Conversation = z.infer<typeof Conversation>;

export const Part = z.strictObject({
  /** Its place in the message, from 0. */
  index: z.int(),
  kind: PartKind,
  text: z.string().nullable(),
  language: z.string().nullable(),
  mime: z.string().nullable(),

  /** The tool that is called or answers; null for the other kinds. */
  toolName: z.string().nullable(),

  /** The file it carries; null where it carries none. */
  attachment: PartAttachment.nullable(),
  /** Of content nobody can read yet, the JSON it came as, its first 20,000 characters; null for everything else. */
  raw: z.string().nullable(),
});
export type Part = z.infer<typeof Part>;

export const Citation = z.strictObject({
  partIndex: z.int(),
  start: z.int().nullable(),
  end: z.int().nullable(),

  /** The page the answer cites; null where it cites none. */
  url: z.string().nullable(),

  /** Of the page; null where the answer names none. */
  title: z.string().nullable(),
});

/** What the person thought of an answer, as the provider kept it. */
export const Feedback = z.strictObject({
  /** Thumb up or down; `other` where the provider knows more than two. */
  rating: z.enum(['up', 'down', 'other']),

  /** What they wrote to it; null where nothing. */
  comment: z.string().nullable(),
  at: z.string().nullable(),
});
export type Feedback = z.infer<typeof Feedback>;

export const Message = z.strictObject({
  id: MessageId,
  conversationId: ConversationId,
  externalId: z.string().nullable(),

  /** The message it answers; null for the first. */
  parentId: MessageId.nullable(),
  role: Role,

  /** As the source has it: the name of a tool, of a person in a shared conversation. Null where it has none. */
  authorName: z.string().nullable(),
  authorKind: AuthorKind,

  /** The model that answered, as its source names it; null for what no model said. */
  model: z.string().nullable(),

  /** What part of an answer it is, in its source's word: `final`, `analysis`. Null where it has none. */
  channel: z.string().nullable(),
  /** How an answer ended, in its source's word; `partial` where it broke off. Null where the source does not say. */
  status: z.string().nullable(),

  /** When it was said, ISO 8601 in UTC; null where its source does not say. */
  createdAt: z.string().nullable(),

  /** Its source does not show it: tool output, a system prompt … */
  hidden: z.boolean(),

  /** Why its source does not show it, as a code; null where it does. */
  hiddenReason: z.string().nullable(),
  onActivePath: z.boolean(),
  /** Ids of the messages that answer the same parent, this one included, in the source's order. */
  siblings: z.array(MessageId),

  /** Its content, in order: text, code, calls of tools, files … */
  parts: z.array(Part),

  /** The pages an answer names, and where in it. */
  citations: z.array(Citation),

  /** What its person thought of it, where the provider kept that. */
  feedback: z.array(Feedback),
});
export type Message = z.infer<typeof Message>;

/** A message with those beside it. */
export const MessagesAround = z.strictObject({
  /** In the order of the branch, the one that was asked for among them. */
  items: z.array(Message),
  /** More was said before the first of them. */
  moreBefore: z.boolean(),
  /** More was said behind the last of them. */
  moreAfter: z.boolean(),
});

/** Of which messages. `around` begins a page before a message, wherever it stands; `ids` are the messages themselves, at most so many. */
export const messagesById = 100;
export const MessagesQuery = PageQuery.extend({
  branches: z.enum(['active', 'all']).default('active'),
  hidden: Flag.optional(),
  around: MessageId.optional(),
  ids: z
    .string()
    .regex(new RegExp(`^m_[a-z2-7]{32}(?:,m_[a-z2-7]{32}){0,${messagesById - 1}}$`))
    .optional(),
});
