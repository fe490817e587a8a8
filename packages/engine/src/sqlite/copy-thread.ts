/** The thread copies are made in: one job, one answer, gone. The event loop of the engine stays free meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import { type CopyJob, runCopyJob } from './copy.ts';
import { sqliteCode } from './database.ts';

try {
  parentPort?.postMessage({ facts: runCopyJob(workerData as CopyJob) });
} catch (error) {
  // Of an error its code alone: a message may quote the schema.
  parentPort?.postMessage({ code: sqliteCode(error) ?? (error as NodeJS.ErrnoException).code ?? 'unsound' });
}
