/**
 * Secrets that were found: what they are, where they stand, and what their owner said of them. Never holds what one says:
 * a secret is known by hashes under the space's salt. A unit a withheld secret stands in is hidden from what compiles contexts.
 */
import type { ConversationId, SecretId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import { type Secret, type SecretDecision, type SecretPlace, SecretRule } from '@vivim/contract/secrets';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { contentId } from '../hash.ts';
import { markOf } from '../marks.ts';
import { saltOf } from '../space-row.ts';
import { statement } from '../statement.ts';

type Nothing = Record<never, never>;

/** Places shown with a secret. */
const shownPlaces = 20;
const ruleName = 'secrets.rule';

/** A place of a secret on its way in. */
export interface PlacedSecret {
  readonly secret: string;
  readonly label: string;
  readonly messagePk: number;
  readonly part: number;
  /** Null beside the text of the part. */
  readonly start: number | null;
  readonly end: number | null;
}

const setting = statement<{ name: string }, { value: string }>((db, p) =>
  db.selectFrom('setting').select('value').where('name', '=', p.name),
);
const set = statement<{ name: string; value: string }>((db, p) =>
  db
    .insertInto('setting')
    .values({ name: p.name, value: p.value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: p.value })),
);
const byId = statement<{ id: string }, { pk: number; decision: SecretDecision | null; mark: string }>((db, p) =>
  db
    .selectFrom('secret')
    .select(['pk', 'decision', 'mark'])
    .where('id', '=', p.id)
    .$castTo<{ pk: number; decision: SecretDecision | null; mark: string }>(),
);
const insert = statement<{ id: string; mark: string; label: string }>((db, p) =>
  db.insertInto('secret').values({ id: p.id, mark: p.mark, label: p.label }),
);
const place = statement<{ secretPk: number; messagePk: number; part: number; start: number; end: number }>((db, p) =>
  db.insertInto('secret_place').values({
    secret_pk: p.secretPk,
    message_pk: p.messagePk,
    part_ix: p.part,
    start_ix: p.start,
    end_ix: p.end,
  }),
);
const placeBeside = statement<{ secretPk: number; messagePk: number | null; recordPk: number | null; times: number }>(
  (db, p) =>
    db.insertInto('secret_beside').values({
      secret_pk: p.secretPk,
      message_pk: p.messagePk,
      record_pk: p.recordPk,
      times: p.times,
    }),
);
const clearBeside = statement<{ pks: string }>(
  (_, p) => sql`DELETE FROM secret_beside WHERE message_pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const clearRecord = statement<{ recordPk: number }>((db, p) =>
  db.deleteFrom('secret_beside').where('record_pk', '=', p.recordPk),
);
const clear = statement<{ pks: string }>(
  (_, p) => sql`DELETE FROM secret_place WHERE message_pk IN (SELECT value FROM json_each(${p.pks}))`,
);
/** A decision outlives the places: what comes in again is met with it. */
const forgetUnplaced = statement<Nothing>(
  () => sql`
    DELETE FROM secret WHERE decision IS NULL AND NOT EXISTS (SELECT 1 FROM secret_place p WHERE p.secret_pk = secret.pk)
      AND NOT EXISTS (SELECT 1 FROM secret_beside b WHERE b.secret_pk = secret.pk)`,
);
const forget = statement<{ mark: string }>((db, p) => db.deleteFrom('secret').where('mark', '=', p.mark));
const messagesWith = statement<{ pks: string | null }, { messagePk: number; conversationPk: number; id: string }>(
  (_, p) => sql<{ messagePk: number; conversationPk: number; id: string }>`
    SELECT DISTINCT m.pk AS messagePk, c.pk AS conversationPk, c.id
    FROM secret_place s JOIN message m ON m.pk = s.message_pk JOIN conversation c ON c.pk = m.conversation_pk
    WHERE ${p.pks} IS NULL OR s.secret_pk IN (SELECT value FROM json_each(${p.pks}))`,
);
const conversationsOf = statement<{ mark: string }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    SELECT DISTINCT m.conversation_pk AS pk
    FROM secret s JOIN (
      SELECT secret_pk, message_pk FROM secret_place UNION ALL SELECT secret_pk, message_pk FROM secret_beside
    ) l ON l.secret_pk = s.pk JOIN message m ON m.pk = l.message_pk WHERE s.mark = ${p.mark}`,
);
/** @param withheld whether the rule withholds what nobody decided on */
const hideUnits = statement<{ pks: string; withheld: number }>(
  (_, p) => sql`
    UPDATE acu SET state = CASE WHEN EXISTS (
        SELECT 1 FROM secret_place l JOIN secret s ON s.pk = l.secret_pk JOIN part t ON t.pk = acu.part_pk
        WHERE l.message_pk = acu.message_pk AND l.part_ix = t.ix AND l.start_ix < acu.end_ix AND l.end_ix > acu.start_ix
          AND (s.decision = 'withhold' OR (s.decision IS NULL AND ${p.withheld} = 1)))
      THEN 'hidden' ELSE 'active' END
    WHERE message_pk IN (SELECT value FROM json_each(${p.pks})) AND state IN ('active', 'hidden')`,
);
const decide = statement<{ ids: string | null; decision: string }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    UPDATE secret SET decision = ${p.decision}
    WHERE (${p.ids} IS NULL OR id IN (SELECT value FROM json_each(${p.ids}))) AND decision IS NOT ${p.decision} RETURNING pk`,
);
const undecidedIn = statement<{ conversationPk: number }, { one: number }>(
  (_, p) => sql<{ one: number }>`
    SELECT 1 AS one FROM secret s JOIN secret_place l ON l.secret_pk = s.pk JOIN message m ON m.pk = l.message_pk
    WHERE s.decision IS NULL AND m.conversation_pk = ${p.conversationPk} LIMIT 1`,
);
interface Row {
  pk: number;
  id: SecretId;
  label: string;
  decision: SecretDecision | null;
  placeCount: number;
  recordCount: number;
}
const rows = statement<{ after: number; limit: number }, Row>(
  (_, p) => sql<Row>`
    SELECT pk, id, label, decision,
      (SELECT count(*) FROM secret_place l WHERE l.secret_pk = secret.pk)
        + (SELECT coalesce(sum(times), 0) FROM secret_beside b WHERE b.secret_pk = secret.pk) AS placeCount,
      (SELECT count(*) FROM secret_beside b WHERE b.secret_pk = secret.pk AND b.record_pk IS NOT NULL) AS recordCount
    FROM secret WHERE pk > ${p.after} ORDER BY pk LIMIT ${p.limit}`,
);
/** Those beside a text begin where it does: there is no better place to lead to. */
const placesOf = statement<{ pk: number; limit: number }, SecretPlace>(
  (_, p) => sql<SecretPlace>`
    SELECT c.id AS conversationId, c.title AS conversationTitle, m.id AS messageId, l.part_ix AS partIndex,
      l.start_ix AS start, l.end_ix AS "end"
    FROM (
      SELECT message_pk, part_ix, start_ix, end_ix FROM secret_place WHERE secret_pk = ${p.pk}
      UNION ALL SELECT message_pk, 0, 0, 0 FROM secret_beside WHERE secret_pk = ${p.pk} AND message_pk IS NOT NULL
    ) l JOIN message m ON m.pk = l.message_pk JOIN conversation c ON c.pk = m.conversation_pk
    ORDER BY c.sort_ms DESC, m.seq, l.part_ix, l.start_ix LIMIT ${p.limit}`,
);

export class SecretReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  rule(): SecretRule {
    const found = setting.get(this.connection, { name: ruleName });
    return found === undefined ? 'withhold' : SecretRule.parse(found.value);
  }

  /** What its owner said of a secret; null where nothing. */
  decisionOf(secret: string): SecretDecision | null {
    return byId.get(this.connection, { id: this.idOf(secret) })?.decision ?? null;
  }

  /** The mark a stored secret would be erased under, or null where there is no such secret. */
  markOf(id: SecretId): string | null {
    return byId.get(this.connection, { id })?.mark ?? null;
  }

  /** Conversations a secret of this mark stands in. */
  conversationsOf(mark: string): number[] {
    return conversationsOf.all(this.connection, { mark }).map(({ pk }) => pk);
  }

  /** Whether a secret nobody decided on stands in a conversation. */
  undecidedIn(conversationPk: number): boolean {
    return undecidedIn.get(this.connection, { conversationPk }) !== undefined;
  }

  /** In the order they were found. @throws AppError `cursor_invalid` */
  page(options: { readonly limit: number; readonly cursor?: string | undefined }): Page<Secret> {
    const [after] = options.cursor === undefined ? [0] : decodeCursor<readonly [number]>(options.cursor, ['number']);
    const found = rows.all(this.connection, { after, limit: options.limit + 1 });
    const shown = found.slice(0, options.limit);
    const last = shown.at(-1);
    const byRule = this.rule() !== 'keep';
    return {
      items: shown.map(({ pk, ...row }) => ({
        ...row,
        withheld: row.decision === null ? byRule : row.decision === 'withhold',
        places: placesOf.all(this.connection, { pk, limit: shownPlaces }),
      })),
      nextCursor: found.length > shown.length && last !== undefined ? encodeCursor([last.pk]) : null,
    };
  }

  protected idOf(secret: string): SecretId {
    return contentId('s', [saltOf(this.connection), secret]) as SecretId;
  }
}

/** A conversation some of whose units changed between shown and hidden. */
export interface TouchedConversation {
  readonly pk: number;
  readonly id: ConversationId;
}

export class SecretWriter extends SecretReader {
  /**
   * These are all secrets of these messages now. Call it when their units are written.
   * @param messagePks every message that was looked at, also where nothing was found
   */
  put(messagePks: readonly number[], places: readonly PlacedSecret[]): void {
    if (messagePks.length === 0) return;
    const cleared = clear.run(this.connection, { pks: JSON.stringify(messagePks) }).changes;
    clearBeside.run(this.connection, { pks: JSON.stringify(messagePks) });
    const beside = new Map<string, { secretPk: number; messagePk: number; times: number }>();
    for (const { secret, label, start, end, messagePk, part } of places) {
      const secretPk = this.#rowOf(secret, label);
      if (start !== null && end !== null) {
        place.run(this.connection, { secretPk, messagePk, part, start, end });
        continue;
      }
      const key = `${secretPk} ${messagePk}`;
      beside.set(key, { secretPk, messagePk, times: (beside.get(key)?.times ?? 0) + 1 });
    }
    for (const one of beside.values()) placeBeside.run(this.connection, { ...one, recordPk: null });
    if (cleared > 0) this.#hide(messagePks);
    else if (places.length > 0) this.#hide(places.map(({ messagePk }) => messagePk));
  }

  /** These are all secrets of a record now that is no conversation, each as often as it stands there. */
  putRecord(recordPk: number, secrets: readonly { readonly secret: string; readonly label: string }[]): void {
    clearRecord.run(this.connection, { recordPk });
    const times = new Map<number, number>();
    for (const { secret, label } of secrets) {
      const secretPk = this.#rowOf(secret, label);
      times.set(secretPk, (times.get(secretPk) ?? 0) + 1);
    }
    for (const [secretPk, count] of times)
      placeBeside.run(this.connection, { secretPk, messagePk: null, recordPk, times: count });
  }

  #rowOf(secret: string, label: string): number {
    const id = this.idOf(secret);
    const known = byId.get(this.connection, { id })?.pk;
    if (known !== undefined) return known;
    const mark = markOf(this.connection, 'secret', [secret]);
    return insert.run(this.connection, { id, mark, label }).lastInsertRowid;
  }

  setRule(rule: SecretRule): TouchedConversation[] {
    set.run(this.connection, { name: ruleName, value: rule });
    return this.#rehide(null);
  }

  /** @param ids null for all */
  decide(
    ids: readonly SecretId[] | null,
    decision: SecretDecision,
  ): { decided: number; touched: TouchedConversation[] } {
    const changed = decide.all(this.connection, { ids: ids === null ? null : JSON.stringify(ids), decision });
    const touched = changed.length === 0 ? [] : this.#rehide(changed.map(({ pk }) => pk));
    return { decided: changed.length, touched };
  }

  /** A secret that was erased is known here no more. */
  forget(mark: string): void {
    forget.run(this.connection, { mark });
  }

  /** Secrets that stand nowhere any more, but for those somebody decided on. */
  forgetUnplaced(): void {
    forgetUnplaced.run(this.connection, {});
  }

  #rehide(secretPks: readonly number[] | null): TouchedConversation[] {
    const found = messagesWith.all(this.connection, { pks: secretPks === null ? null : JSON.stringify(secretPks) });
    this.#hide(found.map(({ messagePk }) => messagePk));
    const touched = new Map(found.map(({ conversationPk, id }) => [conversationPk, id as ConversationId]));
    return [...touched].map(([pk, id]) => ({ pk, id }));
  }

  #hide(messagePks: readonly number[]): void {
    hideUnits.run(this.connection, { pks: JSON.stringify(messagePks), withheld: this.rule() === 'keep' ? 0 : 1 });
  }
}
