/**
 * What is being erased is shown to nobody. While conversations wait to go, readers see their tables through temporary views that
 * leave them out, whatever they ask; writers see the tables. One place, so that no query can forget it.
 */
import type { Connection } from '../sqlite/database.ts';

const waits = '(SELECT conversation_pk FROM main.erasing)';
const goingIds = 'SELECT going.id FROM main.erasing e JOIN main.conversation going ON going.pk = e.conversation_pk';
const shownMessage = (pk: string) =>
  `EXISTS (SELECT 1 FROM main.message shown WHERE shown.pk = ${pk} AND shown.conversation_pk NOT IN ${waits})`;
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
  exclusion: `kind IN ('source','project') OR (kind = 'conversation' AND key NOT IN (${goingIds}))
    OR (kind = 'message' AND EXISTS (SELECT 1 FROM main.message told WHERE told.id = main.exclusion.key AND told.conversation_pk NOT IN ${waits}))
    OR (kind = 'unit' AND EXISTS (SELECT 1 FROM main.acu told WHERE told.id = main.exclusion.key AND told.conversation_pk NOT IN ${waits}))
    OR (${shownKey('topic', 'exclusion')}) OR (${shownKey('entity', 'exclusion')})`,
};

const names = Object.keys(views);
const up = names
  .map((name) => `CREATE TEMP VIEW ${name} AS SELECT * FROM main.${name} WHERE ${views[name]};`)
  .join('\n');
const down = names.map((name) => `DROP VIEW temp.${name};`).join('\n');

export class Hidden {
  readonly #connection: Connection;
  /** A space brought to an older schema alone has nothing that waits. */
  readonly #hasTable: boolean;
  /** Whether anything waits to go. */
  #waits: boolean;
  #drawn = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#hasTable = connection.prepare("SELECT 1 FROM main.sqlite_schema WHERE name = 'erasing'").get() !== undefined;
    this.#waits = this.#look();
  }

  get any(): boolean {
    return this.#waits;
  }

  /** Before a reader looks. Never within a transaction that writes. */
  forReaders(): void {
    if (this.#waits) this.#draw(true);
  }

  forWriters(): void {
    this.#draw(false);
  }

  /** After a write: whether anything waits now. */
  written(): void {
    this.#waits = this.#look();
  }

  #look(): boolean {
    if (!this.#hasTable) return false;
    return this.#connection.prepare('SELECT 1 FROM main.erasing LIMIT 1').get() !== undefined;
  }

  #draw(drawn: boolean): void {
    if (this.#drawn === drawn) return;
    this.#connection.exec(drawn ? up : down);
    this.#drawn = drawn;
  }
}
