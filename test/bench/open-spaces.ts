/**
 * A process that holds many spaces open, then opens and closes one again and again, and tells its parent what that left.
 * Its arguments: `vivim` or `raw`, a directory, how many, how often.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemClock } from '@vivim/contract/clock';
import { createUserSpace, openUserSpace } from '@vivim/engine/space/user-space';
import Database from 'better-sqlite3-multiple-ciphers';
import { benchLocation } from './space-files.ts';

export interface HeldOpen {
  readonly bytesEach: number;
  readonly descriptorsLeft: number;
  readonly growthBytes: number;
}

interface Opened {
  close(): void;
}

const [kind, scratch = '', held, cycles] = process.argv.slice(2);
const locations = Array.from({ length: Number(held) }, () => benchLocation(scratch));

/** What somebody sees first, so that its pages are in the cache. */
const openers: Record<string, (nth: number) => Opened> = {
  vivim: (nth) => {
    const location = locations[nth] ?? benchLocation(scratch);
    const space = openUserSpace(location, systemClock);
    space.read((r) => [r.conversations.page({ limit: 20 }), r.imports.page({ limit: 20 }), r.counts()].length);
    return space;
  },
  raw: (nth) => {
    const db = new Database(join(locations[nth]?.directory ?? '', 'user.db'));
    db.pragma("cipher='chacha20'");
    db.pragma(`key='raw:${locations[nth]?.keyHex}'`);
    db.pragma('journal_mode=WAL');
    for (const table of ['conversation', 'import_run', 'message', 'acu', 'topic', 'entity', 'bundle'])
      db.prepare(`SELECT count(*) FROM ${table}`).get();
    return db;
  },
};
const open = openers[kind ?? ''];
if (open === undefined) throw new Error(`No such way to open a space: ${kind}`);

const resident = (): number => {
  globalThis.gc?.();
  return process.memoryUsage.rss();
};
const descriptors = (): number => readdirSync('/proc/self/fd').length;

for (const location of locations) createUserSpace(location, systemClock).close();
open(0).close();
const before = resident();
const all = locations.map((_, nth) => open(nth));
const bytesEach = (resident() - before) / all.length;
for (const one of all) one.close();

/** What is closed is given back between turns of the event loop, as in an engine. */
async function cycle(times: number): Promise<void> {
  for (let nth = 0; nth < times; nth += 1) {
    open?.(nth % all.length).close();
    if (nth % 20 === 0) await nextTurn();
  }
  await nextTurn();
}

await cycle(1_000);
const [descriptorsBefore, bytesBefore] = [descriptors(), resident()];
await cycle(Number(cycles));
process.send?.({
  bytesEach,
  descriptorsLeft: descriptors() - descriptorsBefore,
  growthBytes: resident() - bytesBefore,
} satisfies HeldOpen);
process.disconnect?.();
