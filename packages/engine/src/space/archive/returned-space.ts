/**
 * A plain SQLite export given back: hostile input that looks like a space. Its schema has to be exactly ours, its pages sound,
 * and its owner the one who gives it back; only then are records read from it, and each is checked again as it comes.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Connection } from '../../sqlite/database.ts';
import { assertSound, openReturnedDatabase, untrusted } from '../../sqlite/returned-database.ts';
import { migrations } from '../migrations/migrations.ts';
import { RecordReader } from './record-reader.ts';

/** What records are read from. Words and vectors are made anew and never read. */
const tables = [
  'space',
  'import_run',
  'import_issue',
  'raw_record',
  'conversation',
  'message',
  'part',
  'attachment',
  'citation',
  'blob',
  'blob_piece',
  'artifact_version',
  'acu',
  'acu_link',
  'outbox',
  'upstream',
  'turn_prefix',
  'sidecar_record',
  'project',
  'project_document',
  'feedback',
  'memory',
  'memory_evidence',
  'memory_relation',
  'topic',
  'topic_acu',
  'topic_conversation',
  'topic_form',
  'entity',
  'entity_acu',
  'entity_conversation',
  'entity_form',
  'correction',
  'exclusion',
  'pin',
  'annotation',
  'bundle',
  'bundle_source',
  'secret',
  'secret_place',
  'secret_beside',
];

class Returned {
  readonly #connection: Connection;
  readonly reader: RecordReader;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.reader = new RecordReader(connection);
  }

  /** @throws AppError `import_schema_untrusted` for damaged pages, or another owner than this one */
  async check(ownerId: string): Promise<void> {
    for (const table of tables) {
      assertSound(this.#connection, table);
      await nextTurn();
    }
    if (this.reader.space().ownerId !== ownerId)
      throw untrusted(
        'The database was made for another account. Move an account with a JSON archive: vivim space export --format json.',
      );
  }

  close(): void {
    this.#connection.close();
  }
}

export type ReturnedSpace = InstanceType<typeof Returned>;

/** @throws AppError `import_schema_untrusted` */
export const openReturnedSpace = (bytes: Buffer): ReturnedSpace =>
  new Returned(openReturnedDatabase(bytes, migrations));

/** Whether a database with these tables says that it is a space. */
export const looksLikeSpace = (names: ReadonlyMap<string, unknown>): boolean =>
  ['space', 'acu_link', 'raw_record'].every((name) => names.has(name));
