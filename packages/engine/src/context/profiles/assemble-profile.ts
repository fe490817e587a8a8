/** A whole profile of a topic or an entity from what the space holds of it, in one snapshot. Reads only. */
import type { EntityId, TopicId } from '@vivim/contract/ids';
import type { Claim, EntityProfile, Relation, TopicProfile } from '@vivim/contract/profile';
import type { LocatedAcu } from '../../space/located-acu.ts';
import type { Related } from '../../space/stores/profile-reading.ts';
import type { ProfileRecord } from '../../space/stores/profiles.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import { claimsFrom } from './claims.ts';
import { nameKey } from './entity-mentions.ts';
import { innerPhrases, isInside, standing } from './hierarchy.ts';
import { type NearTopic, nearnessOf, nearTopics } from './near-topics.ts';
import { proficiencyOf } from './proficiency.ts';
import { relationsOf } from './relations.ts';
import { monthsOf, rhythmOf } from './rhythm.ts';

/** Units claims are chosen from. */
const considered = 200;
const mostRelated = 10;
const mostOffered = 6;
/** Looked at for wider and narrower topics among them. */
const beside = 30;

/** Null where there is no such topic. */
export function topicProfile(r: SpaceReader, id: TopicId, nowMs: number): TopicProfile | null {
  const topic = r.topics.byId(id, nowMs);
  if (topic === null) return null;
  const units = r.topics.units(topic.pk, considered);
  const hours = r.topics.hours(topic.pk);
  const { counts } = topic.summary;
  return {
    ...topic.summary,
    claims: claims(r, units),
    parts: r.topics.parts(topic.key),
    ...r.topics.places(topic.pk),
    ...family(r, topic, nearTopics(r, topic.pk)),
    rhythm: { ...rhythmOf(hours, nowMs), trend: topic.summary.trend },
    depth: counts.conversations === 0 ? 0 : Math.round((10 * counts.messages) / counts.conversations) / 10,
    proficiency: proficiencyOf(units),
    relatedEntities: entitiesOf(r.topics.related('entity', topic.pk, mostRelated)),
    timeline: monthsOf(hours),
  };
}

/** Null where there is no such entity. */
export function entityProfile(r: SpaceReader, id: EntityId, nowMs: number): EntityProfile | null {
  const entity = r.entities.byId(id, nowMs);
  if (entity === null) return null;
  const units = r.entities.units(entity.pk, considered);
  const hours = r.entities.hours(entity.pk);
  const { name, aliases } = entity.summary;
  return {
    ...entity.summary,
    claims: claims(r, units),
    parts: r.entities.parts(entity.key),
    ...r.entities.places(entity.pk),
    alike: r.entities.alike(entity.key).map(({ id, name: other }) => ({ id: id as EntityId, name: other })),
    relations: relationsOf([name, ...aliases], units).map(
      ({ relation, to, evidence }): Relation => ({
        relation,
        to: to === null ? 'me' : (r.entities.byKey(nameKey(to)) ?? { id: null, name: to }),
        evidence: [...evidence],
      }),
    ),
    rhythm: { ...rhythmOf(hours, nowMs), trend: entity.summary.trend },
    relatedTopics: topicsOf(r.entities.related('topic', entity.pk, mostRelated)),
    relatedEntities: entitiesOf(r.entities.related('entity', entity.pk, mostRelated)),
    timeline: monthsOf(hours),
  };
}

const topicsOf = (found: readonly Related[]): TopicProfile['relatedTopics'] =>
  found.map(({ id, name, weight }) => ({ id: id as TopicId, label: name, weight }));
const entitiesOf = (found: readonly Related[]): EntityProfile['relatedEntities'] =>
  found.map(({ id, name, weight }) => ({ id: id as EntityId, name, weight }));

/** Wider, narrower and other topics beside one, those near in meaning among them; whatever shares its first word is beside it even where they never met. */
function family(
  r: SpaceReader,
  topic: ProfileRecord<'topic'>,
  near: readonly NearTopic[],
): Pick<TopicProfile, 'parent' | 'children' | 'alike' | 'relatedTopics'> {
  const { key } = topic;
  const met = r.topics.related('topic', topic.pk, beside);
  const stands = met.map((other) => ({ other, as: standing(key, other) }));
  const named = innerPhrases(key).flatMap((phrase) => {
    const found = r.topicKeys.shown(phrase);
    return found === null || found.key === key ? [] : [found];
  });
  const wider = stands.filter(({ as }) => as === 'wider').map(({ other }) => other);
  const [narrowest] = [...named, ...wider.toSorted((a, b) => a.messages - b.messages)];
  const label = (other: Related | (typeof named)[number]): string => ('label' in other ? other.label : other.name);
  const narrower = new Map(
    [
      ...r.topicKeys.narrower(key, mostRelated),
      ...stands.flatMap(({ other, as }) => (as === 'narrower' ? [other] : [])),
    ]
      .filter((other) => other.key !== key)
      .map((other) => [other.id, { id: other.id as TopicId, label: label(other) }]),
  );
  const parent = narrowest === undefined ? null : { id: narrowest.id as TopicId, label: label(narrowest) };
  if (parent !== null) narrower.delete(parent.id);
  const first = key.split(' ')[0] ?? '';
  const siblings = first === key ? [] : r.topicKeys.narrower(first, mostRelated);
  const known = new Set<string>([topic.summary.id, parent?.id ?? '', ...narrower.keys(), ...met.map(({ id }) => id)]);
  const alike = siblings.filter(({ id, key: other }) => !known.has(id) && !isInside(key, other));
  const offered = mayBeSame(r, topic, near);
  for (const { id } of [...alike, ...offered]) known.add(id);
  return {
    parent,
    alike: offered,
    children: [...narrower.values()].slice(0, mostRelated),
    relatedTopics: [
      ...topicsOf(stands.flatMap(({ other, as }) => (as === null ? [other] : []))),
      ...near.flatMap(({ id, label: name }) => (known.has(id) ? [] : [{ id, label: name, weight: 0 }])),
      ...alike.map(({ id, label: name }) => ({ id, label: name, weight: 0 })),
    ].slice(0, mostRelated),
  };
}

/** Others its person may want to make one with it: by a word of the name, and by meaning; none they said is another. */
function mayBeSame(r: SpaceReader, topic: ProfileRecord<'topic'>, near: readonly NearTopic[]): TopicProfile['alike'] {
  const least = nearnessOf(r.topicVectors.of(topic.pk)?.model ?? '')?.same ?? Number.POSITIVE_INFINITY;
  const apart = near.length === 0 ? undefined : r.corrections.rules('topic').apart.get(topic.key);
  const meant = near.filter(({ key, similarity }) => similarity >= least && apart?.has(key) !== true);
  const named = r.topics.alike(topic.key).map(({ id, name }) => ({ id: id as TopicId, label: name }));
  const offered = new Map([...meant.map(({ id, label }) => ({ id, label })), ...named].map((one) => [one.id, one]));
  return [...offered.values()].slice(0, mostOffered);
}

function claims(r: SpaceReader, units: readonly LocatedAcu[]): Claim[] {
  const links = r.acus.linksTo(units.map(({ acu }) => acu.pk));
  const repeating = links.filter(({ type }) => type === 'duplicates');
  const located = new Map(r.acus.byPks(repeating.map(({ fromPk }) => fromPk)).map((unit) => [unit.acu.pk, unit]));
  const repeats = new Map<number, LocatedAcu[]>();
  for (const { fromPk, toPk } of repeating) {
    const unit = located.get(fromPk);
    if (unit !== undefined) repeats.set(toPk, [...(repeats.get(toPk) ?? []), unit]);
  }
  const answered = new Set(links.filter(({ type }) => type === 'answers').map(({ toPk }) => toPk));
  return claimsFrom(units, { answered, repeats });
}
