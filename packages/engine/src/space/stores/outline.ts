/** The messages of a conversation without their words: enough to lay them out and to find one. Reads only. */
import { isoTime } from '@vivim/contract/clock';
import type { AuthorKind, Role } from '@vivim/contract/conversation';
import type { MessageId } from '@vivim/contract/ids';
import type { OutlineMessage } from '@vivim/contract/outline';
import { shorten } from '@vivim/contract/shorten';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';

interface Row {
  readonly pk: number;
  readonly parentPk: number | null;
  readonly id: MessageId;
  readonly siblingIx: number;
  readonly role: Role;
  readonly authorKind: AuthorKind;
  readonly createdMs: number | null;
  readonly hidden: number;
  readonly onActivePath: number;
  readonly size: number;
  readonly files: number;
  readonly opening: string | null;
}

const openingLength = 80;

/** Sizes are told by the record, not by reading the text. */
const inOrder = statement<{ pk: number }, Row>(
  (_, p) => sql<Row>`
    SELECT m.pk, m.parent_pk AS parentPk, m.id, m.sibling_ix AS siblingIx, m.role, m.author_kind AS authorKind,
      m.created_ms AS createdMs, m.hidden, m.on_active_path AS onActivePath,
      coalesce(sum(octet_length(p.text)), 0) AS size, count(p.attachment_pk) AS files,
      CASE WHEN m.author_kind = 'human' THEN (
        SELECT substr(o.text, 1, 400) FROM part o WHERE o.message_pk = m.pk AND o.kind = 'text' AND trim(o.text) <> ''
        ORDER BY o.ix LIMIT 1) END AS opening
    FROM message m LEFT JOIN part p ON p.message_pk = m.pk
    WHERE m.conversation_pk = ${p.pk} GROUP BY m.pk ORDER BY m.seq`,
);

export function outlineOf(connection: Connection, pk: number): OutlineMessage[] {
  const rows = inOrder.all(connection, { pk });
  const places = new Map(rows.map((row, ix) => [row.pk, ix]));
  return rows.map((row) => ({
    id: row.id,
    parent: row.parentPk === null ? null : (places.get(row.parentPk) ?? null),
    siblingIx: row.siblingIx,
    role: row.role,
    authorKind: row.authorKind,
    at: isoTime(row.createdMs),
    hidden: row.hidden === 1,
    onActivePath: row.onActivePath === 1,
    size: row.size,
    files: row.files,
    opening: row.opening === null ? null : shorten(row.opening.replace(/\s+/g, ' ').trim(), openingLength),
  }));
}
