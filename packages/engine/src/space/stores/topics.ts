/**
 * Topic profiles: their figures, the units they stand on, what is named beside them. Never decides what a topic is;
 * conversations are observed elsewhere and their observations added up here.
 */
import type { TopicId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import type { TopicSummary } from '@vivim/contract/profile';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import type { LocatedAcu } from '../located-acu.ts';
import type { ProfileObservation } from '../profile-observation.ts';
import { statement } from '../statement.ts';
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
import { isShown, type ProfileRow, tablesOf } from './profile-tables.ts';
import { replaceContributions } from './replace-contributions.ts';

export interface TopicRecord {
  readonly pk: number;
  readonly key: string;
  readonly summary: TopicSummary;
}

export interface TopicRef {
  readonly id: TopicId;
  readonly key: string;
  readonly label: string;
  readonly messages: number;
}

const shownByKey = statement<{ key: string }, TopicRef>(
  (_, p) => sql<TopicRef>`
    SELECT o.id, o.key, o.label, o.messages FROM topic t JOIN topic o ON o.key = coalesce(t.head_key, t.key)
    WHERE t.key = ${p.key} AND ${isShown('topic', 'o')}`,
);
const narrower = statement<{ first: string; last: string; limit: number }, TopicRef>(
  (_, p) => sql<TopicRef>`
    SELECT DISTINCT o.id, o.key, o.label, o.messages FROM topic t JOIN topic o ON o.key = coalesce(t.head_key, t.key)
    WHERE t.key >= ${p.first} AND t.key < ${p.last} AND ${isShown('topic', 'o')} ORDER BY o.messages DESC, o.key LIMIT ${p.limit}`,
);

export class TopicReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Visible topics, most important first. @throws AppError `cursor_invalid` */
  list(options: ProfileListOptions, nowMs: number): Page<TopicSummary> {
    const { rows, nextCursor } = profilePage(this.connection, 'topic', options, nowMs);
    return { items: rows.map((row) => summary(row, row.trend, nowMs)), nextCursor };
  }

  /** One topic, shown in lists or not, or null. An id of what counts as another now gives that other. */
  byId(id: TopicId, nowMs: number): TopicRecord | null {
    const found = tablesOf('topic').byId.get(this.connection, { id });
    const row = found?.headKey == null ? found : tablesOf('topic').byKey.get(this.connection, { key: found.headKey });
    if (row === undefined) return null;
    const trend = profileTrend(this.connection, 'topic', row.pk, nowMs);
    return { pk: row.pk, key: row.key, summary: summary(row, trend, nowMs) };
  }

  /** The units it stands on, those that say most first. */
  units(pk: number, limit: number): LocatedAcu[] {
    return profileUnits(this.connection, 'topic', pk, limit);
  }

  hours(pk: number): HourOfMessages[] {
    return profileHours(this.connection, 'topic', pk);
  }

  /** See {@link profilePlaces}. */
  places(pk: number): ReturnType<typeof profilePlaces> {
    return profilePlaces(this.connection, 'topic', pk);
  }

  /** See {@link profilesAlike}. */
  alike(key: string): { id: string; name: string }[] {
    return profilesAlike(this.connection, 'topic', key);
  }

  /** See {@link profileParts}. */
  parts(key: string): string[] {
    return profileParts(this.connection, 'topic', key);
  }

  /** The visible topic of a key, whatever it counts as. */
  shownByKey(key: string): TopicRef | null {
    return shownByKey.get(this.connection, { key }) ?? null;
  }

  /** Visible topics whose keys begin with this one and a word more. */
  narrower(key: string, limit: number): TopicRef[] {
    return narrower.all(this.connection, { first: `${key} `, last: `${key}!`, limit });
  }

  /** Visible topics its messages speak of too, most alike first. */
  relatedTopics(pk: number, limit: number): Related[] {
    return relatedProfiles(this.connection, 'topic', 'topic', pk, limit);
  }

  /** Visible entities its messages name too, most alike first. */
  relatedEntities(pk: number, limit: number): Related[] {
    return relatedProfiles(this.connection, 'topic', 'entity', pk, limit);
  }
}

export class TopicWriter extends TopicReader {
  /**
   * Make these the topics of a conversation, in place of those it had. Standing bundles made from a topic that
   * changed are marked dirty.
   * @returns how many topics changed
   */
  replaceForConversation(conversationPk: number, observations: readonly ProfileObservation[]): number {
    const changed = replaceContributions(this.connection, 'topic', conversationPk, observations);
    new BundleWriter(this.connection).markDirty('topic', changed);
    return changed.length;
  }
}

const summary = (row: ProfileRow, trend: TopicSummary['trend'], nowMs: number): TopicSummary => ({
  id: row.id as TopicId,
  label: row.name,
  ...summaryOf(row, trend, nowMs),
});
