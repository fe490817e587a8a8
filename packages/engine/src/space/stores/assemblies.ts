/**
 * Records of compiled contexts, the newest so many, and of the newest of those the very text that was given. No record outlives an
 * erasure (erase-traces.ts), so nothing that was erased stands in one.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AskedSettings, Assembly, AssemblySummary, AssemblyWay } from '@vivim/contract/assembly';
import { isoTime } from '@vivim/contract/clock';
import type { AssemblyId, ConversationId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import type { RecipeName } from '@vivim/contract/recipe';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { latestPage } from '../latest-page.ts';
import { statement } from '../statement.ts';

/** Older ones go: a few megabytes, and weeks of daily use. */
export const keptAssemblies = 1_000;
/** Of so many the text is kept: a few megabytes more. */
export const keptTexts = 300;
/** What is more goes with every so many: to let go of one with each writes as many pages again as the record itself. */
export const letGoEvery = 32;

export interface AssemblyRow {
  readonly id: AssemblyId;
  readonly atMs: number;
  readonly sessionId: string;
  readonly way: AssemblyWay;
  readonly application: string | null;
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

/** What was given, word for word, and what was asked for beside the message. */
export interface GivenText {
  readonly text: string;
  readonly request: AskedSettings;
}

export type AssemblyDetails = Pick<Assembly, 'layers' | 'timings' | 'found' | 'given' | 'left'>;

interface Stored extends AssemblyRow {
  readonly pk: number;
}

const columns = sql`pk, id, at_ms AS atMs, session_id AS sessionId, way, application, query, recipe, conversation_id AS conversationId, budget,
  tokens, tokenizer, hash, lines, took_ms AS tookMs`;

const list = statement<
  {
    session: string | null;
    way: string | null;
    from: number;
    to: number;
    before: number;
    limit: number;
  },
  Stored
>(
  (_, p) => sql<Stored>`
    SELECT ${columns} FROM assembly WHERE pk < ${p.before} AND (${p.session} IS NULL OR session_id = ${p.session})
      AND (${p.way} IS NULL OR way = ${p.way}) AND at_ms >= ${p.from} AND at_ms < ${p.to}
    ORDER BY pk DESC LIMIT ${p.limit}`,
);
interface Whole extends Stored {
  readonly details: Buffer;
  readonly deflated: Buffer | null;
  readonly requestJson: string | null;
}
const byId = statement<{ id: string }, Whole>(
  (_, p) => sql<Whole>`
    SELECT ${columns}, details_deflated AS details, text_deflated AS deflated, request_json AS requestJson FROM assembly WHERE id = ${p.id}`,
);
const insert = statement<AssemblyRow & { givenIds: string; details: Buffer; deflated: Buffer; requestJson: string }>(
  (_, p) => sql`
    INSERT INTO assembly (id, at_ms, session_id, way, application, query, recipe, conversation_id, budget, tokens, tokenizer, hash, lines,
      took_ms, given_ids, details_deflated, text_deflated, request_json)
    VALUES (${p.id}, ${p.atMs}, ${p.sessionId}, ${p.way}, ${p.application}, ${p.query}, ${p.recipe}, ${p.conversationId}, ${p.budget}, ${p.tokens},
      ${p.tokenizer}, ${p.hash}, ${p.lines}, ${p.tookMs}, ${p.givenIds}, ${p.details}, ${p.deflated}, ${p.requestJson})`,
);
const trim = statement<{ kept: number }>(
  (_, p) => sql`DELETE FROM assembly WHERE pk <= (SELECT max(pk) FROM assembly) - ${p.kept}`,
);
const trimTexts = statement<{ kept: number }>(
  (_, p) => sql`
    UPDATE assembly SET text_deflated = NULL
    WHERE pk <= (SELECT max(pk) FROM assembly) - ${p.kept} AND pk > (SELECT max(pk) FROM assembly) - ${p.kept} - ${sql.lit(letGoEvery)}`,
);
const deflated = (text: string): Buffer => deflateRawSync(text, { level: 1 });
const inflated = (bytes: Buffer): string => inflateRawSync(bytes).toString('utf8');
/** What is kept of a context, unpacked. */
export const detailsOf = (bytes: Buffer): AssemblyDetails => JSON.parse(inflated(bytes));

/** As it is kept: what has become of its lines since, others say. */
export type KeptAssembly = Assembly;

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
    readonly way?: AssemblyWay | undefined;
    /** ISO 8601: from this time on, and before that one. */
    readonly from?: string | undefined;
    readonly to?: string | undefined;
  }): Page<AssemblySummary> {
    const asked = {
      session: options.sessionId ?? null,
      way: options.way ?? null,
      from: options.from === undefined ? Number.MIN_SAFE_INTEGER : Date.parse(options.from),
      to: options.to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(options.to),
    };
    return latestPage(options, (before, limit) => list.all(this.connection, { ...asked, before, limit }), summary);
  }

  find(id: AssemblyId): KeptAssembly | null {
    const row = byId.get(this.connection, { id });
    if (row === undefined) return null;
    const { details, deflated, requestJson, ...stored } = row;
    return {
      ...summary(stored),
      ...detailsOf(details),
      text: deflated === null ? null : inflated(deflated),
      request: requestJson === null ? null : (JSON.parse(requestJson) as AskedSettings),
    };
  }
}

export class AssemblyWriter extends AssemblyReader {
  put(row: AssemblyRow, details: AssemblyDetails, { text, request }: GivenText): void {
    const { lastInsertRowid } = insert.run(this.connection, {
      ...row,
      givenIds: details.given.flatMap(({ acuId }) => acuId ?? []).join(' '),
      details: deflated(JSON.stringify(details)),
      deflated: deflated(text),
      requestJson: JSON.stringify(request),
    });
    if (Number(lastInsertRowid) % letGoEvery !== 0) return;
    trimTexts.run(this.connection, { kept: keptTexts });
    trim.run(this.connection, { kept: keptAssemblies });
  }
}
