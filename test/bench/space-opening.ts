/** Opening, making and keeping spaces open, against plain files opened by the bare driver. Memory is asked of processes of their own. */
import { fork } from 'node:child_process';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@vivim/contract/clock';
import { createUserSpace, openUserSpace, type SpaceLocation, type UserSpace } from '@vivim/engine/space/user-space';
import Database from 'better-sqlite3-multiple-ciphers';
import { type Figure, p50p95, percentile, time, times } from './measure.ts';
import type { HeldOpen } from './open-spaces.ts';
import { encrypted } from './raw-sqlite.ts';
import { benchLocation } from './space-files.ts';

const rounds = 200;
const held = 100;
const cycles = 10_000;

/** The same file without a cipher. */
function plainCopy({ directory, keyHex }: SpaceLocation, path: string): void {
  copyFileSync(join(directory, 'user.db'), path);
  const db = encrypted(path, keyHex);
  db.pragma('journal_mode=DELETE');
  db.pragma("rekey=''");
  db.close();
}

export async function benchOpening(filled: UserSpace, scratch: string): Promise<Figure[]> {
  filled.checkpoint();
  const plain = join(scratch, 'open.db');
  plainCopy(filled.location, plain);
  const opened = await time(rounds, () => {
    const space = openUserSpace(filled.location, systemClock);
    space.read((r) => r.conversations.page({ limit: 1 }));
    space.close();
  });
  const rawOpened = await time(rounds, () => {
    const db = new Database(plain);
    db.pragma('journal_mode=WAL');
    db.prepare('SELECT * FROM conversation ORDER BY sort_ms DESC LIMIT 1').get();
    db.close();
  });

  const template = join(scratch, 'template.db');
  const empty = createUserSpace(benchLocation(scratch), systemClock);
  empty.close();
  plainCopy(empty.location, template);
  const made = await time(100, () => createUserSpace(benchLocation(scratch), systemClock).close());
  const copied = await time(100, () => {
    const path = join(mkdtempSync(join(scratch, 'copy-')), 'user.db');
    copyFileSync(template, path);
    const db = new Database(path);
    db.pragma('journal_mode=WAL');
    db.pragma('synchronous=FULL');
    db.prepare('UPDATE space SET version = version + 1').run();
    db.close();
  });

  const vivim = await inProcess('vivim', scratch);
  const raw = await inProcess('raw', scratch);
  const ratio = (ours: readonly number[], theirs: readonly number[], share: number) =>
    times(percentile(ours, share) / percentile(theirs, share));
  return [
    {
      what: 'cold open to the first row, encrypted (raw: plain)',
      value: p50p95(opened),
      raw: p50p95(rawOpened),
      ratio: `p50 ${ratio(opened, rawOpened, 0.5)}, p95 ${ratio(opened, rawOpened, 0.95)}`,
      goal: 'p50 ≤ 2x, p95 ≤ 4x',
    },
    {
      what: 'a new space on disk (raw: a copied plain template, its row written)',
      value: p50p95(made),
      raw: p50p95(copied),
      ratio: ratio(made, copied, 0.5),
      goal: '≤ 1.5x',
    },
    {
      what: `memory of a space that is open, of ${held}`,
      value: kib(vivim.bytesEach),
      raw: kib(raw.bytesEach),
      ratio: times(vivim.bytesEach / raw.bytesEach),
      goal: '≤ 1.5x',
    },
    {
      what: `${cycles.toLocaleString('en')} times opened and closed: descriptors left, growth`,
      value: `${vivim.descriptorsLeft}, ${(vivim.growthBytes / 1e6).toFixed(1)} MB`,
      raw: `${raw.descriptorsLeft}, ${(raw.growthBytes / 1e6).toFixed(1)} MB`,
      goal: '0, < 10 MB',
    },
  ];
}

const kib = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KiB`;

function inProcess(kind: 'vivim' | 'raw', scratch: string): Promise<HeldOpen> {
  const program = fileURLToPath(new URL('open-spaces.ts', import.meta.url));
  const child = fork(program, [kind, mkdtempSync(join(scratch, `${kind}-`)), String(held), String(cycles)], {
    execArgv: ['--expose-gc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (said) => resolve(said as HeldOpen));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The process that opens spaces ended with ${code}.`)));
  });
}
