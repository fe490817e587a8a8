/**
 * What topics and entities have in common when they are read: pages by weight, the units a profile stands on, what is
 * named beside it, its months. Writes nothing and phrases nothing; claims are made from the units elsewhere.
 */
import { isoTime } from '@vivim/contract/clock';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { LocatedAcu } from '../located-acu.ts';
import { importanceAt } from '../profile-standing.ts';
import { statement } from '../statement.ts';
import { acuJoins, type LocatedRow, locatedColumns, toLocated } from './acu-rows.ts';
import { type ProfileKind, type ProfileRow, tablesOf } from './profile-tables.ts';

/** Messages of a profile that are looked at for what is named beside it: the latest. */
const beside = 500;

/** One thing named beside another. */
export interface Related {
  readonly id: string;
  readonly name: string;
  /** 0–1: cosine of the two sets of messages. */
  readonly weight: number;
}

export interface Month {
  readonly month: string;
  readonly messages: number;
}

const unitsOf = { topic: unitStatement('topic'), entity: unitStatement('entity') };
const monthsOf = { topic: monthStatement('topic'), entity: monthStatement('entity') };
const relatedTo = {
  topic: { topic: relatedStatement('topic', 'topic'), entity: relatedStatement('topic', 'entity') },
  entity: { topic: relatedStatement('entity', 'topic'), entity: relatedStatement('entity', 'entity') },
};

/**
 * A page of the visible profiles, most important first.
 * @throws AppError `cursor_invalid`
 */
export function profilePage(
  connection: Connection,
  kind: ProfileKind,
  options: { limit: number; cursor?: string | undefined },
): { rows: ProfileRow[]; nextCursor: string | null } {
  const tables = tablesOf(kind);
  const limit = options.limit + 1;
  const rows = options.cursor === undefined ? tables.firstPage.all(connection, { limit }) : after(options.cursor);
  const shown = rows.slice(0, options.limit);
  const last = shown.at(-1);
  const more = rows.length > shown.length && last !== undefined;
  return { rows: shown, nextCursor: more ? encodeCursor([last.weight, last.id]) : null };

  function after(cursor: string): ProfileRow[] {
    const [weight, id] = decodeCursor<readonly [number, string]>(cursor, ['number', 'string']);
    return tables.pageAfter.all(connection, { weight, id, limit });
  }
}

/** What a list shows of a profile, beside its name. */
export function summaryOf(row: ProfileRow, nowMs: number) {
  return {
    aliases: JSON.parse(row.aliasesJson) as string[],
    counts: { conversations: row.conversations, messages: row.messages, acus: row.acus },
    firstSeenAt: isoTime(row.firstMs),
    lastSeenAt: isoTime(row.lastMs),
    importance: importanceAt(row, nowMs),
  };
}

/** The active units a profile stands on, those that say most first. */
export function profileUnits(connection: Connection, kind: ProfileKind, pk: number, limit: number): LocatedAcu[] {
  return toLocated(connection, unitsOf[kind].all(connection, { pk, limit }));
}

/** Messages that mention it by month, `YYYY-MM` in UTC; messages without a time are in none. */
export const profileMonths = (connection: Connection, kind: ProfileKind, pk: number): Month[] =>
  monthsOf[kind].all(connection, { pk });

/** Visible profiles of the other kind, or of the same, that its messages name too. */
export function relatedProfiles(
  connection: Connection,
  kind: ProfileKind,
  other: ProfileKind,
  pk: number,
  limit: number,
): Related[] {
  return relatedTo[kind][other]
    .all(connection, { pk, limit })
    .map(({ id, name, weight }) => ({ id, name, weight: Math.round(Math.min(1, weight) * 1e3) / 1e3 }));
}

function unitStatement(kind: ProfileKind) {
  return statement<{ pk: number; limit: number }, LocatedRow>(
    (_, p) => sql<LocatedRow>`
      SELECT ${locatedColumns} FROM ${sql.table(`${kind}_acu`)} u JOIN acu a ON a.pk = u.acu_pk ${acuJoins}
      WHERE u.${sql.ref(`${kind}_pk`)} = ${p.pk} AND a.state = 'active' AND m.hidden = 0
        AND NOT EXISTS (SELECT 1 FROM acu_link l WHERE l.from_pk = a.pk AND l.type = 'duplicates' AND l.weight = 1)
      ORDER BY u.weight * a.quality DESC, a.id LIMIT ${p.limit}`,
  );
}

function monthStatement(kind: ProfileKind) {
  return statement<{ pk: number }, Month>(
    (_, p) => sql<Month>`
      SELECT strftime('%Y-%m', a.created_ms / 1000, 'unixepoch') AS month, count(DISTINCT a.message_pk) AS messages
      FROM ${sql.table(`${kind}_acu`)} u JOIN acu a ON a.pk = u.acu_pk
      WHERE u.${sql.ref(`${kind}_pk`)} = ${p.pk} AND a.created_ms IS NOT NULL GROUP BY month ORDER BY month`,
  );
}

function relatedStatement(kind: ProfileKind, other: ProfileKind) {
  const name = sql.ref(other === 'topic' ? 'o.label' : 'o.name');
  const ownPk = sql.ref(`${kind}_pk`);
  const otherPk = sql.ref(`${other}_pk`);
  const others = sql.table(`${other}_acu`);
  const notItself = kind === other ? sql`AND o.pk <> mine.pk` : sql``;
  // CROSS JOIN keeps SQLite from starting at the other end, with every profile there is.
  return statement<{ pk: number; limit: number }, Related>(
    (_, p) => sql<Related>`
      WITH mine AS MATERIALIZED (
        SELECT DISTINCT a.message_pk, ${p.pk} AS pk FROM ${sql.table(`${kind}_acu`)} u JOIN acu a ON a.pk = u.acu_pk
        WHERE u.${ownPk} = ${p.pk} ORDER BY a.message_pk DESC LIMIT ${sql.lit(beside)})
      SELECT o.id, ${name} AS name,
        count(DISTINCT mine.message_pk) / sqrt(1.0 * max(1, o.messages) * (SELECT count(*) FROM mine)) AS weight
      FROM mine CROSS JOIN acu b ON b.message_pk = mine.message_pk CROSS JOIN ${others} v ON v.acu_pk = b.pk
        CROSS JOIN ${sql.table(other)} o ON o.pk = v.${otherPk}
      WHERE o.visible = 1 ${notItself}
      GROUP BY o.pk HAVING count(DISTINCT mine.message_pk) >= 2 OR o.messages <= 2
      ORDER BY weight DESC, o.id LIMIT ${p.limit}`,
  );
}
