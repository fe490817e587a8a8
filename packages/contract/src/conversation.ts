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
  defaultModel: z.string().nullable(),
  messageCount: z.int(),
  /** When a later export no longer held it. It is marked, never deleted. */
  deletedInSourceAt: z.string().nullable(),
  /** What its person hung on it: tags by name, since when it is archived and bookmarked. */
  tags: z.array(z.string()),
  archivedAt: z.string().nullable(),
  bookmarkedAt: z.string().nullable(),
  /** Of its messages, beside its own bookmark; notes on it and on them. */
  bookmarkedMessages: z.int(),
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
  activeLeafId: MessageId.nullable(),
  firstImportId: ImportId,
  lastImportId: ImportId,
  lineage: Lineage,
  flags: z.record(z.string(), z.unknown()),
});
export type Conversation = z.infer<typeof Conversation>;

export const Part = z.strictObject({
  index: z.int(),
  kind: PartKind,
  text: z.string().nullable(),
  language: z.string().nullable(),
  mime: z.string().nullable(),
  toolName: z.string().nullable(),
  attachment: PartAttachment.nullable(),
  /** Of content nobody can read yet, the JSON it came as, its first 20,000 characters; null for everything else. */
  raw: z.string().nullable(),
});
export type Part = z.infer<typeof Part>;

export const Citation = z.strictObject({
  partIndex: z.int(),
  start: z.int().nullable(),
  end: z.int().nullable(),
  url: z.string().nullable(),
  title: z.string().nullable(),
});

/** What the person thought of an answer, as the provider kept it. */
export const Feedback = z.strictObject({
  rating: z.enum(['up', 'down', 'other']),
  comment: z.string().nullable(),
  at: z.string().nullable(),
});
export type Feedback = z.infer<typeof Feedback>;

export const Message = z.strictObject({
  id: MessageId,
  conversationId: ConversationId,
  externalId: z.string().nullable(),
  parentId: MessageId.nullable(),
  role: Role,
  authorName: z.string().nullable(),
  authorKind: AuthorKind,
  model: z.string().nullable(),
  channel: z.string().nullable(),
  /** How an answer ended, in its source's word; `partial` where it broke off. Null where the source does not say. */
  status: z.string().nullable(),
  createdAt: z.string().nullable(),
  hidden: z.boolean(),
  hiddenReason: z.string().nullable(),
  onActivePath: z.boolean(),
  /** Ids of the messages that answer the same parent, this one included, in the source's order. */
  siblings: z.array(MessageId),
  parts: z.array(Part),
  citations: z.array(Citation),
  feedback: z.array(Feedback),
});
export type Message = z.infer<typeof Message>;

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
