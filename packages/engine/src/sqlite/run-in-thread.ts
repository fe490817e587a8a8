/** Runs a copy job in a thread of its own, and ends the thread with whoever waits for it. */
import { Worker } from 'node:worker_threads';
import type { CopyFacts, CopyJob } from './copy.ts';

/** What went wrong in the thread: SQLite's symbolic code, the system's, or `unsound`. */
export class CopyFailure extends Error {
  override readonly name = 'CopyFailure';
  readonly code: string;

  constructor(code: string) {
    super(`the copy failed: ${code}`);
    this.code = code;
  }
}

interface Answer {
  readonly facts?: CopyFacts;
  readonly code?: string;
}

/**
 * @param signal ends the thread; SQLite first finishes the statement it is in
 * @throws CopyFailure
 */
export function runInThread(job: CopyJob, signal: AbortSignal): Promise<CopyFacts> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.resolve('@vivim/engine/sqlite/copy-thread')), {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
    });
    const stop = () => void thread.terminate();
    signal.addEventListener('abort', stop, { once: true });
    thread.once('message', ({ facts, code }: Answer) =>
      facts === undefined ? reject(new CopyFailure(code ?? 'unsound')) : resolve(facts),
    );
    thread.once('error', reject);
    thread.once('exit', () => {
      signal.removeEventListener('abort', stop);
      reject(new CopyFailure('ended'));
    });
  });
}
