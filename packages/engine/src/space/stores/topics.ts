/**
 * Topic profiles: their figures, the units they stand on, what is named beside them. Never decides what a topic is;
 * conversations are observed elsewhere and their observations added up here.
 */
import type { EntityId, TopicId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import type { EntityProfile, TopicProfile, TopicSummary } from '@vivim/contract/profile';
import type { Connection } from '../../sqlite/database.ts';
import type { LocatedAcu } from '../located-acu.ts';
import type { ProfileObservation } from '../profile-observation.ts';
import { BundleWriter } from './bundles.ts';
import { profileMonths, profilePage, profileUnits, relatedProfiles, summaryOf } from './profile-reading.ts';
import { type ProfileRow, tablesOf } from './profile-tables.ts';
import { replaceContributions } from './replace-contributions.ts';

export interface TopicRecord {
  readonly pk: number;
  readonly summary: TopicSummary;
}

export class TopicReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Visible topics, most important first. @throws AppError `cursor_invalid` */
  list(options: { limit: number; cursor?: string | undefined }, nowMs: number): Page<TopicSummary> {
    const { rows, nextCursor } = profilePage(this.connection, 'topic', options);
    return { items: rows.map((row) => summary(row, nowMs)), nextCursor };
  }

  /** One topic, shown in lists or not, or null. */
  byId(id: TopicId, nowMs: number): TopicRecord | null {
    const row = tablesOf('topic').byId.get(this.connection, { id });
    return row === undefined ? null : { pk: row.pk, summary: summary(row, nowMs) };
  }

  /** The units it stands on, those that say most first. */
  units(pk: number, limit: number): LocatedAcu[] {
    return profileUnits(this.connection, 'topic', pk, limit);
  }

  timeline(pk: number): TopicProfile['timeline'] {
    return profileMonths(this.connection, 'topic', pk);
  }

  relatedTopics(pk: number, limit: number): TopicProfile['relatedTopics'] {
    const found = relatedProfiles(this.connection, 'topic', 'topic', pk, limit);
    return found.map(({ id, name, weight }) => ({ id: id as TopicId, label: name, weight }));
  }

  relatedEntities(pk: number, limit: number): EntityProfile['relatedEntities'] {
    const found = relatedProfiles(this.connection, 'topic', 'entity', pk, limit);
    return found.map(({ id, name, weight }) => ({ id: id as EntityId, name, weight }));
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

const summary = (row: ProfileRow, nowMs: number): TopicSummary => ({
  id: row.id as TopicId,
  label: row.name,
  ...summaryOf(row, nowMs),
});
