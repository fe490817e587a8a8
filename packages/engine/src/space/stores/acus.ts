/**
 * Atomic Chat Units and the links between them. A unit's text is not stored: it is a slice of its part's text.
 * Never decides what a unit is (segmenting does) and never changes a message.
 */
import type { Acu, AcuLinkType, AcuType } from '@vivim/contract/acu';
import type { AcuId, MessageId } from '@vivim/contract/ids';
import type { Page } from '@vivim/contract/page';
import { sql } from 'kysely';
import type { Connection } from '../../sqlite/database.ts';
import type { AcuDraft } from '../acu-draft.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { LocatedAcu } from '../located-acu.ts';
import { statement } from '../statement.ts';
import { type AcuRow, acuColumns, acuJoins, type LocatedRow, locatedColumns, toAcus, toLocated } from './acu-rows.ts';
import { replaceUnits } from './replace-units.ts';
import { type RollupSource, rollupSource, rollupVersion } from './rollup-source.ts';

const byIdRow = statement<{ id: string }, AcuRow>(
  (_, p) => sql<AcuRow>`SELECT ${acuColumns} FROM acu a ${acuJoins} WHERE a.id = ${p.id}`,
);
const byFormerId = statement<{ id: string }, AcuRow>(
  (_, p) => sql<AcuRow>`
    SELECT ${acuColumns} FROM former_acu f JOIN acu a ON a.pk = f.acu_pk ${acuJoins} WHERE f.id = ${p.id}`,
);
const behindUnits = statement<{ version: number; limit: number }, { pk: number }>(
  (_, p) => sql<{ pk: number }>`
    SELECT pk FROM conversation WHERE units_version < ${p.version} ORDER BY units_version, pk LIMIT ${p.limit}`,
);
const countBehindUnits = statement<{ version: number }, { n: number }>(
  (_, p) => sql<{ n: number }>`SELECT count(*) AS n FROM conversation WHERE units_version < ${p.version}`,
);
const cutBy = statement<{ pk: number; version: number }>((db, p) =>
  db.updateTable('conversation').set({ units_version: p.version }).where('pk', '=', p.pk),
);
const messagePkOf = statement<{ id: string }, { pk: number }>((db, p) =>
  db.selectFrom('message').select('pk').where('id', '=', p.id),
);
const pageOfMessage = statement<{ messagePk: number; after: number; limit: number }, AcuRow>(
  (_, p) => sql<AcuRow>`
    SELECT ${acuColumns} FROM acu a ${acuJoins}
    WHERE a.message_pk = ${p.messagePk} AND a.ordinal > ${p.after} ORDER BY a.ordinal LIMIT ${p.limit}`,
);
const locatedByPks = statement<{ pks: string }, LocatedRow>(
  (_, p) => sql<LocatedRow>`
    SELECT ${locatedColumns} FROM json_each(${p.pks}) j JOIN acu a ON a.pk = j.value ${acuJoins} ORDER BY j.key`,
);
const locatedByMessages = statement<{ pks: string }, LocatedRow>(
  (_, p) => sql<LocatedRow>`
    SELECT ${locatedColumns} FROM json_each(${p.pks}) j JOIN acu a ON a.message_pk = j.value ${acuJoins}
    WHERE a.state = 'active' ORDER BY j.key, a.ordinal`,
);
const locatedByType = statement<{ types: string; limit: number }, LocatedRow>(
  (_, p) => sql<LocatedRow>`
    SELECT ${locatedColumns} FROM acu a ${acuJoins}
    WHERE a.type IN (SELECT value FROM json_each(${p.types})) AND a.state = 'active'
      AND NOT EXISTS (SELECT 1 FROM acu_link l WHERE l.from_pk = a.pk AND l.type = 'duplicates' AND l.weight = 1)
    ORDER BY a.created_ms DESC, a.pk DESC LIMIT ${p.limit}`,
);
const linksInto = statement<{ pks: string }, { fromPk: number; type: AcuLinkType; toPk: number }>(
  (_, p) => sql<{ fromPk: number; type: AcuLinkType; toPk: number }>`
    SELECT from_pk AS fromPk, type, to_pk AS toPk FROM acu_link
    WHERE to_pk IN (SELECT value FROM json_each(${p.pks})) AND (type <> 'duplicates' OR weight = 1)
    ORDER BY to_pk, from_pk`,
);
const standingOf = statement<{ id: string }, { usable: number }>(
  (_, p) => sql<{ usable: number }>`
    SELECT a.state = 'active' AND m.hidden = 0 AND m.on_active_path = 1 AS usable
    FROM acu a JOIN message m ON m.pk = a.message_pk WHERE a.id = ${p.id}`,
);
const countAll = statement<Record<never, never>, { n: number }>((db) =>
  db.selectFrom('acu').select((e) => e.fn.countAll<number>().as('n')),
);

export class AcuReader {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Whether contexts may quote a unit, or null where there is none. */
  standingOf(id: string): 'usable' | 'hidden' | null {
    const row = standingOf.get(this.connection, { id });
    return row === undefined ? null : row.usable === 1 ? 'usable' : 'hidden';
  }

  /** One unit with its text and links, or null. An id it had before it was cut anew finds it too. */
  byId(id: AcuId): Acu | null {
    const row = byIdRow.get(this.connection, { id }) ?? byFormerId.get(this.connection, { id });
    return row === undefined ? null : (toAcus(this.connection, [row])[0] ?? null);
  }

  /**
   * The units of a message in order, or null where there is no such message.
   * @throws AppError `cursor_invalid`
   */
  listForMessage(messageId: MessageId, options: { limit: number; cursor?: string | undefined }): Page<Acu> | null {
    const message = messagePkOf.get(this.connection, { id: messageId });
    if (message === undefined) return null;
    const [after] = options.cursor === undefined ? [-1] : decodeCursor<readonly [number]>(options.cursor, ['number']);
    const rows = pageOfMessage.all(this.connection, { messagePk: message.pk, after, limit: options.limit + 1 });
    const shown = rows.slice(0, options.limit);
    const last = shown.at(-1);
    return {
      items: toAcus(this.connection, shown),
      nextCursor: rows.length > shown.length && last !== undefined ? encodeCursor([last.ordinal]) : null,
    };
  }

  /** Units with where they stand, in the order asked; a pk that is gone is left out. */
  byPks(pks: readonly number[]): LocatedAcu[] {
    return toLocated(this.connection, locatedByPks.all(this.connection, { pks: JSON.stringify(pks) }));
  }

  /** The active units of these messages: messages in the order asked, units in the order they were said. */
  ofMessages(messagePks: readonly number[]): LocatedAcu[] {
    return toLocated(this.connection, locatedByMessages.all(this.connection, { pks: JSON.stringify(messagePks) }));
  }

  /** Active units of these types, newest first, undated last; each text once, where it was first said. */
  listByType(types: readonly AcuType[], limit: number): LocatedAcu[] {
    return toLocated(this.connection, locatedByType.all(this.connection, { types: JSON.stringify(types), limit }));
  }

  /** Links that lead to these units; of those that repeat them only the same words. */
  linksTo(pks: readonly number[]): { fromPk: number; type: AcuLinkType; toPk: number }[] {
    return linksInto.all(this.connection, { pks: JSON.stringify(pks) });
  }

  /** What a rollup reads of a conversation: its title, and the active, visible units in order. */
  forRollup(conversationPk: number): RollupSource {
    return rollupSource(this.connection, conversationPk);
  }

  /** Changes whenever {@link forRollup} would read something else. */
  rollupVersion(conversationPk: number): string {
    return rollupVersion(this.connection, conversationPk);
  }

  /** How many conversations were cut into units by older rules than these. */
  behind(version: number): number {
    return countBehindUnits.get(this.connection, { version })?.n ?? 0;
  }

  nextBehind(version: number): number | null {
    return behindUnits.get(this.connection, { version, limit: 1 })?.pk ?? null;
  }

  count(): number {
    return countAll.get(this.connection, {})?.n ?? 0;
  }
}

export class AcuWriter extends AcuReader {
  /**
   * Make these the units of these messages of one conversation. A unit whose id stays keeps its row (and with it every
   * note and claim that stands on it), new ones are added, the rest go. Messages not named keep theirs; an empty list
   * takes all units of a message away. Near-duplicates are linked to the earliest unit with the same text key.
   * @returns how many units these messages have now
   */
  replaceForMessages(conversationPk: number, drafts: ReadonlyMap<number, readonly AcuDraft[]>): number {
    return replaceUnits(this.connection, conversationPk, drafts);
  }

  /**
   * The same for messages whose text did not change, cut by other rules: a unit of the same text at the same place keeps its row under
   * its new id, and the id of one that is gone leads to the one that says most of it.
   */
  recut(conversationPk: number, drafts: ReadonlyMap<number, readonly AcuDraft[]>): number {
    return replaceUnits(this.connection, conversationPk, drafts, true);
  }

  /** All its units were cut by this version of the rules. */
  cutBy(conversationPk: number, version: number): void {
    cutBy.run(this.connection, { pk: conversationPk, version });
  }
}
