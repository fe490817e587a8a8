/** The thread drafts are made in: entries in, drafts out, in order. Reads no file, opens no database, ends when it is told. */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { draftRecord } from './draft-record.ts';
import { claimed, type DraftSettings, type EntryParcel, packDraft, packDrafts, unpackEntries } from './draft-wire.ts';

/** On Linux a priority is a thread's own: the one that writes, and answers, goes first. Others' engines are the gateway's matter (processor-share.ts). */
if (process.platform === 'linux') setPriority(10);

const { contexts, claims } = workerData as DraftSettings;

parentPort?.on('message', (parcel: EntryParcel) => {
  // The one that waits had nothing else to do.
  if (!claimed(claims, parcel.claim)) return parentPort?.postMessage(null);
  const drafts = unpackEntries(parcel).map(({ source, bytes, twin }) => {
    const context = contexts.get(source);
    if (context === undefined) throw new Error('The thread was not told of this source.');
    return packDraft(draftRecord(source, bytes, context, twin));
  });
  parentPort?.postMessage(packDrafts(drafts));
});
