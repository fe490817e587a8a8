/**
 * Watches one import until it ends. The job is the server's: a broken connection costs it nothing, so this looks
 * again until the server has been away for too long.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@vivim/contract/client';
import type { ImportId } from '@vivim/contract/ids';
import { type ImportRun, type ImportState, SpaceEvent } from '@vivim/contract/imports';
import { mayPass, patience } from './patience.ts';
import { eventData, textChunks } from './server-sent-events.ts';

const ended = new Set<ImportState>(['done', 'failed', 'cancelled']);
export const hasEnded = (run: ImportRun): boolean => ended.has(run.state);

/** @param onRun called with each state of the run, the last one included */
export async function followImport(
  client: Client,
  id: ImportId,
  onRun: (run: ImportRun) => void,
  signal: AbortSignal,
): Promise<ImportRun> {
  let failures = 0;
  for (;;) {
    try {
      for await (const run of runsOf(client, id, signal)) {
        failures = 0;
        onRun(run);
        if (hasEnded(run)) return run;
      }
      const run = await client.getImport({ params: { id }, signal });
      onRun(run);
      if (hasEnded(run)) return run;
    } catch (error) {
      if (signal.aborted || !mayPass(error) || failures >= patience.length) throw error;
    }
    await wait(patience[Math.min(failures, patience.length - 1)], undefined, { signal });
    failures += 1;
  }
}

async function* runsOf(client: Client, id: ImportId, signal: AbortSignal): AsyncGenerator<ImportRun> {
  const response = await client.streamImport({ params: { id }, signal });
  for await (const data of eventData(textChunks(response))) {
    const event = SpaceEvent.safeParse(parse(data));
    if (event.success && event.data.type === 'import' && event.data.run.id === id) yield event.data.run;
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
