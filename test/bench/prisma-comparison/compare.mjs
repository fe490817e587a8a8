/**
 * A Prisma client for each person against the bare driver: memory, cold open, a read by key; and what becomes of a write
 * that is made beside a transaction on the same client.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import Database from 'better-sqlite3';
import { PrismaClient } from './generated/client.ts';

const people = 50;
const rows = 1_000;
const reads = 2_000;

const scratch = mkdtempSync(join(tmpdir(), 'vivim-prisma-'));
const pathOf = (person) => join(scratch, `${person}.db`);
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const resident = () => {
  globalThis.gc?.();
  return process.memoryUsage.rss();
};

for (let person = 0; person < people; person += 1) {
  const db = new Database(pathOf(person));
  db.pragma('journal_mode=WAL');
  db.exec('CREATE TABLE Message (pk INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, text TEXT NOT NULL)');
  const insert = db.prepare('INSERT INTO Message (id, text) VALUES (?, ?)');
  db.transaction(() => {
    for (let row = 0; row < rows; row += 1) insert.run(`m${row}`, `what ${person} said, ${row}`);
  })();
  db.close();
}

const ways = {
  raw: {
    open: (path) => new Database(path),
    read: (db, pk) => db.prepare('SELECT * FROM Message WHERE pk = ?').get(pk),
    close: (db) => db.close(),
  },
  prisma: {
    open: (path) => new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${path}` }) }),
    read: (client, pk) => client.message.findUnique({ where: { pk } }),
    close: (client) => client.$disconnect(),
  },
};

/** Everybody's database open at once, each asked for one row first; then one of them asked again and again. */
async function measure({ open, read, close }) {
  await close(await warm(open, read));
  const before = resident();
  const opening = [];
  const opened = [];
  for (let person = 0; person < people; person += 1) {
    const start = performance.now();
    const one = open(pathOf(person));
    await read(one, 1);
    opening.push(performance.now() - start);
    opened.push(one);
  }
  const bytes = (resident() - before) / people;
  const start = performance.now();
  for (let nth = 0; nth < reads; nth += 1) await read(opened[0], (nth % rows) + 1);
  const readMs = (performance.now() - start) / reads;
  for (const one of opened) await close(one);
  return { bytes, openMs: median(opening), readMs };
}

async function warm(open, read) {
  const one = open(pathOf(0));
  await read(one, 1);
  return one;
}

/** A write beside an open transaction of the same client: acknowledged, and then? */
async function writeBesideTransaction() {
  const client = ways.prisma.open(pathOf(0));
  let acknowledged = 'no';
  await client
    .$transaction(async (tx) => {
      await tx.message.create({ data: { id: 'inside', text: 'inside' } });
      const beside = client.message.create({ data: { id: 'beside', text: 'beside' } }).then(
        () => 'yes',
        (error) => `refused: ${error.code}`,
      );
      acknowledged = await Promise.race([
        beside,
        new Promise((resolve) => setTimeout(resolve, 2_000, 'not while the transaction is open')),
      ]);
      throw new Error('roll back');
    })
    .catch(() => {});
  const found = await client.message.findUnique({ where: { id: 'beside' } });
  await client.$disconnect();
  return { acknowledged, there: found !== null };
}

try {
  const raw = await measure(ways.raw);
  const prisma = await measure(ways.prisma);
  const row = (what, ours, theirs, unit) =>
    `| ${what} | ${theirs.toFixed(3)} ${unit} | ${ours.toFixed(3)} ${unit} | ${(theirs / ours).toFixed(1)}x |`;
  console.log('| what | Prisma | bare driver | ratio |\n|---|---|---|---|');
  console.log(row('memory of a database that is open', raw.bytes / 1e6, prisma.bytes / 1e6, 'MB'));
  console.log(row('cold open to the first row', raw.openMs, prisma.openMs, 'ms'));
  console.log(row('one row by its key', raw.readMs, prisma.readMs, 'ms'));
  const { acknowledged, there } = await writeBesideTransaction();
  console.log(
    `\nA write beside a transaction that is rolled back: acknowledged meanwhile: ${acknowledged}; there afterwards: ${there}.`,
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
