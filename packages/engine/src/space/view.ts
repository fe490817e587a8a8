/**
 * What of the space a read sees: all of it as it is now, or what was said and held at some time, or only what is valid. As conditions
 * over the tables, laid before them as temporary views (hidden.ts): no query knows of it, so none can forget it. Pure.
 *
 * Time is that of the history, not of the import: a message counts from when it was said, a memory from when it was first said or
 * stated. What nothing dates was not known at any time. What only stands as it is now stays so: the branch that is read, titles,
 * names of topics and entities, what a person changed in a memory since.
 */
import { memoriesThen } from './memories-then.ts';
import type { Sight } from './sight.ts';

export interface View {
  /** Only what was said, and what held, by this time, ms UTC. */
  readonly asOfMs?: number | undefined;
  /** Only what is valid: no memory that was superseded, archived or resolved, nothing that only says such a thing, nothing deleted at its source. */
  readonly liveOnly?: boolean | undefined;
  /** All but this message, as if it had never been said. */
  readonly withoutMessagePk?: number | undefined;
}

/** What a request asks to see; undefined where it asks for nothing of the kind. @param asked.asOf ISO 8601 */
export const viewOf = (asked: { asOf?: string | undefined; liveOnly?: boolean | undefined }): View | undefined =>
  asked.asOf === undefined && asked.liveOnly !== true
    ? undefined
    : {
        ...(asked.asOf === undefined ? {} : { asOfMs: Date.parse(asked.asOf) }),
        ...(asked.liveOnly === undefined ? {} : { liveOnly: asked.liveOnly }),
      };

/** Null where a view sees everything. */
export const viewKey = ({ asOfMs, liveOnly = false, withoutMessagePk }: View): string | null =>
  asOfMs === undefined && !liveOnly && withoutMessagePk === undefined
    ? null
    : `${asOfMs ?? ''} ${liveOnly} ${withoutMessagePk ?? ''}`;

const vectorSlot = 2 ** 44;
const vectorPieces = 8;

/** @param view with whole numbers: they stand in the text */
export function sightsOf({ asOfMs, liveOnly = false, withoutMessagePk }: View): Readonly<Record<string, Sight>> {
  const then = asOfMs === undefined ? null : Math.floor(asOfMs);
  const seen = (conditions: readonly (string | null | false)[]) =>
    conditions.filter((one) => typeof one === 'string').join(' AND ') || '1';
  const kept = (pk: string) =>
    liveOnly &&
    `NOT EXISTS (SELECT 1 FROM main.conversation gone WHERE gone.pk = ${pk} AND gone.deleted_in_source_ms ${then === null ? 'IS NOT NULL' : `<= ${then}`})`;
  const said = (table: string) => then !== null && `main.${table}.created_ms <= ${then}`;
  const other = (pk: string) => withoutMessagePk !== undefined && `${pk} <> ${withoutMessagePk}`;
  const toldThen = (which: string) =>
    then !== null && `EXISTS (SELECT 1 FROM main.message told WHERE ${which} AND told.created_ms <= ${then})`;
  const vector = `CAST((main.embedding_vector.id % ${vectorSlot}) / ${vectorPieces} AS INTEGER)`;
  const sights: Record<string, Sight> = {
    message: { where: seen([said('message'), other('main.message.pk'), kept('main.message.conversation_pk')]) },
    acu: {
      where: seen([
        said('acu'),
        other('main.acu.message_pk'),
        kept('main.acu.conversation_pk'),
        liveOnly && sayingWhatHolds,
      ]),
    },
    conversation: {
      where: seen([kept('main.conversation.pk'), toldThen('told.conversation_pk = main.conversation.pk')]),
    },
    // What is not valid is left out where it would be shown: the words and vectors of all there is say how rare a word is.
    word_place: {
      where: seen([other('main.word_place.message_pk'), toldThen('told.pk = main.word_place.message_pk')]),
    },
    branch_place: {
      where: seen([other('main.branch_place.message_pk'), toldThen('told.pk = main.branch_place.message_pk')]),
    },
    embedding_vector: { where: seen([other(vector), toldThen(`told.pk = ${vector}`)]) },
    memory_then: memoriesThen(then),
    memory: { where: liveOnly ? "state = 'active'" : '1' },
  };
  if (then === null) return sights;
  return { ...sights, ...profilesThen('topic', then), ...profilesThen('entity', then), speaker: speakerThen(then) };
}

/** A unit that only says what no longer holds is past; one that also says something that holds is not. */
const evidenceIn = (states: string) => `
  EXISTS (SELECT 1 FROM main.memory_evidence e JOIN memory_then k ON k.pk = e.memory_pk
    WHERE e.message_pk = main.acu.message_pk AND e.start_ix >= main.acu.start_ix AND e.end_ix <= main.acu.end_ix
      AND CAST(e.place AS INTEGER) = (SELECT held.ix FROM main.part held WHERE held.pk = main.acu.part_pk) AND k.state IN (${states}))`;
const sayingWhatHolds = `(NOT ${evidenceIn("'superseded', 'archived', 'resolved'")} OR ${evidenceIn("'active'")})`;

/** Topics and entities somebody had spoken of; how often and how long is only known as it is now, and so not told. */
function profilesThen(kind: 'topic' | 'entity', then: number): Record<string, Sight> {
  const told = (pk: string) =>
    `EXISTS (SELECT 1 FROM main.${kind}_conversation told WHERE told.${kind}_pk = ${pk} AND told.first_ms <= ${then})`;
  return {
    [kind]: {
      where: `(${told(`main.${kind}.pk`)} OR EXISTS (SELECT 1 FROM main.${kind} member WHERE member.head_key = main.${kind}.key AND ${told('member.pk')}))`,
      columns: { conversations: '0', first_ms: 'NULL', last_ms: 'NULL' },
    },
    [`${kind}_conversation`]: { where: `first_ms <= ${then}` },
    [`${kind}_acu`]: {
      where: `EXISTS (SELECT 1 FROM main.acu told WHERE told.pk = main.${kind}_acu.acu_pk AND told.created_ms <= ${then})`,
    },
  };
}

const speakerThen = (then: number): Sight => ({
  where: `EXISTS (SELECT 1 FROM main.message told WHERE lower(told.author_name) = main.speaker.name AND told.created_ms <= ${then})`,
});
