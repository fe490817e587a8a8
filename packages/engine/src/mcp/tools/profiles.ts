/** What is known of the subjects of a memory: topics, people, places and things. */
import { AppError } from '@vivim/contract/errors';
import { EntityId, TopicId } from '@vivim/contract/ids';
import { z } from 'zod';
import { counted, cursorInput, dayOf, limitInput, moreLine, nextCursor } from '../citation.ts';
import { Profile, profileOf, profileText } from '../profile.ts';
import { Subject, SubjectKind, subjectId, subjectPage, subjectsNamed } from '../subjects.ts';
import { defineTool, reading } from '../tool.ts';

const name = z.string().trim().min(1).max(200);

export const listTopics = defineTool({
  title: 'List topics',
  description:
    'The subjects of the user’s conversations, most important first, with how often and when they came up: topics, or with kind "entity" the people, organisations, places and things. With a name only those whose name holds it. Give an id to get_profile for what is known of it.',
  annotations: reading,
  input: z.strictObject({
    kind: SubjectKind.default('topic').describe('"topic", or "entity" for people, places and things.'),
    name: name.optional().describe('A part of the name to look for. Such a list comes whole, without cursor.'),
    limit: limitInput(100, 25),
    cursor: cursorInput,
  }),
  output: z.strictObject({ topics: z.array(Subject), nextCursor }),
  async run({ kind, name: part, ...query }, world) {
    if (part !== undefined)
      return { topics: await subjectsNamed(world, kind, { q: part }, query.limit), nextCursor: null };
    const { items, nextCursor: next } = await subjectPage(world, kind, query);
    return { topics: [...items], nextCursor: next };
  },
  asked: ({ name: words = null }, { topics }) => ({
    kind: 'subjects',
    words,
    count: topics.length,
    given: topics.map(({ id }) => id),
  }),
  text: ({ topics, nextCursor: cursor }) =>
    [
      ...(topics.length === 0 ? ['There are none.'] : []),
      ...topics.map(
        (one) =>
          `- ${one.id}: ${one.name}${one.type === null ? '' : ` (${one.type})`}, ${counted(one.counts.messages, 'message')}, last ${dayOf(one.lastSeenAt)}`,
      ),
      ...moreLine(cursor),
    ].join('\n'),
});

export const getProfile = defineTool({
  title: 'Get the profile of a subject',
  description:
    'What is known of one topic (t_…) or of one person, place or thing (e_…): claims with the messages each stands on, related subjects, and when it came up. Ask by id, from list_topics or another profile, or by its name.',
  annotations: reading,
  input: z.strictObject({
    id: z.string().min(1).max(100).optional().describe('t_… or e_…. Give this or name, not both.'),
    name: name.optional().describe('Its whole name, or another way it is written.'),
  }),
  output: Profile,
  async run({ id, name: called }, world) {
    if ((id === undefined) === (called === undefined))
      throw new AppError('request_invalid', 'Give either id or name.', { field: 'id' });
    if (called !== undefined) return profileOf(world, await subjectId(world, called));
    const known = TopicId.or(EntityId).safeParse(id);
    if (!known.success) throw new AppError('not_found');
    return profileOf(world, known.data);
  },
  asked: ({ name: words = null }, { id }) => ({ kind: 'profile', words, count: 1, given: [id] }),
  text: profileText,
});
