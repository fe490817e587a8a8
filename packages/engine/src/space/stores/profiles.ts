/**
 * Profiles of one kind, topics or entities: their figures, the units they stand on, what is named beside them. Never decides
 * what a topic or a name is; conversations are observed elsewhere and their observations added up here.
 */
import type { EntityId, TopicId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import { type EntitySummary, EntityType, type ProfileTrend, type TopicSummary } from '@vivim/contract/profile';
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
import { type ProfileKind, type ProfileRow, tablesOf } from './profile-tables.ts';
import { replaceContributions } from './replace-contributions.ts';

interface Ids {
  readonly topic: TopicId;
  readonly entity: EntityId;
}
interface Summaries {
  readonly topic: TopicSummary;
  readonly entity: EntitySummary;
}

export interface ProfileRecord<K extends ProfileKind> {
  readonly pk: number;
  readonly key: string;
  readonly summary: Summaries[K];
}

const summaries: {
  readonly [K in ProfileKind]: (row: ProfileRow, trend: ProfileTrend, nowMs: number) => Summaries[K];
} = {
  topic: (row, trend, nowMs) => ({ id: row.id as TopicId, label: row.name, ...summaryOf(row, trend, nowMs) }),
  entity: (row, trend, nowMs) => ({
    id: row.id as EntityId,
    name: row.name,
    type: EntityType.catch('unknown').parse(row.type),
    ...summaryOf(row, trend, nowMs),
  }),
};

export class ProfileReader<K extends ProfileKind> {
  protected readonly connection: Connection;
  protected readonly kind: K;

  constructor(connection: Connection, kind: K) {
    this.connection = connection;
    this.kind = kind;
  }

  /** Those that are shown, most important first. @throws AppError `cursor_invalid` */
  list(options: ProfileListOptions, nowMs: number): Page<Summaries[K]> {
    const { rows, nextCursor } = profilePage(this.connection, this.kind, options, nowMs);
    return { items: rows.map((row) => summaries[this.kind](row, row.trend, nowMs)), nextCursor };
  }

  /** One, shown in lists or not, or null. An id of what counts as another now gives that other. */
  byId(id: Ids[K], nowMs: number): ProfileRecord<K> | null {
    const row = this.#standing(tablesOf(this.kind).byId.get(this.connection, { id }));
    if (row === undefined) return null;
    const trend = profileTrend(this.connection, this.kind, row.pk, nowMs);
    return { pk: row.pk, key: row.key, summary: summaries[this.kind](row, trend, nowMs) };
  }

  /** The one a key is of, whatever it counts as now. */
  byKey(key: string): { id: Ids[K]; name: string } | null {
    const row = this.#standing(tablesOf(this.kind).byKey.get(this.connection, { key }));
    return row === undefined ? null : { id: row.id as Ids[K], name: row.name };
  }

  /** The units it stands on, those that say most first. */
  units(pk: number, limit: number): LocatedAcu[] {
    return profileUnits(this.connection, this.kind, pk, limit);
  }

  hours(pk: number): HourOfMessages[] {
    return profileHours(this.connection, this.kind, pk);
  }

  /** See {@link profilePlaces}. */
  places(pk: number): ReturnType<typeof profilePlaces> {
    return profilePlaces(this.connection, this.kind, pk);
  }

  /** See {@link profilesAlike}. */
  alike(key: string): { id: string; name: string }[] {
    return profilesAlike(this.connection, this.kind, key);
  }

  /** See {@link profileParts}. */
  parts(key: string): string[] {
    return profileParts(this.connection, this.kind, key);
  }

  /** Those of a kind that are shown and that its messages speak of too, most alike first. */
  related(kind: ProfileKind, pk: number, limit: number): Related[] {
    return relatedProfiles(this.connection, this.kind, kind, pk, limit);
  }

  #standing(row: ProfileRow | undefined): ProfileRow | undefined {
    return row?.headKey == null ? row : tablesOf(this.kind).byKey.get(this.connection, { key: row.headKey });
  }
}

export class ProfileWriter<K extends ProfileKind> extends ProfileReader<K> {
  /**
   * Make these the profiles of a conversation, in place of those it had. Standing bundles made from one that changed are
   * marked dirty.
   * @returns how many changed
   */
  replaceForConversation(conversationPk: number, observations: readonly ProfileObservation[]): number {
    const changed = replaceContributions(this.connection, this.kind, conversationPk, observations);
    new BundleWriter(this.connection).markDirty(this.kind, changed);
    return changed.length;
  }
}
