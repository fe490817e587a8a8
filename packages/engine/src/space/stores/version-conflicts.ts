/** Conversations whose versions contradict each other, and what their owner decided. What they say stands in their records alone. */
import type { VersionRule } from '@vivim/contract/conflicts';
import type { Source } from '@vivim/contract/conversation';
import type { ConversationId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

export interface Contradicted {
  readonly pk: number;
  readonly id: ConversationId;
  readonly source: Source;
  readonly title: string | null;
  readonly rule: VersionRule | null;
}

const page = statement<{ after: number; decided: number; limit: number }, Contradicted>(
  (_, p) => sql<Contradicted>`
    SELECT pk, id, source, title, version_rule AS rule FROM conversation
    WHERE conflicts > 0 AND pk > ${p.after} AND (${p.decided} = 1 OR version_rule IS NULL) ORDER BY pk LIMIT ${p.limit}`,
);
const count = statement<{ pk: number; conflicts: number }>((db, p) =>
  db.updateTable('conversation').set({ conflicts: p.conflicts }).where('pk', '=', p.pk),
);
const rules = statement<{ rule: string | null; ids: string | null }, { id: ConversationId; rule: VersionRule | null }>(
  (_, p) => sql<{ id: ConversationId; rule: VersionRule | null }>`
    SELECT id, version_rule AS rule FROM conversation
    WHERE conflicts > 0 AND version_rule IS NOT ${p.rule} AND (${p.ids} IS NULL OR id IN (SELECT value FROM json_each(${p.ids})))
    ORDER BY pk`,
);
const decide = statement<{ rule: string | null; ids: string | null }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    UPDATE conversation SET version_rule = ${p.rule}
    WHERE conflicts > 0 AND (${p.ids} IS NULL OR id IN (SELECT value FROM json_each(${p.ids}))) RETURNING pk`,
);

export class VersionConflictReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** @param after the row behind which to go on @param decided also those its owner decided on */
  page(after: number, decided: boolean, limit: number): Contradicted[] {
    return page.all(this.connection, { after, decided: decided ? 1 : 0, limit });
  }
}

export class VersionConflictWriter extends VersionConflictReader {
  count(conversationPk: number, conflicts: number): void {
    count.run(this.connection, { pk: conversationPk, conflicts });
  }

  /** What holds of those of them for which it is another rule. @param ids null: all of them */
  otherThan(
    rule: VersionRule | null,
    ids: readonly ConversationId[] | null,
  ): Map<VersionRule | null, ConversationId[]> {
    const held = new Map<VersionRule | null, ConversationId[]>();
    for (const one of rules.all(this.connection, { rule, ids: ids === null ? null : JSON.stringify(ids) })) {
      const others = held.get(one.rule);
      if (others === undefined) held.set(one.rule, [one.id]);
      else others.push(one.id);
    }
    return held;
  }

  /** @param ids null: all of them @returns the conversations decided on */
  decide(rule: VersionRule | null, ids: readonly ConversationId[] | null): number[] {
    return decide.all(this.connection, { rule, ids: ids === null ? null : JSON.stringify(ids) }).map(({ pk }) => pk);
  }
}
