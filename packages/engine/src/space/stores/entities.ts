/**
 * Entity profiles: people, places and things by their figures, the units they stand on, what is named beside them.
 * Never decides what a name is; conversations are observed elsewhere and their observations added up here.
 */
import type { EntityId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import { type EntitySummary, EntityType } from '@vivim/contract/profile';
import type { Connection } from '../../sqlite/database.ts';
import type { LocatedAcu } from '../located-acu.ts';
import type { ProfileObservation } from '../profile-observation.ts';
import { BundleWriter } from './bundles.ts';
import { type ProfileListOptions, profilePage, profileTrend } from './profile-list.ts';
import { profilePlaces, profilesAlike } from './profile-places.ts';
import {
  type HourOfMessages,
  profileHours,
  profileParts,
  profileUnits,
  type Related,
  relatedProfiles,
  summaryOf,
} from './profile-reading.ts';
import { type ProfileRow, tablesOf } from './profile-tables.ts';
import { replaceContributions } from './replace-contributions.ts';

export interface EntityRecord {
  readonly pk: number;
  readonly key: string;
  readonly summary: EntitySummary;
}

export class EntityReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Visible entities, most important first. @throws AppError `cursor_invalid` */
  list(options: ProfileListOptions, nowMs: number): Page<EntitySummary> {
    const { rows, nextCursor } = profilePage(this.connection, 'entity', options, nowMs);
    return { items: rows.map((row) => summary(row, row.trend, nowMs)), nextCursor };
  }

  /** One entity, shown in lists or not, or null. An id of what counts as another now gives that other. */
  byId(id: EntityId, nowMs: number): EntityRecord | null {
    const found = tablesOf('entity').byId.get(this.connection, { id });
    const row = found?.headKey == null ? found : tablesOf('entity').byKey.get(this.connection, { key: found.headKey });
    if (row === undefined) return null;
    const trend = profileTrend(this.connection, 'entity', row.pk, nowMs);
    return { pk: row.pk, key: row.key, summary: summary(row, trend, nowMs) };
  }

  /** The units it stands on, those that say most first. */
  units(pk: number, limit: number): LocatedAcu[] {
    return profileUnits(this.connection, 'entity', pk, limit);
  }

  hours(pk: number): HourOfMessages[] {
    return profileHours(this.connection, 'entity', pk);
  }

  /** See {@link profilePlaces}. */
  places(pk: number): ReturnType<typeof profilePlaces> {
    return profilePlaces(this.connection, 'entity', pk);
  }

  /** See {@link profilesAlike}. */
  alike(key: string): { id: string; name: string }[] {
    return profilesAlike(this.connection, 'entity', key);
  }

  /** See {@link profileParts}. */
  parts(key: string): string[] {
    return profileParts(this.connection, 'entity', key);
  }

  /** The profile a name is of, where it is a key of one. */
  byName(name: string): { id: EntityId; name: string } | null {
    const { byKey } = tablesOf('entity');
    const found = byKey.get(this.connection, { key: name });
    const row = found?.headKey == null ? found : byKey.get(this.connection, { key: found.headKey });
    return row === undefined ? null : { id: row.id as EntityId, name: row.name };
  }

  /** Visible topics its messages speak of too, most alike first. */
  relatedTopics(pk: number, limit: number): Related[] {
    return relatedProfiles(this.connection, 'entity', 'topic', pk, limit);
  }

  /** Visible entities its messages name too, most alike first. */
  relatedEntities(pk: number, limit: number): Related[] {
    return relatedProfiles(this.connection, 'entity', 'entity', pk, limit);
  }
}

export class EntityWriter extends EntityReader {
  /**
   * Make these the entities of a conversation, in place of those it had. Standing bundles made from an entity that
   * changed are marked dirty.
   * @returns how many entities changed
   */
  replaceForConversation(conversationPk: number, observations: readonly ProfileObservation[]): number {
    const changed = replaceContributions(this.connection, 'entity', conversationPk, observations);
    new BundleWriter(this.connection).markDirty('entity', changed);
    return changed.length;
  }
}

const summary = (row: ProfileRow, trend: EntitySummary['trend'], nowMs: number): EntitySummary => ({
  id: row.id as EntityId,
  name: row.name,
  type: EntityType.catch('unknown').parse(row.type),
  ...summaryOf(row, trend, nowMs),
});
