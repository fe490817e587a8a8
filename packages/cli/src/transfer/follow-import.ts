/**
 * Watches one import until it ends. The job is the server's: a broken connection costs it nothing, so this looks
 * again until the server has been away for too long.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@vivim/contract/client';
import { AppError, type ErrorCode } from '@vivim/contract/errors';
import type { ImportId } from '@vivim/contract/ids';
import { type ImportRun, type ImportState, SpaceEvent } from '@vivim/contract/imports';
import { CliError } from '../cli-error.ts';
import { eventData, textChunks } from './server-sent-events.ts';

const ended = new Set<ImportState>(['done', 'failed', 'cancelled']);
export const hasEnded = (run: ImportRun): boolean => ended.has(run.state);

const passing = new Set<ErrorCode>([
  'engine_unavailable',
  'engine_timeout',
  'rate_limited',
  'version_conflict',
  'internal',
]);

/** May the same question be answered later? */
function mayPass(error: unknown): boolean {
  if (error instanceof AppError) return passing.has(error.code);
  if (error instanceof CliError) return error.failure === 'unreachable';
  // A stream that broke while it was read.
  return error instanceof TypeError;
}

/** Milliseconds between looks while the server stays away: about a minute in all. */
const patience = [250, 500, 1_000, 2_000, 4_000, 5_000, 10_000, 15_000, 20_000] as const;

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
