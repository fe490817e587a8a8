/**
 * What topics and entities have in common when they are read: pages by weight, the units a profile stands on, what is
 * named beside it, when it is spoken of. Writes nothing and phrases nothing; claims are made from the units elsewhere.
 */
import { isoTime } from '@vivim/contract/clock';
import type { ProfileTrend } from '@vivim/contract/profile';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import type { LocatedAcu } from '../located-acu.ts';
import { importanceAt } from '../profile-standing.ts';
import { statement } from '../statement.ts';
import { acuJoins, type LocatedRow, locatedColumns, toLocated } from './acu-rows.ts';
import { isShown, type ProfileKind, type ProfileRow, tablesOf } from './profile-tables.ts';

/** Messages of a profile that are looked at for what is named beside it: the latest. */
const beside = 500;

/** One thing named beside another. */
export interface Related {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** Messages that say it, those of them that say both, and those of the first that were looked at. */
  readonly messages: number;
  readonly shared: number;
  readonly own: number;
  /** 0–1: cosine of the two sets of messages. */
  readonly weight: number;
}

/** Messages of one hour, counted from the epoch in UTC. */
export interface HourOfMessages {
  readonly hour: number;
  readonly messages: number;
}

const unitsOf = { topic: unitStatement('topic'), entity: unitStatement('entity') };
const timesOf = { topic: timeStatement('topic'), entity: timeStatement('entity') };
const relatedTo = {
  topic: { topic: relatedStatement('topic', 'topic'), entity: relatedStatement('topic', 'entity') },
  entity: { topic: relatedStatement('entity', 'topic'), entity: relatedStatement('entity', 'entity') },
};

/** What a list shows of a profile, beside its name. */
export function summaryOf(row: ProfileRow, trend: ProfileTrend, nowMs: number) {
  return {
    aliases: JSON.parse(row.aliasesJson) as string[],
    counts: { conversations: row.conversations, messages: row.messages, acus: row.acus },
    firstSeenAt: isoTime(row.firstMs),
    lastSeenAt: isoTime(row.lastMs),
    importance: importanceAt(row, row.name, nowMs),
    trend,
    pinned: row.pinned === 1,
    hidden: row.hidden === 1,
  };
}

/** The active units a profile stands on, those that say most first. */
export function profileUnits(connection: Connection, kind: ProfileKind, pk: number, limit: number): LocatedAcu[] {
  return toLocated(connection, unitsOf[kind].all(connection, { pk, limit }));
}

/** Messages that mention it by the hour; messages without a time are in none. */
export const profileHours = (connection: Connection, kind: ProfileKind, pk: number): HourOfMessages[] =>
  timesOf[kind].all(connection, { pk });

/** The ways of writing that count as it, itself first; none where it is the only one. */
export function profileParts(connection: Connection, kind: ProfileKind, key: string): string[] {
  const keys = tablesOf(kind)
    .members.all(connection, { key })
    .map((member) => member.key);
  return keys.length > 1 ? keys : [];
}

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
    .map(({ weight, ...row }) => ({ ...row, weight: Math.round(Math.min(1, weight) * 1e3) / 1e3 }));
}

/** Every way of writing that counts as the profile of this row. */
const membersOf = (kind: ProfileKind, pk: unknown) => sql`(
  SELECT o.pk FROM ${sql.table(kind)} h JOIN ${sql.table(kind)} o ON o.pk = h.pk OR o.head_key = h.key WHERE h.pk = ${pk})`;

/**
 * Units of a profile that are looked at whole, the heaviest and of those the last that came: what is spoken of in every other
 * message has tens of thousands, and a look at each cost a tenth of a second.
 */
const weighed = 400;

/**
 * The heaviest of all ways of writing are among the heaviest of each, which the index gives. Which units say most is known from a row
 * or two of each; where the chosen ones stand is read of those alone, because every row read is a page to decrypt. What is hidden or
 * said before is looked at in order of worth, until there are enough.
 */
function unitStatement(kind: ProfileKind) {
  const units = sql.table(`${kind}_acu`);
  const profile = sql.ref(`${kind}_pk`);
  return statement<{ pk: number; limit: number }, LocatedRow>(
    (_, p) => sql<LocatedRow>`
      WITH heaviest AS MATERIALIZED (
        SELECT u.acu_pk, max(u.weight) AS weight FROM ${membersOf(kind, p.pk)} o CROSS JOIN ${units} u
          ON u.${profile} = o.pk AND u.acu_pk IN (
            SELECT acu_pk FROM ${units} WHERE ${profile} = o.pk ORDER BY weight DESC, acu_pk DESC LIMIT ${sql.lit(weighed)})
        GROUP BY u.acu_pk ORDER BY weight DESC, u.acu_pk DESC LIMIT ${sql.lit(weighed)}
      ), telling AS MATERIALIZED (
        SELECT row_number() OVER (ORDER BY h.weight * a.quality DESC, a.created_ms DESC, a.id) AS rank, a.pk, a.message_pk
        FROM heaviest h CROSS JOIN acu a ON a.pk = h.acu_pk WHERE a.state = 'active'
      ), chosen AS MATERIALIZED (
        SELECT t.rank, t.pk FROM telling t CROSS JOIN message m ON m.pk = t.message_pk
        WHERE m.hidden = 0
          AND NOT EXISTS (SELECT 1 FROM acu_link l WHERE l.from_pk = t.pk AND l.type = 'duplicates' AND l.weight = 1)
        ORDER BY t.rank LIMIT ${p.limit}
      )
      SELECT ${locatedColumns} FROM chosen CROSS JOIN acu a ON a.pk = chosen.pk ${acuJoins} ORDER BY chosen.rank`,
  );
}

function timeStatement(kind: ProfileKind) {
  return statement<{ pk: number }, { hour: number; messages: number }>(
    (_, p) => sql<{ hour: number; messages: number }>`
      SELECT a.created_ms / 3600000 AS hour, count(DISTINCT a.message_pk) AS messages
      FROM ${sql.table(`${kind}_acu`)} u JOIN acu a ON a.pk = u.acu_pk
      WHERE u.${sql.ref(`${kind}_pk`)} IN ${membersOf(kind, p.pk)} AND a.created_ms IS NOT NULL GROUP BY hour ORDER BY hour`,
  );
}

function relatedStatement(kind: ProfileKind, other: ProfileKind) {
  const name = sql.ref(other === 'topic' ? 'o.label' : 'o.name');
  const others = sql.table(`${other}_acu`);
  // CROSS JOIN keeps SQLite from starting at the other end, with every profile there is.
  return statement<{ pk: number; limit: number }, Related>(
    (_, p) => sql<Related>`
      WITH mine AS MATERIALIZED (
        SELECT DISTINCT a.message_pk FROM ${sql.table(`${kind}_acu`)} u JOIN acu a ON a.pk = u.acu_pk
        WHERE u.${sql.ref(`${kind}_pk`)} IN ${membersOf(kind, p.pk)} ORDER BY a.message_pk DESC LIMIT ${sql.lit(beside)})
      SELECT o.id, o.key, ${name} AS name, o.messages, count(DISTINCT mine.message_pk) AS shared,
        (SELECT count(*) FROM mine) AS own,
        count(DISTINCT mine.message_pk) / sqrt(1.0 * max(1, o.messages) * (SELECT count(*) FROM mine)) AS weight
      FROM mine CROSS JOIN acu b ON b.message_pk = mine.message_pk CROSS JOIN ${others} v ON v.acu_pk = b.pk
        CROSS JOIN ${sql.table(other)} t ON t.pk = v.${sql.ref(`${other}_pk`)}
        CROSS JOIN ${sql.table(other)} o ON o.key = coalesce(t.head_key, t.key)
      WHERE ${isShown(other, 'o')} ${kind === other ? sql`AND o.pk <> ${p.pk}` : sql``}
      GROUP BY o.pk HAVING shared >= 2 OR o.messages <= 2
      ORDER BY weight DESC, o.key LIMIT ${p.limit}`,
  );
}
