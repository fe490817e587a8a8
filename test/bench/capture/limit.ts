/**
 * A process of its own that does what no import can do without: finds and parses every conversation of the file, and inserts
 * every row the import left, with its indexes and the same full text, into a database that is opened as a space is, by the bare
 * driver: `node limit.ts FILE DATABASE KEYHEX TARGET`. Prints one {@link Limit} as JSON. What words are indexed under is made
 * outside of the time that counts.
 */
import { createReadStream } from 'node:fs';
import { JsonElements } from '@vivim/engine/capture/json-elements';
import { indexForms, indexText } from '@vivim/engine/space/words/index-words';
import { type Connection, openConnection, type PreparedStatement, setBulk } from '@vivim/engine/sqlite/database';
import { nothingSpent, plus, type Spent, stopwatch } from '../measure.ts';

export interface Limit {
  readonly parse: Spent;
  readonly rows: Spent;
  readonly words: Spent;
}

/** Rows of a transaction: more than an import takes. */
const together = 20_000;
const quotaBytes = 8 * 1024 ** 3;

/** The splitter of the project and `JSON.parse`: faster than any streaming parser of npm (docs/adr/0037-import-speed.md). */
async function parsed(file: string): Promise<Spent> {
  const spent = stopwatch();
  const splitter = new JsonElements();
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    for (const { bytes } of splitter.push(chunk as Buffer)) if (bytes !== null) JSON.parse(bytes.toString('utf8'));
  }
  splitter.end();
  return spent();
}

type Row = (string | number | bigint | Uint8Array | null)[];

/** Rows are read outside of the time that counts. */
function inserted(rows: Iterable<Row>, to: Connection, insert: PreparedStatement): Spent {
  let taken = nothingSpent;
  let held: Row[] = [];
  const write = to.transaction(() => {
    for (const row of held) insert.run(...row);
  });
  const flush = () => {
    const spent = stopwatch();
    write();
    taken = plus(taken, spent());
    held = [];
  };
  for (const row of rows) {
    held.push(row);
    if (held.length === together) flush();
  }
  flush();
  return taken;
}

/** Every table of rows; those an index of words keeps for itself come with its words. */
const plainTables = (from: Connection): { name: string; sql: string }[] =>
  from
    .prepare<[], { name: string; sql: string }>(
      `SELECT l.name, s.sql FROM pragma_table_list l JOIN sqlite_schema s ON s.name = l.name
       WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'sqlite!_%' ESCAPE '!'`,
    )
    .all();

const indexesOf = (from: Connection): { sql: string }[] =>
  from.prepare<[], { sql: string }>("SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").all();

function* indexed(rows: Iterable<Row>): Generator<Row> {
  for (const [place = null, said] of rows) yield [place, indexText(String(said)), indexForms(String(said))];
}

function rewritten(source: string, keyHex: string, target: string): Omit<Limit, 'parse'> {
  const from = openConnection(source, { keyHex, quotaBytes });
  const to = openConnection(target, { keyHex, quotaBytes, isNew: true });
  setBulk(to, true);
  to.pragma('foreign_keys=OFF');
  const tables = plainTables(from);
  for (const { sql } of [...tables, ...indexesOf(from)]) to.exec(sql);
  let inRows = nothingSpent;
  for (const { name } of tables) {
    const rows = from.prepare(`SELECT * FROM "${name}"`).raw(true);
    const marks = rows.columns().map(() => '?');
    const insert: PreparedStatement = to.prepare(`INSERT INTO "${name}" VALUES (${marks.join()})`);
    inRows = plus(inRows, inserted(rows.iterate() as Iterable<Row>, to, insert));
  }
  let inWords = nothingSpent;
  for (const [words, places] of [
    ['message_words', 'word_place'],
    ['branch_words', 'branch_place'],
  ] as const) {
    const { sql } = from.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').get(words) as { sql: string };
    to.exec(sql);
    const said = from
      .prepare(
        `SELECT w.place, group_concat(p.text, char(10) ORDER BY p.ix) FROM ${places} w JOIN part p ON p.message_pk = w.message_pk
         WHERE p.kind IN ('text', 'code', 'artifact', 'file') AND p.text <> '' GROUP BY w.place`,
      )
      .raw(true);
    const index: PreparedStatement = to.prepare(`INSERT INTO ${words}(rowid, text, forms) VALUES (?, ?, ?)`);
    inWords = plus(inWords, inserted(indexed(said.iterate() as Iterable<Row>), to, index));
  }
  const folding = stopwatch();
  to.pragma('wal_checkpoint(PASSIVE)');
  inRows = plus(inRows, folding());
  from.close();
  to.close();
  return { rows: inRows, words: inWords };
}

const [file = '', database = '', keyHex = '', target = ''] = process.argv.slice(2);
const limit: Limit = { parse: await parsed(file), ...rewritten(database, keyHex, target) };
process.stdout.write(JSON.stringify(limit));
