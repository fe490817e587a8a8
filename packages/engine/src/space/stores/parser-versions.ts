/** Which conversations were read by an older reader of their source than there is now. The queue of them is the outbox. */
import type { Source } from '@vivim/contract/conversation';
import type { ConversationId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

export interface ConversationHead {
  readonly id: ConversationId;
  readonly source: Source;
}

const behind = statement<{ source: string; version: number }, { pk: number }>((db, p) =>
  db.selectFrom('conversation').select('pk').where('source', '=', p.source).where('parser_version', '<', p.version),
);
const chosen = statement<{ source: string | null; id: string | null }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    SELECT pk FROM conversation WHERE (${p.source} IS NULL OR source = ${p.source}) AND (${p.id} IS NULL OR id = ${p.id})`,
);
const head = statement<{ pk: number }, ConversationHead>((db, p) =>
  db.selectFrom('conversation').select(['id', 'source']).where('pk', '=', p.pk).$castTo<ConversationHead>(),
);
const set = statement<{ pk: number; version: number }>((db, p) =>
  db.updateTable('conversation').set({ parser_version: p.version }).where('pk', '=', p.pk),
);

export class ParserVersionReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Conversations of a source that an older version read. */
  behind(source: Source, version: number): number[] {
    return behind.all(this.connection, { source, version }).map(({ pk }) => pk);
  }

  /** Conversations somebody names: of a source, one alone, or all. */
  chosen(wish: {
    readonly source?: Source | undefined;
    readonly conversationId?: ConversationId | undefined;
  }): number[] {
    const { source = null, conversationId: id = null } = wish;
    return chosen.all(this.connection, { source, id }).map(({ pk }) => pk);
  }

  head(pk: number): ConversationHead | null {
    return head.get(this.connection, { pk }) ?? null;
  }
}

export class ParserVersionWriter extends ParserVersionReader {
  /** It was read by this version now. */
  set(pk: number, version: number): void {
    set.run(this.connection, { pk, version });
  }
}
