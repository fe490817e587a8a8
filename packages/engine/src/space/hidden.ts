/**
 * What is being erased is shown to nobody. While conversations wait to go, readers see their tables through temporary views that
 * leave them out, whatever they ask; writers see the tables. A read of the space as it was, or of what is valid (view.ts), is laid
 * over the same way. One place, so that no query can forget it.
 */
import type { Connection, PreparedStatement } from '../sqlite/database.ts';
import type { Sight } from './sight.ts';
import { sightsOf, type View, viewKey } from './view.ts';

const waits = '(SELECT conversation_pk FROM main.erasing)';
const goingIds = 'SELECT going.id FROM main.erasing e JOIN main.conversation going ON going.pk = e.conversation_pk';
const shownMessage = (pk: string) =>
  `EXISTS (SELECT 1 FROM main.message shown WHERE shown.pk = ${pk} AND shown.conversation_pk NOT IN ${waits})`;
/** By the id the unit has, or by one it had. */
const shownUnit = (id: string) =>
  `EXISTS (SELECT 1 FROM main.acu told WHERE told.conversation_pk NOT IN ${waits} AND told.pk = coalesce(
    (SELECT pk FROM main.acu WHERE id = ${id}), (SELECT acu_pk FROM main.former_acu WHERE id = ${id})))`;
const shownProfile = (kind: 'topic' | 'entity') =>
  `EXISTS (SELECT 1 FROM main.${kind}_conversation told WHERE told.${kind}_pk = main.${kind}.pk AND told.conversation_pk NOT IN ${waits})`;
/** What a person put right names its subject: shown while that is. Rows that went already have taken theirs with them. */
const shownKey = (kind: 'topic' | 'entity', of = 'correction') =>
  `kind = '${kind}' AND EXISTS (SELECT 1 FROM main.${kind} s JOIN main.${kind}_conversation told ON told.${kind}_pk = s.pk
    WHERE s.key = main.${of}.key AND told.conversation_pk NOT IN ${waits})`;

const views: Readonly<Record<string, string>> = {
  conversation: `pk NOT IN ${waits}`,
  message: `conversation_pk NOT IN ${waits}`,
  acu: `conversation_pk NOT IN ${waits}`,
  topic_conversation: `conversation_pk NOT IN ${waits}`,
  entity_conversation: `conversation_pk NOT IN ${waits}`,
  session_turn: `conversation_pk NOT IN ${waits}`,
  import_entry: `conversation_pk IS NULL OR conversation_pk NOT IN ${waits}`,
  raw_record: `external_key NOT IN (${goingIds})`,
  artifact_version: shownMessage('main.artifact_version.message_pk'),
  secret_place: shownMessage('main.secret_place.message_pk'),
  attachment: `run_pk IS NOT NULL OR EXISTS (SELECT 1 FROM main.part held WHERE held.attachment_pk = main.attachment.pk AND ${shownMessage('held.message_pk')})`,
  topic: shownProfile('topic'),
  entity: shownProfile('entity'),
  correction: `(${shownKey('topic')}) OR (${shownKey('entity')})`,
  annotation: `conversation_id NOT IN (${goingIds})`,
  exclusion: `kind IN ('source','project') OR (kind = 'conversation' AND key NOT IN (${goingIds}))
    OR (kind = 'message' AND EXISTS (SELECT 1 FROM main.message told WHERE told.id = main.exclusion.key AND told.conversation_pk NOT IN ${waits}))
    OR (kind = 'unit' AND ${shownUnit('main.exclusion.key')})
    OR (${shownKey('topic', 'exclusion')}) OR (${shownKey('entity', 'exclusion')})`,
  pin: `kind = 'memory' OR ${shownUnit('main.pin.key')}`,
};

/** The temporary views of a read, in the order they are made: `memory_then` before what reads it. */
function drawingOf(connection: Connection, waiting: boolean, view: View): { name: string; sql: string }[] {
  const sights: Readonly<Record<string, Sight>> = viewKey(view) === null ? {} : sightsOf(view);
  const names = new Set([...(waiting ? Object.keys(views) : []), ...Object.keys(sights)]);
  return [...names].sort(memoriesFirst).map((name) => {
    const { where = '1', columns = {} } = sights[name] ?? {};
    const from = name === 'memory' ? 'memory_then' : `main.${name === 'memory_then' ? 'memory' : name}`;
    const conditions = [...(waiting && name in views ? [views[name]] : []), where].map((one) => `(${one})`);
    return {
      name,
      sql: `CREATE TEMP VIEW ${name} AS SELECT ${columnsOf(connection, from, columns)} FROM ${from} WHERE ${conditions.join(' AND ')};`,
    };
  });
}

const memoriesFirst = (a: string, b: string): number => Number(b === 'memory_then') - Number(a === 'memory_then');

/** The columns of a table, some of which read otherwise. */
function columnsOf(connection: Connection, table: string, otherwise: Readonly<Record<string, string>>): string {
  if (Object.keys(otherwise).length === 0) return '*';
  const name = table.replace('main.', '');
  const columns = connection
    .prepare<[string], { name: string }>("SELECT name FROM pragma_table_info(?, 'main')")
    .all(name);
  return columns.map((column) => `${otherwise[column.name] ?? `${table}.${column.name}`} AS ${column.name}`).join(', ');
}

export class Hidden {
  readonly #connection: Connection;
  /** Asked after every write. Null for a space brought to an older schema alone, which has nothing that waits. */
  readonly #waiting: PreparedStatement | null;
  /** Whether anything waits to go. */
  #waits: boolean;
  /** What is drawn: '' for nothing. */
  #drawn = '';
  #names: readonly string[] = [];

  constructor(connection: Connection) {
    this.#connection = connection;
    const hasTable = connection.prepare("SELECT 1 FROM main.sqlite_schema WHERE name = 'erasing'").get() !== undefined;
    this.#waiting = hasTable ? connection.prepare('SELECT 1 FROM main.erasing LIMIT 1') : null;
    this.#waits = this.#look();
  }

  get any(): boolean {
    return this.#waits;
  }

  /** Before a reader looks. Never within a transaction that writes. */
  forReaders(view: View): void {
    this.#draw(this.#waits, view);
  }

  forWriters(): void {
    this.#draw(false, {});
  }

  /** After a write: whether anything waits now. */
  written(): void {
    this.#waits = this.#look();
  }

  #look(): boolean {
    return this.#waiting?.get() !== undefined;
  }

  #draw(waiting: boolean, view: View): void {
    const wanted = `${waiting ? 'waiting' : ''}${viewKey(view) ?? ''}`;
    if (this.#drawn === wanted) return;
    const drawing = wanted === '' ? [] : drawingOf(this.#connection, waiting, view);
    const down = this.#names.map((name) => `DROP VIEW temp.${name};`);
    this.#connection.exec([...down, ...drawing.map(({ sql }) => sql)].join('\n'));
    this.#names = drawing.map(({ name }) => name);
    this.#drawn = wanted;
  }
}
