/** What a search can be narrowed to: what this space holds of each kind, and when it begins and ends. */
import { z } from 'zod';
import { Source } from './conversation.ts';
import { EntityId, ProjectId, TopicId } from './ids.ts';
import { ReadQuery } from './page.ts';
import { EntityType } from './profile.ts';

export const SearchChoicesQuery = ReadQuery.extend({
  /** Only topics, entities and projects whose name holds this. */
  find: z.string().trim().max(200).optional(),
  /** Told in any case, so that a filter in an address has a name. */
  topic: TopicId.optional(),
  entity: EntityId.optional(),
  project: ProjectId.optional(),
});
export type SearchChoicesQuery = z.infer<typeof SearchChoicesQuery>;

export const SearchChoices = z.strictObject({
  /** Those with conversations, most first. */
  sources: z.array(z.strictObject({ source: Source, conversations: z.int() })),
  /** By name. */
  models: z.array(z.string()),
  /** Languages people write (BCP 47), and programming languages. */
  languages: z.strictObject({
    /** What people write in: BCP 47. */
    prose: z.array(z.string()),
    /** Programming languages of code, by name. */
    code: z.array(z.string()),
  }),
  /** As their person wrote them, those of most conversations first. */
  tags: z.array(
    z.strictObject({
      /** As its person wrote it. */
      tag: z.string(),
      conversations: z.int(),
    }),
  ),
  /** At most fifty of each, those that say most first. */
  projects: z.array(z.strictObject({ id: ProjectId, name: z.string().nullable(), source: Source })),

  /** At most fifty, those that say most first. */
  topics: z.array(z.strictObject({ id: TopicId, label: z.string(), conversations: z.int() })),

  /** At most fifty, those that say most first. */
  entities: z.array(z.strictObject({ id: EntityId, name: z.string(), type: EntityType, conversations: z.int() })),
  /** The first and the last time of any conversation; null where no times are known. */
  firstAt: z.string().nullable(),

  /** The last time of any conversation, ISO 8601 in UTC; null where no times are known. */
  lastAt: z.string().nullable(),
});
export type SearchChoices = z.infer<typeof SearchChoices>;
