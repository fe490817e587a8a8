/**
 * A made-up person's conversations, for trying VIVIM out before one's own are here. They come in as any export does, so what is
 * seen of them is what one will see of one's own, and they go as any import is erased.
 */
import type { ImportRun } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import { api } from './client.ts';
import { outgoingFile } from './outgoing.ts';
import { type Sample, sampleExport } from './sample-export.ts';
import { uploadQueue } from './upload-queue.ts';

/** The name its import goes by. */
export const sampleName = 'vivim-sample-conversations.json';
const address = '/sample/conversations.json';
/** Sends the sample on its way, where files go. @throws TypeError where the server is out of reach */
export async function bringSample(nowMs: number): Promise<void> {
  const answer = await fetch(address);
  if (!answer.ok) throw new TypeError(`${address} answered ${answer.status}`);
  const sample = (await answer.json()) as Sample;
  const file = new File([JSON.stringify(sampleExport(sample, nowMs))], sampleName, { type: 'application/json' });
  uploadQueue.add([outgoingFile(file)]);
}

/** Imports that brought the sample and still have it. */
export const sampleRuns = (runs: readonly ImportRun[]): ImportRun[] =>
  runs.filter((run) => run.fileName === sampleName && run.erasedAt === null && run.state !== 'receiving');

export const eraseSample = (runs: readonly ImportRun[]): Promise<unknown> =>
  api.erase({ body: { kind: 'import', ids: runs.map(({ id }) => id) }, idempotencyKey: uuidv7() });
