/**
 * Rows of units made into values: the stored slice of a part becomes text. Loads each part's text once, however many
 * units are cut from it. Never writes.
 */
import type { Acu, AcuLinkType, AcuState, AcuType } from '@vivim/contract/acu';
import { isoTime } from '@vivim/contract/clock';
import type { AuthorKind, Role, Source } from '@vivim/contract/conversation';
import type { AcuId, ConversationId, MessageId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import type { LocatedAcu } from '../located-acu.ts';
import { statement } from '../statement.ts';

export interface AcuRow {
  pk: number;
  id: AcuId;
  type: AcuType;
  authorKind: AuthorKind;
  language: string | null;
  createdMs: number | null;
  quality: number;
  state: AcuState;
  ordinal: number;
  partPk: number;
  partIndex: number;
  start: number;
  end: number;
  messageId: MessageId;
  conversationId: ConversationId;
}

export interface LocatedRow extends AcuRow {
  messagePk: number;
  messageExternalId: string | null;
  role: Role;
  authorName: string | null;
  messageMs: number | null;
  conversationPk: number;
  conversationExternalId: string | null;
  title: string | null;
  source: Source;
}

/** Columns of {@link AcuRow}, over `acu a`, `part p`, `message m` and `conversation c`. */
export const acuColumns = sql`a.pk, a.id, a.type, a.author_kind AS authorKind, a.language, a.created_ms AS createdMs,
  a.quality, a.state, a.ordinal, a.part_pk AS partPk, p.ix AS partIndex, a.start_ix AS start, a.end_ix AS "end",
  m.id AS messageId, c.id AS conversationId`;

/** Columns of {@link LocatedRow} over the same tables. */
export const locatedColumns = sql`${acuColumns}, m.pk AS messagePk, m.external_id AS messageExternalId, m.role,
  m.author_name AS authorName, m.created_ms AS messageMs, c.pk AS conversationPk,
  c.external_id AS conversationExternalId, c.title, c.source`;

export const acuJoins = sql`JOIN part p ON p.pk = a.part_pk JOIN message m ON m.pk = a.message_pk
  JOIN conversation c ON c.pk = a.conversation_pk`;

const partTexts = statement<{ pks: string }, { pk: number; text: string | null }>(
  (_, p) => sql`SELECT pk, text FROM part WHERE pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const linksOf = statement<{ pks: string }, { fromPk: number; type: AcuLinkType; to: AcuId; weight: number }>(
  (_, p) => sql`
    SELECT l.from_pk AS fromPk, l.type, t.id AS "to", l.weight FROM acu_link l JOIN acu t ON t.pk = l.to_pk
    WHERE l.from_pk IN (SELECT value FROM json_each(${p.pks})) ORDER BY l.from_pk, l.type, t.pk`,
);

/** Cut the texts of rows out of their parts. */
function textCutter(connection: Connection, rows: readonly AcuRow[]): (row: AcuRow) => string {
  const pks = JSON.stringify([...new Set(rows.map((row) => row.partPk))]);
  const texts = new Map(partTexts.all(connection, { pks }).map((part) => [part.pk, part.text ?? '']));
  return (row) => (texts.get(row.partPk) ?? '').slice(row.start, row.end);
}

/** Units as the API shows them, in the order of the rows. */
export function toAcus(connection: Connection, rows: readonly AcuRow[]): Acu[] {
  const cut = textCutter(connection, rows);
  const links = new Map<number, Acu['links']>();
  for (const link of linksOf.all(connection, { pks: JSON.stringify(rows.map((row) => row.pk)) })) {
    const of = links.get(link.fromPk) ?? [];
    of.push({ type: link.type, to: link.to, weight: link.weight });
    links.set(link.fromPk, of);
  }
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    text: cut(row),
    span: { partIndex: row.partIndex, start: row.start, end: row.end },
    authorKind: row.authorKind,
    language: row.language,
    createdAt: isoTime(row.createdMs),
    quality: row.quality,
    state: row.state,
    messageId: row.messageId,
    conversationId: row.conversationId,
    links: links.get(row.pk) ?? [],
  }));
}

/** Units with where they stand, in the order of the rows. */
export function toLocated(connection: Connection, rows: readonly LocatedRow[]): LocatedAcu[] {
  const cut = textCutter(connection, rows);
  return rows.map((row) => ({
    acu: {
      pk: row.pk,
      id: row.id,
      type: row.type,
      text: cut(row),
      partIndex: row.partIndex,
      start: row.start,
      end: row.end,
      quality: row.quality,
    },
    message: {
      pk: row.messagePk,
      id: row.messageId,
      externalId: row.messageExternalId,
      role: row.role,
      authorKind: row.authorKind,
      authorName: row.authorName,
      createdMs: row.messageMs,
    },
    conversation: {
      pk: row.conversationPk,
      id: row.conversationId,
      externalId: row.conversationExternalId,
      title: row.title,
      source: row.source,
    },
  }));
}
