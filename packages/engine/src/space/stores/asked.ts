/**
 * Records of what connected AIs and programs asked for and were given, the newest so many, beside the records of compiled contexts:
 * one list of both, newest first. Names what was given by its id alone, and never repeats it.
 */
import { type AskedKind, type AskedQuery, type AskedSummary, type AskerTotals, givenKept } from '@vivim/contract/asked';
import type { AssemblyWay } from '@vivim/contract/assembly';
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { AskedId, ConversationId, MessageId } from '@vivim/contract/ids';
import { type MessageTold, toldPerMessage } from '@vivim/contract/message-use';
import type { Page } from '@vivim/contract/page';
import type { RecipeName } from '@vivim/contract/recipe';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { statement } from '../statement.ts';
import { contextGave, gave, partsOf } from './asked-of-conversation.ts';

/** Older ones go: some megabytes. */
export const keptAsked = 5_000;
/** Of one session: a program that asks every second leaves room for what others asked. */
export const keptOfSession = 2_000;
/** Of so many it is kept what was given; of older ones that something was. */
export const keptGiven = 2_000;
/** Longer than a year nothing is kept. Milliseconds. */
export const keptMs = 366 * 24 * 60 * 60 * 1_000;
/** Rows past their time that go with each write, so that no write is long. */
const agedAtOnce = 8;
/** A list that is read page by page is one record for so long. Milliseconds. */
const onePageMs = 10 * 60_000;
const lists: ReadonlySet<AskedKind> = new Set(['conversations', 'subjects', 'memories', 'bundle', 'file', 'other']);
/** Askers that are told. */
const mostAskers = 200;

export interface AskedRow {
  readonly id: AskedId;
  readonly atMs: number;
  readonly sessionId: string;
  readonly way: AssemblyWay;
  readonly application: string | null;
  readonly kind: AskedKind;
  readonly words: string | null;
  readonly count: number;
  readonly characters: number | null;
}

interface Listed extends AskedRow {
  readonly tokens: number | null;
  readonly recipe: RecipeName | null;
}

interface Wanted {
  readonly session: string | null;
  readonly application: string | null;
  readonly way: string | null;
  readonly kind: string | null;
  readonly conversation: string | null;
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly limit: number;
}

const columns = sql`id, at_ms AS atMs, session_id AS sessionId, way, application, kind, words, count, NULL AS tokens, NULL AS recipe, characters`;
const contextColumns = sql`id, at_ms AS atMs, session_id AS sessionId, way, application, 'context' AS kind, query AS words, lines AS count, tokens, recipe, NULL AS characters`;
const asWanted = (p: { readonly [K in keyof Wanted]: unknown }) => sql`
  id < ${p.before} AND (${p.session} IS NULL OR session_id = ${p.session}) AND (${p.application} IS NULL OR application = ${p.application})
    AND (${p.way} IS NULL OR way = ${p.way}) AND at_ms >= ${p.from} AND at_ms < ${p.to}`;
/** Ids begin with the time they were made at: by them both tables are in the order it was asked in. */
const list = statement<Wanted, Listed>(
  (_, p) => sql<Listed>`
    WITH ${partsOf(p.conversation)}
    SELECT * FROM (SELECT ${columns} FROM asked WHERE ${asWanted(p)} AND (${p.kind} IS NULL OR kind = ${p.kind})
      AND (${p.conversation} IS NULL OR ${gave}) ORDER BY id DESC LIMIT ${p.limit})
    UNION ALL
    SELECT * FROM (SELECT ${contextColumns} FROM assembly WHERE ${asWanted(p)} AND (${p.kind} IS NULL OR ${p.kind} = 'context')
      AND (${p.conversation} IS NULL OR ${contextGave}) ORDER BY id DESC LIMIT ${p.limit})
    ORDER BY id DESC LIMIT ${p.limit}`,
);
interface Asker {
  readonly application: string | null;
  readonly sessionId: string;
  readonly way: AssemblyWay;
  readonly count: number;
  readonly newest: string;
  readonly lastMs: number;
}
/** Beside a max() the bare columns are those of its row (https://sqlite.org/lang_select.html, section 2.4). */
const askers = statement<{ session: string | null; conversation: string | null; limit: number }, Asker>(
  (_, p) => sql<Asker>`
    WITH ${partsOf(p.conversation)}
    SELECT application, session_id AS sessionId, way, count(*) AS count, max(id) AS newest, at_ms AS lastMs
    FROM (SELECT id, at_ms, session_id, way, application FROM asked WHERE ${p.conversation} IS NULL OR ${gave}
      UNION ALL SELECT id, at_ms, session_id, way, application FROM assembly WHERE ${p.conversation} IS NULL OR ${contextGave})
    WHERE ${p.session} IS NULL OR session_id = ${p.session}
    GROUP BY coalesce(application, session_id), application IS NULL ORDER BY newest DESC LIMIT ${p.limit}`,
);
interface Stored extends Listed {
  readonly givenJson: string | null;
}
const byId = statement<{ id: string }, Stored>(
  (_, p) => sql<Stored>`
    SELECT ${columns}, given_json AS givenJson FROM asked WHERE id = ${p.id}
    UNION ALL SELECT ${contextColumns}, NULL FROM assembly WHERE id = ${p.id}`,
);
const naming = statement<{ id: string; limit: number }, AskedRow>(
  (_, p) => sql<AskedRow>`
    SELECT ${columns} FROM asked WHERE instr(given_json, ${p.id}) > 0 ORDER BY pk DESC LIMIT ${p.limit}`,
);
const insert = statement<AskedRow & { givenJson: string }>(
  (_, p) => sql`
    INSERT INTO asked (id, at_ms, session_id, way, application, kind, words, count, characters, given_json) VALUES (${p.id}, ${p.atMs},
      ${p.sessionId}, ${p.way}, ${p.application}, ${p.kind}, ${p.words}, ${p.count}, ${p.characters}, ${p.givenJson})`,
);
interface Latest {
  readonly pk: number;
  readonly atMs: number;
  readonly kind: AskedKind;
  readonly way: AssemblyWay;
  readonly application: string | null;
  readonly words: string | null;
  readonly givenJson: string | null;
}
const latestOf = statement<{ session: string }, Latest>(
  (_, p) => sql<Latest>`
    SELECT pk, at_ms AS atMs, kind, way, application, words, given_json AS givenJson FROM asked WHERE session_id = ${p.session}
    ORDER BY pk DESC LIMIT 1`,
);
const addTo = statement<{ pk: number; count: number; characters: number | null; givenJson: string }>(
  (_, p) => sql`
    UPDATE asked SET count = count + ${p.count}, characters = characters + ${p.characters}, given_json = ${p.givenJson} WHERE pk = ${p.pk}`,
);
const trim = statement<{ kept: number }>(
  (_, p) => sql`DELETE FROM asked WHERE pk <= (SELECT max(pk) FROM asked) - ${p.kept}`,
);
const trimSession = statement<{ session: string; kept: number }>(
  (_, p) => sql`
    DELETE FROM asked WHERE pk = (SELECT pk FROM asked WHERE session_id = ${p.session} ORDER BY pk DESC LIMIT 1 OFFSET ${p.kept})`,
);
const trimAged = statement<{ beforeMs: number; most: number }>(
  (_, p) => sql`
    DELETE FROM asked WHERE pk IN (SELECT pk FROM asked ORDER BY pk LIMIT ${p.most}) AND at_ms < ${p.beforeMs}`,
);
const trimGiven = statement<{ kept: number }>(
  (_, p) => sql`UPDATE asked SET given_json = NULL WHERE pk = (SELECT max(pk) FROM asked) - ${p.kept}`,
);
const removeAsked = statement<{ id: string }>((db, p) => db.deleteFrom('asked').where('id', '=', p.id));
const removeContext = statement<{ id: string }>((db, p) => db.deleteFrom('assembly').where('id', '=', p.id));
const counted = statement<Record<never, never>, { n: number }>(
  () => sql<{ n: number }>`SELECT (SELECT count(*) FROM asked) + (SELECT count(*) FROM assembly) AS n`,
);
const clearAsked = statement<Record<never, never>>((db) => db.deleteFrom('asked'));
const clearContexts = statement<Record<never, never>>((db) => db.deleteFrom('assembly'));

/** After every id there is. */
const afterAll = '~';

const summary = ({ atMs, ...row }: Listed): AskedSummary => ({ ...row, at: isoTime(atMs) });

const goesOn = (latest: Latest, row: AskedRow): boolean =>
  row.atMs - latest.atMs < onePageMs &&
  (['kind', 'way', 'application', 'words'] as const).every((same) => latest[same] === row[same]);

export class AskedReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Contexts and all else, newest first. @throws AppError `cursor_invalid` */
  page(query: Omit<AskedQuery, 'minVersion'>): Page<AskedSummary> {
    const { limit, cursor, from, to, sessionId = null, application = null, way = null, kind = null } = query;
    const { conversation = null } = query;
    const [before] = cursor === undefined ? [afterAll] : decodeCursor<readonly [string]>(cursor, ['string']);
    const rows = list.all(this.connection, {
      session: sessionId,
      application,
      way,
      kind,
      conversation,
      from: from === undefined ? Number.MIN_SAFE_INTEGER : Date.parse(from),
      to: to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(to),
      before,
      // One more than is shown says whether there is more.
      limit: limit + 1,
    });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const more = rows.length > items.length && last !== undefined;
    return { items: items.map(summary), nextCursor: more ? encodeCursor([last.id]) : null };
  }

  /** Who asked, the latest first. @param session only this one; null for everybody. @param conversation only who was given something of it */
  askers(session: string | null, conversation: ConversationId | null = null): AskerTotals[] {
    const found = askers.all(this.connection, { session, conversation, limit: mostAskers });
    return found.map(({ newest: _, lastMs, ...asker }) => ({ ...asker, lastAt: isoTime(lastMs) }));
  }

  /** Null given where only newer records have theirs, and for a context, whose record tells them. */
  find(id: AskedId): { readonly summary: AskedSummary; readonly given: readonly string[] | null } | null {
    const row = byId.get(this.connection, { id });
    if (row === undefined) return null;
    const { givenJson, ...listed } = row;
    return { summary: summary(listed), given: givenJson === null ? null : (JSON.parse(givenJson) as string[]) };
  }

  /** Who was given this message otherwise than in a context, the newest first. */
  naming(id: MessageId): MessageTold[] {
    const found = naming.all(this.connection, { id, limit: toldPerMessage });
    return found.map(({ id: askedId, atMs, sessionId, way, application, kind, words }) => {
      return { askedId, at: isoTime(atMs), sessionId, way, application, kind, words };
    });
  }
}

export class AskedWriter extends AskedReader {
  /** A list that goes on is added to what was written down of its beginning. @param given ids, the first of which are kept */
  put(row: AskedRow, given: readonly string[]): void {
    const latest = lists.has(row.kind) ? latestOf.get(this.connection, { session: row.sessionId }) : undefined;
    if (latest !== undefined && latest.givenJson !== null && goesOn(latest, row)) {
      const all = new Set([...(JSON.parse(latest.givenJson) as string[]), ...given]);
      const { count, characters } = row;
      const givenJson = JSON.stringify([...all].slice(0, givenKept));
      addTo.run(this.connection, { pk: latest.pk, count, characters, givenJson });
      return;
    }
    insert.run(this.connection, { ...row, givenJson: JSON.stringify(given.slice(0, givenKept)) });
    trimGiven.run(this.connection, { kept: keptGiven });
    trimSession.run(this.connection, { session: row.sessionId, kept: keptOfSession });
    trimAged.run(this.connection, { beforeMs: row.atMs - keptMs, most: agedAtOnce });
    trim.run(this.connection, { kept: keptAsked });
  }

  /** A record of either kind. @throws AppError `not_found` */
  remove(id: AskedId): void {
    if (this.find(id) === null) throw new AppError('not_found');
    removeAsked.run(this.connection, { id });
    removeContext.run(this.connection, { id });
  }

  /** All records, those of contexts too. @returns how many there were */
  clear(): number {
    const n = counted.get(this.connection, {})?.n ?? 0;
    clearAsked.run(this.connection, {});
    clearContexts.run(this.connection, {});
    return n;
  }
}
