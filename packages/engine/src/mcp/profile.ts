/** What is known of one subject: gathered from the API's two kinds of profiles, and written out for whoever reads text. */
import { EntityId, TopicId } from '@vivim/contract/ids';
import { Claim, EntityProfile, Relation, TopicProfile } from '@vivim/contract/profile';
import { z } from 'zod';
import { Citation, citing, counted, dayOf, messagePages, messagePagesAt, pagesLine } from './citation.ts';
import { Subject } from './subjects.ts';
import { readCall, type ToolWorld } from './tool.ts';
import { pageAt } from './visit.ts';

/** Places of a claim that are named. */
const placesNamed = 3;

const Evidence = {
  evidence: z.array(Citation).describe(`The first ${placesNamed} places it stands on.`),
  places: z.int().describe('How many there are.'),
};

export const Profile = Subject.omit({ importance: true }).extend({
  claims: z.array(z.strictObject({ text: z.string(), kind: Claim.shape.kind, ...Evidence })),
  relatedTopics: EntityProfile.shape.relatedTopics,
  relatedEntities: EntityProfile.shape.relatedEntities,
  timeline: EntityProfile.shape.timeline,
  parent: TopicProfile.shape.parent.describe('The wider topic; null where there is none, and for an entity.'),
  children: TopicProfile.shape.children,
  relations: z
    .array(z.strictObject({ ...Relation.shape, ...Evidence }))
    .describe('Of an entity to the user or to others; none for a topic.'),
  trend: EntityProfile.shape.rhythm.shape.trend,
  url: z.string().nullable().describe('The page of it, for the user to open.'),
  messagePages,
});
export type Profile = z.infer<typeof Profile>;

/** @throws AppError `not_found` */
export async function profileOf(world: ToolWorld, id: TopicId | EntityId): Promise<Profile> {
  const topicId = TopicId.safeParse(id);
  if (topicId.success) {
    const call = readCall(world, { params: { id: topicId.data }, query: {}, body: undefined });
    const { label: name, parent, children, ...topic } = await world.handlers.getTopic(call);
    return { ...shared(world, topic, 'topics'), kind: 'topic', name, type: null, parent, children, relations: [] };
  }
  const params = { id: EntityId.parse(id) };
  const entity = await world.handlers.getEntity(readCall(world, { params, query: {}, body: undefined }));
  const { name, type } = entity;
  const relations = entity.relations.map((relation) => ({ ...relation, ...cited(relation.evidence) }));
  return { ...shared(world, entity, 'entities'), kind: 'entity', name, type, parent: null, children: [], relations };
}

function shared(
  world: ToolWorld,
  of: Omit<TopicProfile, 'label' | 'parent' | 'children' | 'depth' | 'proficiency'> | EntityProfile,
  path: string,
) {
  const { id, aliases, counts, firstSeenAt, lastSeenAt, relatedTopics, relatedEntities, timeline, rhythm } = of;
  const claims = of.claims.map(({ text, kind, evidence }) => ({ text, kind, ...cited(evidence) }));
  const page = pageAt(world.origin, `/${path}/${id}`);
  return {
    id,
    aliases,
    counts,
    firstSeenAt,
    lastSeenAt,
    claims,
    relatedTopics,
    relatedEntities,
    timeline,
    trend: rhythm.trend,
    url: page,
    messagePages: messagePagesAt(world.origin),
  };
}

const cited = (evidence: Claim['evidence']) => ({
  evidence: evidence.slice(0, placesNamed).map(({ messageId, title, at }) => citing(messageId, title, at)),
  places: evidence.length,
});

/** As Markdown, each claim with the first place it stands on. */
export function profileText(profile: Profile): string {
  const { id, name, type, aliases, counts, firstSeenAt, lastSeenAt, trend, claims, relations } = profile;
  const also = aliases.length === 0 ? [] : [`Also: ${aliases.join(', ')}`];
  const related = [
    ...profile.relatedTopics.map((topic) => `${topic.label} (${topic.id})`),
    ...profile.relatedEntities.map((entity) => `${entity.name} (${entity.id})`),
  ];
  return [
    `# ${name}`,
    '',
    `${type ?? 'topic'} ${id}, in ${counted(counts.messages, 'message')} of ${counted(counts.conversations, 'conversation')}, ${dayOf(firstSeenAt)} to ${dayOf(lastSeenAt)}, ${trend}`,
    ...also,
    ...relations.map(({ relation, to }) => `- ${relation} of ${to === 'me' ? 'the user' : to.name}`),
    ...(claims.length === 0 ? [] : ['', '## What was said']),
    ...claims.map(({ text, kind, evidence: [first] }) =>
      first === undefined ? `- ${text} (${kind})` : `- ${text} (${kind}, ${dayOf(first.day)}, ${first.messageId})`,
    ),
    ...(claims.length === 0 ? [] : pagesLine(profile.messagePages)),
    ...(related.length === 0 ? [] : ['', `Related: ${related.join(', ')}`]),
  ].join('\n');
}
