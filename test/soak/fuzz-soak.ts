/** Spoiled files of every source for ten minutes unless said otherwise. What breaks is told with the seed that plays it again. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Source, sources } from '@vivim/contract/conversation';
import { readArguments } from '../../scripts/arguments.ts';
import type { Begun, FuzzOrders } from './fuzz-worker.ts';
import type { Soak } from './soak-shape.ts';

/** A thread that says nothing for so long hangs: one of its rounds takes seconds. */
const silenceMs = 180_000;
const heapMb = 512;

export const fuzzSoak: Soak = {
  prepare(args) {
    const { values } = readArguments({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '10' },
        seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
        source: { type: 'string' },
      },
    });
    const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
    const chosen = sources.filter((source) => values.source === undefined || source === values.source);
    if (!(minutes > 0) || !Number.isInteger(seed) || chosen.length === 0) return null;
    return () => fuzz(chosen, seed, minutes);
  },
};

async function fuzz(chosen: readonly Source[], seed: number, minutes: number): Promise<boolean> {
  const scratch = mkdtempSync(join(tmpdir(), 'vivim-fuzz-'));
  process.stdout.write(`Fuzzing ${chosen.length} sources from seed ${seed} on.\n`);
  const rounds = new Map<Source, number>();
  try {
    const wrong = await watched({ scratch, sources: chosen, seed, untilMs: Date.now() + minutes * 60_000 }, rounds);
    const counted = [...rounds].map(([source, count]) => `${source} ${count}`).join(', ');
    process.stdout.write(`Rounds begun: ${counted}.\n`);
    if (wrong !== null) process.stdout.write(`${wrong}\n`);
    return wrong === null;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Watched from outside the thread, which could not tell that it hangs or ran out of memory. @returns what went wrong, or null */
function watched(orders: FuzzOrders, rounds: Map<Source, number>): Promise<string | null> {
  const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), {
    workerData: orders,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  return new Promise((resolve) => {
    let at: Begun | null = null;
    const told = (what: string) => {
      clearTimeout(silence);
      const again = at === null ? '' : `npm run soak -- fuzz --minutes 0.1 --source ${at.source} --seed ${at.seed}\n`;
      resolve(`${again}${what}`);
      void worker.terminate();
    };
    const hangs = () => told('It hangs.');
    let silence = setTimeout(hangs, silenceMs);
    worker.on('message', (begun: Begun) => {
      at = begun;
      rounds.set(begun.source, (rounds.get(begun.source) ?? 0) + 1);
      clearTimeout(silence);
      silence = setTimeout(hangs, silenceMs);
    });
    worker.on('error', (error) => told(error instanceof Error ? (error.stack ?? error.message) : String(error)));
    worker.on('exit', (code) => {
      clearTimeout(silence);
      if (code === 0) resolve(null);
      else told(`The thread ended with ${code}.`);
    });
  });
}
