/** What a list of conversations is asked for, and what there is to choose from. */
import { z } from 'zod';
import { Tag } from './annotation.ts';
import { Source } from './conversation.ts';
import { archivedChoices, conversationSorts } from './conversation-list-words.ts';
import { EntityId, ImportId, ProjectId, TopicId } from './ids.ts';
import { Flag, PageQuery, ReadQuery } from './page.ts';
import { TimeZone } from './time-zone.ts';

export { conversationSorts };
export const ConversationSort = z.enum(conversationSorts);
export type ConversationSort = z.infer<typeof ConversationSort>;

export { archivedChoices };
export const ArchivedChoice = z.enum(archivedChoices);
export type ArchivedChoice = z.infer<typeof ArchivedChoice>;

const filters = {
  source: Source.optional(),
  importId: ImportId.optional(),
  projectId: ProjectId.optional(),
  tag: Tag.optional(),
  /** The model most of it was had with, or that wrote any of it. */
  model: z.string().min(1).max(200).optional(),
  topic: TopicId.optional(),
  entity: EntityId.optional(),
  archived: ArchivedChoice.default('hide'),
  /** With a bookmark, or a note, on it or on one of its messages; or without any. */
  bookmarked: Flag.optional(),
  noted: Flag.optional(),
  /** Conversations that went on at some time from then, inclusive, to then, exclusive; a date begins in `timeZone`. */
  from: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  to: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  timeZone: TimeZone.optional(),
};

export const ConversationsQuery = PageQuery.extend({ ...filters, sort: ConversationSort.default('latest') });
export type ConversationsQuery = z.infer<typeof ConversationsQuery>;
export const FacetsQuery = ReadQuery.extend(filters);

const counted = <T extends z.ZodType>(value: T) =>
  z.array(
    z.strictObject({
      /** A source, the name of a model, or a tag. */
      value,
      conversations: z.int(),
    }),
  );

export const ConversationFacets = z.strictObject({
  /** How many the filters leave. */
  matching: z.int(),
  /** Of everything there is, whatever the filters; so are the figures below. */
  conversations: z.int(),
  archived: z.int(),

  /** With a bookmark, on it or on one of its messages. */
  bookmarked: z.int(),

  /** With a note, on it or on one of its messages. */
  noted: z.int(),
  /** The most used first. */
  sources: counted(Source),

  /** Models, by the conversations most of which they answered. */
  models: counted(z.string()),

  /** Tags, by the conversations they hang on. */
  tags: counted(z.string()),
});
export type ConversationFacets = z.infer<typeof ConversationFacets>;
