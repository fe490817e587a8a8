/** The thread drafts are made in: entries in, drafts out, in order. Reads no file, opens no database, ends when it is told. */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { draftRecord } from './draft-record.ts';
import {
  type Contexts,
  claimed,
  type DraftOrder,
  type DraftSettings,
  type EntryParcel,
  packDraft,
  packDrafts,
  unpackEntries,
} from './draft-wire.ts';

/** On Linux a priority is a thread's own: the one that writes, and answers, goes first. Others' engines are the gateway's matter (processor-share.ts). */
if (process.platform === 'linux') setPriority(10);

const { claims } = workerData as DraftSettings;
let contexts: Contexts = new Map();

parentPort?.on('message', (order: DraftOrder) => {
  if ('contexts' in order) contexts = order.contexts;
  else draft(order);
});

function draft(parcel: EntryParcel): void {
  // The one that waits had nothing else to do.
  if (!claimed(claims, parcel.claim)) {
    parentPort?.postMessage(null);
    return;
  }
  const drafts = unpackEntries(parcel).map(({ source, bytes, twin }) => {
    const context = contexts.get(source);
    if (context === undefined) throw new Error('The thread was not told of this source.');
    return packDraft(draftRecord(source, bytes, context, twin));
  });
  parentPort?.postMessage(packDrafts(drafts));
}
