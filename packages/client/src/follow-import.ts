/**
 * Watches one import until it ends. The job is the server's: a broken connection costs it nothing, so this looks
 * again until the server has been away for too long.
 */
import type { ImportId } from '@vivim/contract/ids';
import type { ImportRun, ImportState } from '@vivim/contract/imports';
import type { Client } from './client.ts';
import { eventsIn } from './events.ts';

const ended = new Set<ImportState>(['done', 'failed', 'cancelled']);
export const hasEnded = (run: ImportRun): boolean => ended.has(run.state);

export interface Following {
  /** Called with each state of the run, the last one included. */
  readonly onRun: (run: ImportRun) => void;
  readonly signal: AbortSignal;
  /** Whether the same question may be answered later. */
  readonly mayPass: (error: unknown) => boolean;
  /** Milliseconds between looks while nothing moves; after the last the error is thrown. */
  readonly patience: readonly number[];
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** @returns the run as it ended @throws AppError, or what `client` threw, once patience is out */
export async function followImport(
  client: Pick<Client, 'streamImport' | 'getImport'>,
  id: ImportId,
  { onRun, signal, mayPass, patience, wait }: Following,
): Promise<ImportRun> {
  let failures = 0;
  for (;;) {
    try {
      for await (const event of eventsIn(await client.streamImport({ params: { id }, signal }))) {
        if (event.type !== 'import' || event.run.id !== id) continue;
        failures = 0;
        onRun(event.run);
        if (hasEnded(event.run)) return event.run;
      }
      const run = await client.getImport({ params: { id }, signal });
      onRun(run);
      if (hasEnded(run)) return run;
    } catch (error) {
      if (signal.aborted || !mayPass(error) || failures >= patience.length) throw error;
    }
    await wait(patience[Math.min(failures, patience.length - 1)] ?? 0, signal);
    failures += 1;
  }
}
