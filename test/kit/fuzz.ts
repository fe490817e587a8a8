/** One spoiled file tried: read, and imported into a real space. What it makes of it must be sound, soon told, and leave nothing behind. */
import assert from 'node:assert/strict';
import type { Source } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import { noContext } from '@vivim/engine/capture/canonical';
import { readRecord } from '@vivim/engine/capture/read-record';
import type { UserSpace } from '@vivim/engine/space/user-space';
import fc from 'fast-check';
import { newCapture } from './capture.ts';
import { newerSeeds } from './newer-seeds.ts';
import { soundness } from './soundness.ts';
import { readFile } from './source-files.ts';
import { sourceSeeds } from './source-seeds.ts';
import { type SpoiledArchive, spoiledArchive } from './spoiled-archives.ts';
import { spoiledFile } from './spoiled-files.ts';

const prototypes = [Object.prototype, Array.prototype, String.prototype, Function.prototype];
const keysOf = (): string => JSON.stringify(prototypes.map((one) => Reflect.ownKeys(one).map(String)));
const untouched = keysOf();

/** What every reading of a file of some hundred bytes must stay below, on a machine that does much else. */
const limits = { milliseconds: 10_000, megabytes: 1_500 };

export interface Fuzzing {
  readonly source: Source;
  readonly seed: number;
  /** Spoiled files that are read. */
  readonly reads: number;
  /** Spoiled files that are imported. */
  readonly imports: number;
}

/** @throws Error with the seed and the smallest file that was found not to hold */
export async function fuzzSource(space: UserSpace, { source, seed, reads, imports }: Fuzzing): Promise<void> {
  const seeds = [sourceSeeds[source], ...(newerSeeds[source] ?? [])];
  const files = fc.tuple(fc.oneof(...seeds.map(spoiledFile)), fc.boolean());
  const read = fc.asyncProperty(files, ([bytes, said]) => guarded(() => readSpoiled(bytes, source, said)));
  await fc.assert(read, { seed, numRuns: reads });
  const archives = fc.oneof(...seeds.map(spoiledArchive));
  const packed = fc.asyncProperty(archives, fc.boolean(), (bytes, said) =>
    guarded(() => readArchive(bytes, source, said)),
  );
  await fc.assert(packed, { seed, numRuns: Math.ceil(reads / 4) });
  const imported = fc.asyncProperty(files, ([bytes, said]) => guarded(() => importSpoiled(space, bytes, source, said)));
  await fc.assert(imported, { seed, numRuns: imports });
}

async function guarded(work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  const taken = performance.now() - start;
  assert.ok(taken < limits.milliseconds, `It took ${Math.round(taken)} ms.`);
  const megabytes = process.memoryUsage.rss() / 1e6;
  assert.ok(megabytes < limits.megabytes, `The process grew to ${Math.round(megabytes)} MB.`);
  assert.equal(keysOf(), untouched, 'A prototype was changed.');
}

async function readSpoiled(bytes: Buffer, source: Source, said: boolean): Promise<void> {
  soundness(readRecord(source, bytes, noContext));
  try {
    const { readings, notes } = await readFile(bytes, said ? source : null);
    for (const reading of readings) soundness(reading);
    for (const { code, path } of notes) assert.ok(code !== '' && path !== '');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    assert.notEqual(error.message, '');
  }
}

/** An archive in an archive: nothing of an inner one ends the import of what lies beside it. */
async function readArchive({ bytes, whole }: SpoiledArchive, source: Source, said: boolean): Promise<void> {
  try {
    const { readings, notes } = await readFile(bytes, said ? source : null);
    for (const reading of readings) soundness(reading);
    for (const { code, path } of notes) assert.ok(code !== '' && path !== '');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    assert.notEqual(error.message, '');
    assert.ok(!whole || said, `A sound conversation beside an inner archive was refused: ${error.message}`);
  }
}

/** Whatever comes of it is said with the file, the entry in it, and the reason. */
async function importSpoiled(space: UserSpace, bytes: Buffer, source: Source, said: boolean): Promise<void> {
  if (bytes.length === 0) return;
  const name = 'spoiled-export';
  const run = await newCapture(space).bring({ bytes, name, ...(said ? { source } : {}) });
  assert.ok(run.state === 'done' || (run.state === 'failed' && (run.error?.detail ?? '') !== ''));
  assert.notEqual(run.error?.code, 'internal');
  const { items } = space.read((r) => r.imports.issues(run.id, { limit: 200 }) ?? { items: [] });
  for (const issue of items) {
    assert.ok(issue.code !== '' && issue.detail !== '', 'An issue without a reason.');
    assert.notEqual(issue.code, 'record_unreadable');
    assert.match(issue.path, /^(?:spoiled-export|file \d+)/, `An issue without its file: ${issue.path}`);
    if (issue.severity === 'skipped')
      assert.match(issue.path, /#\d+|entry \d+/, `An issue without its entry: ${issue.path}`);
  }
}
