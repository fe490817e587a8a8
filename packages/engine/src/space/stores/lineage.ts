/**
 * What the lineage of sessions is found from: a hash of all that was said up to each message, and which messages an older session
 * says too. Decides nothing of who replays whom beyond which of two sessions is the older.
 */
import type { Source } from '@vivim/contract/conversation';
import type { ConversationId } from '@vivim/contract/ids';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { statement } from '../statement.ts';
import { type WrittenConversation, writtenConversation } from './written-conversation.ts';

export interface SessionHead {
  readonly pk: number;
  readonly id: ConversationId;
  readonly source: Source;
  readonly title: string | null;
  readonly createdMs: number | null;
  readonly updatedMs: number | null;
  /** 1 where the session itself says that it was forked from another. */
  readonly forked: number;
}

/** A message in which a person or a model says something, without its ids and times. */
export interface SaidTurn {
  readonly messagePk: number;
  readonly role: string;
  readonly authorKind: string;
  /** JSON: the texts of its parts. */
  readonly texts: string;
}

export interface SessionTurn {
  readonly messagePk: number;
  /** Hex. */
  readonly hash: string;
  readonly answered: boolean;
}

type Pk = { pk: number };

const headColumns = sql`c.pk, c.id, c.source, c.title, c.created_ms AS createdMs, c.updated_ms AS updatedMs,
  (c.flags_json ->> '$.forked_from') IS NOT NULL AS forked`;
const headById = statement<{ id: string }, SessionHead>(
  (_, p) => sql<SessionHead>`SELECT ${headColumns} FROM conversation c WHERE c.id = ${p.id}`,
);
const headByPk = statement<Pk, SessionHead>(
  (_, p) => sql<SessionHead>`SELECT ${headColumns} FROM conversation c WHERE c.pk = ${p.pk}`,
);
const path = statement<Pk & { firstSeq: number }, SaidTurn>(
  (_, p) => sql<SaidTurn>`
    SELECT m.pk AS messagePk, m.role, m.author_kind AS authorKind, json_group_array(p.text ORDER BY p.ix) AS texts
    FROM message m JOIN part p ON p.message_pk = m.pk
    WHERE m.conversation_pk = ${p.pk} AND m.seq >= ${p.firstSeq} AND m.on_active_path = 1 AND m.hidden = 0 AND m.author_kind IN ('human', 'model')
      AND p.kind IN ('text', 'code', 'artifact') AND p.text <> ''
    GROUP BY m.pk ORDER BY m.seq, m.pk`,
);
const turns = statement<Pk & { keep: number }, { messagePk: number; hash: string; answered: number }>(
  (_, p) => sql<{ messagePk: number; hash: string; answered: number }>`
    SELECT message_pk AS messagePk, lower(hex(hash)) AS hash, answered FROM session_turn
    WHERE conversation_pk = ${p.pk} AND nth > ${p.keep} ORDER BY nth`,
);
const turnsBefore = statement<Pk & { firstSeq: number }, { count: number; hash: string }>(
  (_, p) => sql<{ count: number; hash: string }>`
    SELECT t.nth AS count, lower(hex(t.hash)) AS hash FROM session_turn t JOIN message m ON m.pk = t.message_pk
    WHERE t.conversation_pk = ${p.pk} AND m.seq < ${p.firstSeq}
      AND t.nth >= (SELECT nth FROM session_turn WHERE conversation_pk = ${p.pk} AND answered = 1)
    ORDER BY t.nth DESC LIMIT 1`,
);
const dropFrom = statement<{ pk: number; nth: number }>((db, p) =>
  db.deleteFrom('session_turn').where('conversation_pk', '=', p.pk).where('nth', '>=', p.nth),
);
const add = statement<{ pk: number; nth: number; hash: Uint8Array; messagePk: number; answered: number }>((db, p) =>
  db.insertInto('session_turn').values({
    conversation_pk: p.pk,
    nth: p.nth,
    hash: p.hash,
    message_pk: p.messagePk,
    answered: p.answered,
  }),
);
const family = statement<Pk, SessionHead>(
  (_, p) => sql<SessionHead>`
    SELECT ${headColumns} FROM session_turn own JOIN session_turn other ON other.hash = own.hash
      JOIN conversation c ON c.pk = other.conversation_pk
    WHERE own.conversation_pk = ${p.pk} AND own.answered = 1
      AND c.source = (SELECT source FROM conversation WHERE pk = ${p.pk})`,
);
/** Earlier begun first; of those begun together the one that was not forked, then the one that ended first, then by id. */
const age = sql`(coalesce(c.created_ms, 9e15), (c.flags_json ->> '$.forked_from') IS NOT NULL, coalesce(c.updated_ms, 9e15), c.id)`;
const toldBefore = statement<{ hash: Uint8Array; source: string } & AgeOf, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    SELECT c.pk FROM session_turn t JOIN conversation c ON c.pk = t.conversation_pk
    WHERE t.hash = ${p.hash} AND c.source = ${p.source} AND ${age} < (${p.created}, ${p.forked}, ${p.updated}, ${p.id})
    LIMIT 1`,
);
const replayedIn = statement<Pk, Pk>(
  (_, p) => sql<Pk>`SELECT pk FROM message WHERE conversation_pk = ${p.pk} AND replayed = 1`,
);
const mark = statement<{ pks: string; replayed: number }>(
  (_, p) => sql`UPDATE message SET replayed = ${p.replayed} WHERE pk IN (SELECT value FROM json_each(${p.pks}))`,
);

const shownTurn = (turn: { messagePk: number; hash: string; answered: number }): SessionTurn => ({
  ...turn,
  answered: turn.answered === 1,
});

interface AgeOf {
  readonly created: number;
  readonly forked: number;
  readonly updated: number;
  readonly id: string;
}
const undated = 9e15;
const ageOf = ({ createdMs, updatedMs, forked, id }: Omit<SessionHead, 'title'>): AgeOf => ({
  created: createdMs ?? undated,
  forked,
  updated: updatedMs ?? undated,
  id,
});

type Aged = Pick<SessionHead, 'createdMs' | 'updatedMs' | 'forked' | 'id'>;

/** Which of two sessions is the older; the same order as {@link LineageWriter.toldBefore} keeps. */
export function byAge(a: Aged, b: Aged): number {
  const one = [a.createdMs ?? undated, a.forked, a.updatedMs ?? undated];
  const other = [b.createdMs ?? undated, b.forked, b.updatedMs ?? undated];
  const ix = one.findIndex((each, at) => each !== other[at]);
  return ix === -1 ? Number(a.id > b.id) - Number(a.id < b.id) : (one[ix] ?? 0) - (other[ix] ?? 0);
}

export class LineageReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  find(id: ConversationId): SessionHead | null {
    return headById.get(this.connection, { id }) ?? null;
  }

  head(pk: number): SessionHead | null {
    return headByPk.get(this.connection, { pk }) ?? null;
  }

  /** Sessions that are alike up to the first answer, this one among them; none of one that was never answered. */
  family(pk: number): SessionHead[] {
    return family.all(this.connection, { pk });
  }

  /** What is stored of {@link LineageWriter.path}. */
  turns(pk: number): SessionTurn[] {
    return turns.all(this.connection, { pk, keep: 0 }).map(shownTurn);
  }

  /** How many turns stand before a place, and the hash of the last; null where a person was not answered before it. */
  turnsBefore(pk: number, firstSeq: number): { readonly count: number; readonly hash: string } | null {
    return turnsBefore.get(this.connection, { pk, firstSeq }) ?? null;
  }

  /** Messages of a conversation that an older session says too. */
  replayedIn(pk: number): number[] {
    return replayedIn.all(this.connection, { pk }).map((row) => row.pk);
  }

  written(pk: number): WrittenConversation | null {
    return writtenConversation(this.connection, pk);
  }
}

export class LineageWriter extends LineageReader {
  /** What was said on the branch last taken, from a place on. */
  path(pk: number, firstSeq: number): SaidTurn[] {
    return path.all(this.connection, { pk, firstSeq });
  }

  /** Put these in place of the turns a session had behind the first so many. */
  replaceTurns(pk: number, keep: number, wanted: readonly SessionTurn[]): void {
    const before = turns.all(this.connection, { pk, keep }).map(shownTurn);
    const same = (a: SessionTurn, b: SessionTurn | undefined): boolean =>
      a.hash === b?.hash && a.messagePk === b.messagePk && a.answered === b.answered;
    const firstOther = wanted.findIndex((turn, nth) => !same(turn, before[nth]));
    const from = firstOther === -1 ? wanted.length : firstOther;
    if (before.length > from) dropFrom.run(this.connection, { pk, nth: keep + from + 1 });
    wanted.slice(from).forEach(({ hash, messagePk, answered }, ix) => {
      add.run(this.connection, {
        pk,
        nth: keep + from + ix + 1,
        hash: Buffer.from(hash, 'hex'),
        messagePk,
        answered: answered ? 1 : 0,
      });
    });
  }

  /** Whether a session older than this one says all of this too. @param hash hex */
  toldBefore(session: SessionHead, hash: string): boolean {
    const found = toldBefore.get(this.connection, {
      hash: Buffer.from(hash, 'hex'),
      source: session.source,
      ...ageOf(session),
    });
    return found !== undefined;
  }

  mark(messagePks: readonly number[], replayed: boolean): void {
    if (messagePks.length > 0)
      mark.run(this.connection, { pks: JSON.stringify(messagePks), replayed: replayed ? 1 : 0 });
  }
}
