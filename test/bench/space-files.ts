/** Spaces for the benchmark, made by the engine's own code in this process, and the same rows in plain files by the bare driver. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@vivim/contract/clock';
import type { StorageId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { createUserSpace, type SpaceLocation, type UserSpace } from '@vivim/engine/space/user-space';
import { newCapture } from '../kit/capture.ts';

/** Where a space of nobody else would stand; goes with the scratch directory. */
export const benchLocation = (scratch: string): SpaceLocation => ({
  directory: mkdtempSync(join(scratch, 'space-')),
  storageId: uuidv7() as StorageId,
  ownerId: uuidv7(),
  keyHex: randomBytes(32).toString('hex'),
  quotaBytes: 8 * 1024 ** 3,
});

export interface FilledSpace {
  readonly space: UserSpace;
  /** From the first byte of the upload to the last row, with units and words. */
  readonly importMs: number;
  /** Of these, inside transactions that write. */
  readonly writingMs: number;
}

/** A space with an export in it. Close it. */
export async function filledSpace(scratch: string, exportPath: string): Promise<FilledSpace> {
  const space = createUserSpace(benchLocation(scratch), systemClock);
  let writingMs = 0;
  const timed = new Proxy(space, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name, target);
      if (typeof found !== 'function') return found;
      return (...given: unknown[]) => {
        const start = performance.now();
        const answer: unknown = found.apply(target, given);
        if (name === 'write') writingMs += performance.now() - start;
        return answer;
      };
    },
  });
  const capture = newCapture(timed);
  const start = performance.now();
  const run = await capture.bring({ bytes: readFileSync(exportPath) });
  if (run.state !== 'done') throw new Error(`The import ended ${run.state}.`);
  return { space, importMs: performance.now() - start, writingMs };
}
