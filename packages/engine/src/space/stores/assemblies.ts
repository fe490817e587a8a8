/** Records of compiled contexts, the newest so many. Never holds what a line said. */
import type { Assembly, AssemblySummary, AssemblyWay } from '@vivim/contract/assembly';
import { isoTime } from '@vivim/contract/clock';
import type { AssemblyId, ConversationId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import type { RecipeName } from '@vivim/contract/recipe';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { statement } from '../statement.ts';

/** Older ones go: a few megabytes, and weeks of daily use. */
export const keptAssemblies = 1_000;

export interface AssemblyRow {
  readonly id: AssemblyId;
  readonly atMs: number;
  readonly sessionId: string;
  readonly way: AssemblyWay;
  readonly query: string;
  readonly recipe: RecipeName;
  readonly conversationId: ConversationId | null;
  readonly budget: number;
  readonly tokens: number;
  readonly tokenizer: string;
  readonly hash: string;
  readonly lines: number;
  readonly tookMs: number;
}

export type AssemblyDetails = Pick<Assembly, 'layers' | 'timings' | 'found' | 'given' | 'left'>;

interface Stored extends AssemblyRow {
  readonly pk: number;
}

const columns = sql`pk, id, at_ms AS atMs, session_id AS sessionId, way, query, recipe, conversation_id AS conversationId, budget,
  tokens, tokenizer, hash, lines, took_ms AS tookMs`;

const list = statement<{ session: string | null; before: number; limit: number }, Stored>(
  (_, p) => sql<Stored>`
    SELECT ${columns} FROM assembly WHERE pk < ${p.before} AND (${p.session} IS NULL OR session_id = ${p.session})
    ORDER BY pk DESC LIMIT ${p.limit}`,
);
const byId = statement<{ id: string }, Stored & { detailsJson: string }>(
  (_, p) => sql<Stored & { detailsJson: string }>`
    SELECT ${columns}, details_json AS detailsJson FROM assembly WHERE id = ${p.id}`,
);
const insert = statement<AssemblyRow & { detailsJson: string }>(
  (_, p) => sql`
    INSERT INTO assembly (id, at_ms, session_id, way, query, recipe, conversation_id, budget, tokens, tokenizer, hash, lines,
      took_ms, details_json)
    VALUES (${p.id}, ${p.atMs}, ${p.sessionId}, ${p.way}, ${p.query}, ${p.recipe}, ${p.conversationId}, ${p.budget}, ${p.tokens},
      ${p.tokenizer}, ${p.hash}, ${p.lines}, ${p.tookMs}, ${p.detailsJson})`,
);
const trim = statement<{ kept: number }>(
  (_, p) => sql`DELETE FROM assembly WHERE pk <= (SELECT max(pk) FROM assembly) - ${p.kept}`,
);
const count = statement<Record<never, never>, { n: number }>(
  () => sql<{ n: number }>`SELECT count(*) AS n FROM assembly`,
);
const clear = statement<Record<never, never>>((db) => db.deleteFrom('assembly'));

const summary = ({ pk: _, atMs, ...row }: Stored): AssemblySummary => ({ ...row, at: isoTime(atMs) });

export class AssemblyReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Newest first. @throws AppError `cursor_invalid` */
  page(options: {
    readonly limit: number;
    readonly cursor?: string | undefined;
    readonly sessionId?: string | undefined;
  }): Page<AssemblySummary> {
    const [before] =
      options.cursor === undefined
        ? [Number.MAX_SAFE_INTEGER]
        : decodeCursor<readonly [number]>(options.cursor, ['number']);
    const asked = { session: options.sessionId ?? null, before, limit: options.limit + 1 };
    const rows = list.all(this.connection, asked);
    const shown = rows.slice(0, options.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(summary),
      nextCursor: rows.length > shown.length && last !== undefined ? encodeCursor([last.pk]) : null,
    };
  }

  find(id: AssemblyId): Assembly | null {
    const row = byId.get(this.connection, { id });
    if (row === undefined) return null;
    const { detailsJson, ...stored } = row;
    return { ...summary(stored), ...(JSON.parse(detailsJson) as AssemblyDetails) };
  }
}

export class AssemblyWriter extends AssemblyReader {
  put(row: AssemblyRow, details: AssemblyDetails): void {
    insert.run(this.connection, { ...row, detailsJson: JSON.stringify(details) });
    trim.run(this.connection, { kept: keptAssemblies });
  }

  /** @returns how many there were */
  clear(): number {
    const n = count.get(this.connection, {})?.n ?? 0;
    clear.run(this.connection, {});
    return n;
  }
}
