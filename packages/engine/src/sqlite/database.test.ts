import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openConnection, setBulk } from './database.ts';

const mebibyte = 2 ** 20;

/** The largest the log becomes while the same eight hundred kilobytes are written over and over, and whether all of it is there. */
function written(quotaBytes: number, bulk: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'vivim-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'user.db');
  const connection = openConnection(path, { keyHex: randomBytes(32).toString('hex'), quotaBytes, isNew: true });
  connection.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, bytes BLOB)');
  setBulk(connection, bulk);
  const put = connection.prepare('INSERT OR REPLACE INTO t (id, bytes) VALUES (?, randomblob(100000))');
  let log = 0;
  for (let round = 0; round < 400; round += 1) {
    put.run(round % 8);
    log = Math.max(log, statSync(`${path}-wal`).size);
  }
  const { rows } = connection.prepare('SELECT count(*) AS rows FROM t').get() as { rows: number };
  connection.close();
  return { log, rows };
}

it('keeps the log beside a small file small, whose quota it would else exceed; and beside a large one long enough', () => {
  for (const bulk of [false, true]) {
    const alice = written(6 * mebibyte, bulk);
    expect(alice.rows).toBe(8);
    expect(alice.log).toBeLessThan(2 * mebibyte);
    const bob = written(1_024 * mebibyte, bulk);
    expect(bob.rows).toBe(8);
    expect(bob.log).toBeGreaterThan((bulk ? 30 : 3.5) * mebibyte);
  }
});
