/**
 * A process of its own that does what no import can do without: finds and parses every conversation of the file, and inserts
 * the rows the import left, with their indexes and the same full text, into a database of the same cipher and settings, by
 * the bare driver: `node limit.ts FILE DATABASE KEYHEX TARGET`. Prints one {@link Limit} as JSON.
 */
import { createReadStream } from 'node:fs';
import { JsonElements } from '@vivim/engine/capture/json-elements';
import type Database from 'better-sqlite3-multiple-ciphers';
import { nothingSpent, plus, type Spent, stopwatch } from '../measure.ts';
import { encrypted } from '../raw-sqlite.ts';

export interface Limit {
  readonly parse: Spent;
  readonly rows: Spent;
  readonly words: Spent;
}

const tables = [
  'raw_record',
  'conversation',
  'message',
  'attachment',
  'part',
  'citation',
  'acu',
  'acu_link',
  'word_place',
];
/** Rows of a transaction: more than an import takes. */
const together = 20_000;

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

/** Rows are read outside of the time that counts. */
function inserted(rows: Iterable<unknown[]>, to: Database.Database, insert: Database.Statement): Spent {
  let taken = nothingSpent;
  let held: unknown[][] = [];
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

function rewritten(source: string, keyHex: string, target: string): Omit<Limit, 'parse'> {
  const [from, to] = [encrypted(source, keyHex), encrypted(target, keyHex)];
  // As an import has them.
  to.pragma('cache_size=-64000');
  to.pragma('wal_autocheckpoint=8000');
  to.pragma('secure_delete=ON');
  to.pragma('foreign_keys=OFF');
  const made = from
    .prepare<[], { sql: string; owner: string }>(
      'SELECT sql, tbl_name AS owner FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC',
    )
    .all();
  for (const { sql, owner } of made) if (tables.includes(owner) || owner === 'message_words') to.exec(sql);
  let inRows = nothingSpent;
  for (const table of tables) {
    const rows = from.prepare(`SELECT * FROM ${table}`).raw(true);
    const marks = rows.columns().map(() => '?');
    const insert = to.prepare(`INSERT INTO ${table} VALUES (${marks.join()})`);
    inRows = plus(inRows, inserted(rows.iterate() as Iterable<unknown[]>, to, insert));
  }
  const words = from
    .prepare(
      `SELECT w.place, group_concat(p.text, char(10) ORDER BY p.ix) FROM word_place w JOIN part p ON p.message_pk = w.message_pk
       WHERE p.kind IN ('text', 'code', 'artifact') AND p.text <> '' GROUP BY w.place`,
    )
    .raw(true);
  const index = to.prepare('INSERT INTO message_words(rowid, text) VALUES (?, ?)');
  const inWords = inserted(words.iterate() as Iterable<unknown[]>, to, index);
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
