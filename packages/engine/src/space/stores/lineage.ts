/** Reads what the lineage of a session is found from: the sessions that begin like it, and what was said in them. Reads only. */
import type { ConversationId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

export interface SessionHead {
  readonly pk: number;
  readonly id: ConversationId;
  readonly title: string | null;
  readonly createdMs: number | null;
}

/** A message without its ids and times. */
export interface SaidTurn {
  readonly role: string;
  readonly authorKind: string;
  /** JSON: kind, text, tool and type of each part. */
  readonly parts: string;
}

const alike = statement<{ id: string }, SessionHead>(
  (_, p) => sql<SessionHead>`
    SELECT c.pk, c.id, c.title, c.created_ms AS createdMs
    FROM conversation own JOIN conversation c
      ON c.source = own.source AND c.flags_json ->> '$.beginning' = own.flags_json ->> '$.beginning'
    WHERE own.id = ${p.id}`,
);
const path = statement<{ pk: number; limit: number }, SaidTurn>(
  (_, p) => sql<SaidTurn>`
    SELECT m.role, m.author_kind AS authorKind, (
      SELECT json_group_array(json_array(p.kind, p.text, p.tool_name, p.mime) ORDER BY p.ix)
      FROM part p WHERE p.message_pk = m.pk) AS parts
    FROM message m WHERE m.conversation_pk = ${p.pk} AND m.on_active_path = 1
    ORDER BY m.seq, m.pk LIMIT ${p.limit}`,
);

export class LineageReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The sessions of the same source whose source says that they began alike, this one among them; none for other sources. */
  beginningLike(id: ConversationId): SessionHead[] {
    return alike.all(this.#connection, { id });
  }

  /** What was said on the branch last taken, from the beginning. @param most messages; all of them where left out */
  path(pk: number, most = -1): SaidTurn[] {
    return path.all(this.#connection, { pk, limit: most });
  }
}
