/** What is known of the subjects of a memory: topics, people, places and things. */
import { AppError } from '@vivim/contract/errors';
import { EntityId, TopicId } from '@vivim/contract/ids';
import { Claim, EntityProfile, EntityType, Relation, TopicProfile, TopicSummary } from '@vivim/contract/profile';
import { z } from 'zod';
import { cursorInput, limitInput, nextCursor } from '../citation.ts';
import { defineTool, readCall, reading } from '../tool.ts';

export const listTopics = defineTool({
  title: 'List topics',
  description:
    'The subjects of the user’s conversations, most important first, with how often and when they came up. Give an id to get_profile for what is known of it.',
  annotations: reading,
  input: z.strictObject({ limit: limitInput(100, 25), cursor: cursorInput }),
  output: z.strictObject({ topics: z.array(TopicSummary), nextCursor }),
  async run(query, world) {
    const page = await world.handlers.listTopics(
      readCall(world, { params: {}, query: { ...query, sort: 'importance' }, body: undefined }),
    );
    return { topics: page.items, nextCursor: page.nextCursor };
  },
});

export const getProfile = defineTool({
  title: 'Get the profile of a subject',
  description:
    'What is known of one topic (t_…) or of one person, place or thing (e_…): claims with the messages each stands on, related subjects, and when it came up. Ids come from list_topics and from the related subjects of other profiles.',
  annotations: reading,
  input: z.strictObject({ id: TopicId.or(EntityId).describe('t_… or e_…') }),
  output: z.strictObject({
    id: TopicId.or(EntityId),
    kind: z.enum(['topic', 'entity']),
    name: z.string(),
    type: EntityType.nullable().describe('Of a person, place or thing; null for a topic.'),
    aliases: z.array(z.string()),
    counts: TopicSummary.shape.counts,
    firstSeenAt: z.string().nullable(),
    lastSeenAt: z.string().nullable(),
    claims: z.array(Claim),
    relatedTopics: EntityProfile.shape.relatedTopics,
    relatedEntities: EntityProfile.shape.relatedEntities,
    timeline: EntityProfile.shape.timeline,
    parent: TopicProfile.shape.parent.describe('The wider topic; null where there is none, and for an entity.'),
    children: TopicProfile.shape.children,
    relations: z.array(Relation).describe('Of an entity to the user or to others; none for a topic.'),
    trend: EntityProfile.shape.rhythm.shape.trend,
  }),
  async run({ id }, world) {
    const topicId = TopicId.safeParse(id);
    const entityId = EntityId.safeParse(id);
    if (topicId.success) {
      const params = { id: topicId.data };
      const {
        label,
        importance: _,
        pinned: _p,
        hidden: _h,
        parts: _parts,
        depth: _depth,
        proficiency: _proficiency,
        conversations: _conversations,
        projects: _projects,
        alike: _alike,
        rhythm,
        ...topic
      } = await world.handlers.getTopic(readCall(world, { params, query: {}, body: undefined }));
      return { ...topic, kind: 'topic' as const, name: label, type: null, relations: [], trend: rhythm.trend };
    }
    if (!entityId.success) throw new AppError('not_found');
    const params = { id: entityId.data };
    const {
      importance: _,
      pinned: _p,
      hidden: _h,
      parts: _parts,
      conversations: _conversations,
      projects: _projects,
      alike: _alike,
      rhythm,
      ...entity
    } = await world.handlers.getEntity(readCall(world, { params, query: {}, body: undefined }));
    return { ...entity, kind: 'entity' as const, parent: null, children: [], trend: rhythm.trend };
  },
});
