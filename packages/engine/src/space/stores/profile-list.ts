/**
 * Lists of topics and entities: filtered, in one of four orders, page by page, each with whether it is on the way up. Reads only.
 * The trend of a list is told by conversations and not by messages: a page of it costs the conversations of what it shows.
 */
import type { ProfileListQuery, ProfileTrend } from '@vivim/contract/profile';
import { foldText } from '@vivim/contract/words';
import { type RawBuilder, sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { statement } from '../statement.ts';
import { isShown, type ProfileKind, type ProfileRow, profileColumns } from './profile-tables.ts';

export interface ListedProfile extends ProfileRow {
  trend: ProfileTrend;
  sortValue: number | string;
}

export type ProfileListOptions = Partial<Omit<ProfileListQuery, 'limit' | 'cursor' | 'minVersion'>> & {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly type?: string | undefined;
};

type Sort = ProfileListQuery['sort'];

const dayMs = 86_400_000;
/** The months that are compared, of thirty days: the last three against the nine before; see `rhythmOf`. */
const recentMs = 90 * dayMs;
const lookedMs = 360 * dayMs;

const messagesOf = (kind: ProfileKind, from: unknown, to: unknown) => sql`(
  SELECT coalesce(sum(c.messages), 0) FROM ${sql.table(kind)} t
    JOIN ${sql.table(`${kind}_conversation`)} c ON c.${sql.ref(`${kind}_pk`)} = t.pk
  WHERE (t.pk = o.pk OR t.head_key = o.key) AND c.last_ms >= ${from} AND c.last_ms < ${to})`;

/** Of the profile `o`; a clock that went back makes messages of tomorrow: they are of now. */
const trendOf = (kind: ProfileKind, now: unknown) => sql`(
  SELECT CASE WHEN recent = 0 THEN 'quiet' WHEN recent > 0.5 * earlier THEN 'rising'
    WHEN recent < earlier / 4.5 THEN 'falling' ELSE 'steady' END
  FROM (SELECT ${messagesOf(kind, sql`${now} - ${sql.lit(recentMs)}`, sql.lit(Number.MAX_SAFE_INTEGER))} AS recent,
    ${messagesOf(kind, sql`${now} - ${sql.lit(lookedMs)}`, sql`${now} - ${sql.lit(recentMs)}`)} AS earlier))`;

const sortedBy = (kind: ProfileKind, sort: Sort) =>
  ({
    importance: sql`o.weight`,
    recent: sql`coalesce(o.last_ms, -1)`,
    messages: sql`o.messages`,
    name: sql`fold_text(${sql.ref(kind === 'topic' ? 'o.label' : 'o.name')})`,
  })[sort];

interface Parameters {
  q: string | null;
  called: string | null;
  trend: string | null;
  type: string | null;
  now: number;
  pinned: number | null;
  value: number | string;
  key: string;
  limit: number;
}

function listStatement(kind: ProfileKind, sort: Sort, hidden: boolean) {
  const name = sql.ref(kind === 'topic' ? 'o.label' : 'o.name');
  const anyName = (holds: (one: RawBuilder<unknown>) => RawBuilder<unknown>) => sql`(
    ${holds(name)} OR ${holds(sql`o.key`)} OR EXISTS (SELECT 1 FROM json_each(o.aliases_json) a WHERE ${holds(sql`a.value`)}))`;
  const value = sortedBy(kind, sort);
  const down = sort !== 'name';
  const shown = hidden ? sql`o.hidden = 1 AND o.head_key IS NULL` : isShown(kind, 'o');
  const order = down ? sql`o.pinned DESC, ${value} DESC, o.key` : sql`${value}, o.key`;
  return statement<Parameters, ListedProfile>(
    (_, p) => sql<ListedProfile>`
      SELECT ${profileColumns(kind, 'o')}, ${value} AS sortValue, ${trendOf(kind, p.now)} AS trend FROM ${sql.table(kind)} o
      WHERE o.pk IN (
        SELECT o.pk FROM ${sql.table(kind)} o
        WHERE ${shown}
          AND (${p.q} IS NULL OR ${anyName((one) => sql`instr(fold_text(${one}), ${p.q})`)}
            OR substr(${p.q}, 2, 1) = '_' AND substr(o.id, 1, length(${p.q})) = ${p.q})
          AND (${p.called} IS NULL OR ${anyName((one) => sql`fold_text(${one}) = ${p.called}`)})
          ${kind === 'entity' ? sql`AND (${p.type} IS NULL OR o.type = ${p.type})` : sql`AND ${p.type} IS NULL`}
          AND (${p.trend} IS NULL OR ${trendOf(kind, p.now)} = ${p.trend})
          AND (${p.pinned} IS NULL OR ${
            down
              ? sql`(o.pinned <= ${p.pinned} AND (o.pinned < ${p.pinned} OR ${value} < ${p.value}
                  OR (${value} = ${p.value} AND o.key > ${p.key})))`
              : sql`(${value} > ${p.value} OR (${value} = ${p.value} AND o.key > ${p.key}))`
          })
        ORDER BY ${order} LIMIT ${p.limit})
      ORDER BY ${order}`,
  );
}

const folded = (name: string | undefined): string | null => (name === undefined ? null : foldText(name));

const made = new Map<string, ReturnType<typeof listStatement>>();

/**
 * A page of profiles: those shown, or those that are hidden.
 * @throws AppError `cursor_invalid`
 */
export function profilePage(
  connection: Connection,
  kind: ProfileKind,
  options: ProfileListOptions,
  nowMs: number,
): { rows: ListedProfile[]; nextCursor: string | null } {
  const { sort = 'importance', hidden = false, q, called, trend = null, type = null, cursor } = options;
  const which = `${kind} ${sort} ${hidden}`;
  const list = made.get(which) ?? listStatement(kind, sort, hidden);
  made.set(which, list);
  const shape = ['number', sort === 'name' ? 'string' : 'number', 'string'] as const;
  const after = cursor === undefined ? null : decodeCursor<readonly [number, number | string, string]>(cursor, shape);
  const [pinned, value, key] = after ?? [null, 0, ''];
  const names = { q: folded(q), called: folded(called) };
  const wanted = { ...names, trend, type, now: nowMs, pinned, value, key, limit: options.limit + 1 };
  const rows = list.all(connection, wanted);
  const items = rows.slice(0, options.limit);
  const last = items.at(-1);
  const more = rows.length > items.length && last !== undefined;
  return { rows: items, nextCursor: more ? encodeCursor([last.pinned, last.sortValue, last.key]) : null };
}

const trends = { topic: trendStatement('topic'), entity: trendStatement('entity') };

function trendStatement(kind: ProfileKind) {
  return statement<{ pk: number; now: number }, { trend: ProfileTrend }>(
    (_, p) => sql<{ trend: ProfileTrend }>`
      SELECT ${trendOf(kind, p.now)} AS trend FROM ${sql.table(kind)} o WHERE o.pk = ${p.pk}`,
  );
}

/** Of one profile, as a list tells it. */
export const profileTrend = (connection: Connection, kind: ProfileKind, pk: number, nowMs: number): ProfileTrend =>
  trends[kind].get(connection, { pk, now: nowMs })?.trend ?? 'quiet';
