/** A thread that spoils files of one source after another until it is stopped. Says what it begins before it begins it. */
import { rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '@vivim/contract/clock';
import type { Source } from '@vivim/contract/conversation';
import { createUserSpace } from '@vivim/engine/space/user-space';
import { benchLocation } from '../bench/space-files.ts';
import { fuzzSource } from '../kit/fuzz.ts';

export interface FuzzOrders {
  readonly scratch: string;
  readonly sources: readonly Source[];
  readonly seed: number;
  readonly untilMs: number;
}
export interface Begun {
  readonly source: Source;
  readonly seed: number;
}

export const amounts = { reads: 200, imports: 10 };

async function fuzz({ scratch, sources, seed, untilMs }: FuzzOrders): Promise<void> {
  // Each round has a seed of its own, so that the last one said plays what broke again.
  for (let round = 0; ; round += 1) {
    for (const source of sources) {
      if (round > 0 && systemClock() >= untilMs) return;
      parentPort?.postMessage({ source, seed: seed + round } satisfies Begun);
      const location = benchLocation(scratch);
      const space = createUserSpace(location, systemClock);
      await fuzzSource(space, { source, seed: seed + round, ...amounts });
      space.close();
      rmSync(location.directory, { recursive: true });
    }
  }
}

await fuzz(workerData as FuzzOrders);
