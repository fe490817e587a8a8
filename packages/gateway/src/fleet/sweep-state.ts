/**
 * How far a sweep over the fleet has come, in one small file, so that a server that was killed goes on where it was. What each
 * space has is in the schema book; here is only the run itself. Holds no id of anybody.
 */
import { readFile } from 'node:fs/promises';
import { errorCodes } from '@vivim/contract/errors';
import { z } from 'zod';
import { writeDurably } from '../keys/durable-file.ts';

export const SweepState = z.strictObject({
  target: z.int(),
  /** Makes the order: random from run to run, the same within one. */
  seed: z.string(),
  startedAt: z.string(),
  state: z.enum(['running', 'stopped', 'done']),
  canaryPassed: z.boolean(),
  /** Spaces that could not be brought along since it was started or resumed. */
  failures: z.int(),
  stoppedBy: z.enum(errorCodes).nullable(),
});
export type SweepState = z.infer<typeof SweepState>;

export interface SweepFile {
  /** Null where there never was a sweep. */
  read(): SweepState | null;
  write(state: SweepState): Promise<void>;
}

/** @param path e.g. `<data>/migration.json` */
export async function openSweepFile(path: string): Promise<SweepFile> {
  let current: SweepState | null = null;
  try {
    current = SweepState.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // None yet, or none of ours: the book says what is left to do.
  }
  return {
    read: () => current,
    async write(state) {
      current = state;
      await writeDurably(path, Buffer.from(`${JSON.stringify(state)}\n`));
    },
  };
}
