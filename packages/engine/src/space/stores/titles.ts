/** What conversations are called, the newest first. A title is nobody's words, so it is in no index of what was said. Reads only. */
import type { Source } from '@vivim/contract/conversation';
import type { ConversationId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

export interface TitleRow {
  readonly id: ConversationId;
  readonly externalId: string | null;
  readonly title: string;
  readonly source: Source;
  readonly atMs: number | null;
}

const titles = statement<Record<never, never>, TitleRow>(
  () => sql<TitleRow>`
    SELECT id, external_id AS externalId, title, source, coalesce(updated_ms, created_ms) AS atMs
    FROM conversation WHERE title <> '' ORDER BY coalesce(updated_ms, created_ms, 0) DESC, pk DESC`,
);

export class TitleReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  all(): TitleRow[] {
    return titles.all(this.#connection, {});
  }
}
