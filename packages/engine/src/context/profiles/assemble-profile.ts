/** A whole profile of a topic or an entity from what the space holds of it, in one snapshot. Reads only. */
import type { EntityId, TopicId } from '@vivim/contract/ids';
import type { Claim, EntityProfile, TopicProfile } from '@vivim/contract/profile';
import type { LocatedAcu } from '../../space/located-acu.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import { claimsFrom } from './claims.ts';

/** Units claims are chosen from. */
const considered = 200;
const mostRelated = 10;

/** Null where there is no such topic. */
export function topicProfile(r: SpaceReader, id: TopicId, nowMs: number): TopicProfile | null {
  const topic = r.topics.byId(id, nowMs);
  if (topic === null) return null;
  return {
    ...topic.summary,
    claims: claims(r, r.topics.units(topic.pk, considered)),
    relatedTopics: r.topics.relatedTopics(topic.pk, mostRelated),
    relatedEntities: r.topics.relatedEntities(topic.pk, mostRelated),
    timeline: r.topics.timeline(topic.pk),
  };
}

/** Null where there is no such entity. */
export function entityProfile(r: SpaceReader, id: EntityId, nowMs: number): EntityProfile | null {
  const entity = r.entities.byId(id, nowMs);
  if (entity === null) return null;
  return {
    ...entity.summary,
    claims: claims(r, r.entities.units(entity.pk, considered)),
    relatedTopics: r.entities.relatedTopics(entity.pk, mostRelated),
    relatedEntities: r.entities.relatedEntities(entity.pk, mostRelated),
    timeline: r.entities.timeline(entity.pk),
  };
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
