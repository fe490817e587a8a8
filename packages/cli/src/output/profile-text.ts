/** Topics and entities for a person: a table of many, the claims of one with the messages they stand on. */
import type { Claim, EntityProfile, EntitySummary, TopicProfile, TopicSummary } from '@vivim/contract/profile';
import { count, day, oneLine, table } from './text.ts';

const span = (first: string | null, last: string | null) =>
  first === null && last === null ? '—' : `${day(first)} to ${day(last)}`;

const row = (name: string, kind: string, { counts, firstSeenAt, lastSeenAt, id }: TopicSummary | EntitySummary) => [
  oneLine(name, 40),
  kind,
  count(counts.conversations, 'conversation'),
  span(firstSeenAt, lastSeenAt),
  id,
];

export const topicTable = (items: readonly TopicSummary[]): string =>
  items.length === 0
    ? 'No topics yet: they are found in what you import.'
    : table(items.map((item) => row(item.label, '', item)));

export const entityTable = (items: readonly EntitySummary[]): string =>
  items.length === 0
    ? 'Nobody and nothing yet: they are found in what you import.'
    : table(items.map((item) => row(item.name, item.type, item)));

const claimLines = ({ kind, text, evidence }: Claim) => [
  `  ${kind.replace('_', ' ')}: ${oneLine(text, 300)}`,
  `    ${evidence.map(({ messageId, at }) => `${messageId} (${day(at)})`).join(', ')}`,
];

function profileText(
  name: string,
  profile: TopicProfile | EntityProfile,
  related: readonly string[],
  more: readonly string[],
): string {
  const { counts, firstSeenAt, lastSeenAt, aliases, claims, parts, rhythm } = profile;
  return [
    name,
    `  ${count(counts.conversations, 'conversation')}, ${count(counts.messages, 'message')}, ${span(firstSeenAt, lastSeenAt)}`,
    `  ${rhythm.trend}; came up on ${count(rhythm.days, 'day')}, at most ${rhythm.longestStreak} in a row`,
    ...(parts.length === 0 ? [] : [`  parts: ${parts.map((part) => `"${oneLine(part, 40)}"`).join(', ')}`]),
    ...(aliases.length === 0 ? [] : [`  also: ${aliases.map((alias) => oneLine(alias, 40)).join(', ')}`]),
    ...(related.length === 0 ? [] : [`  near: ${related.map((each) => oneLine(each, 40)).join(', ')}`]),
    ...more,
    ...claims.flatMap(claimLines),
  ].join('\n');
}

const near = ({ relatedTopics, relatedEntities }: TopicProfile | EntityProfile) => [
  ...relatedTopics.map(({ label }) => label),
  ...relatedEntities.map(({ name }) => name),
];

const familyLines = ({ parent, children, proficiency }: TopicProfile): string[] => [
  ...(parent === null ? [] : [`  part of: ${oneLine(parent.label, 40)}`]),
  ...(children.length === 0 ? [] : [`  narrower: ${children.map(({ label }) => oneLine(label, 40)).join(', ')}`]),
  `  you: ${proficiency.level} (${proficiency.signals.map(({ name, count: n }) => `${name} ${n}`).join(', ')})`,
];

const relationLines = ({ relations }: EntityProfile): string[] =>
  relations.map(({ relation, to, evidence }) => {
    const whose = to === 'me' ? `your ${relation}` : `${relation} ${oneLine(to.name, 40)}`;
    return `  ${whose} (${evidence.map(({ messageId }) => messageId).join(', ')})`;
  });

export const topicText = (topic: TopicProfile): string =>
  profileText(oneLine(topic.label, 80), topic, near(topic), familyLines(topic));
export const entityText = (entity: EntityProfile): string =>
  profileText(`${oneLine(entity.name, 80)} (${entity.type})`, entity, near(entity), relationLines(entity));
