/** Bring a file into a space the way an engine does: upload, spool, durable job; without a server in between. */
import type { Clock } from '@vivim/contract/clock';
import { systemClock } from '@vivim/contract/clock';
import type { ImportRun, ImportSource } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import { tus, uploadMetadata } from '@vivim/contract/tus';
import { ImportTask } from '@vivim/engine/capture/import';
import { Uploads } from '@vivim/engine/capture/uploads';
import { redactConversation } from '@vivim/engine/erasure/redact-conversation';
import { SpaceEvents } from '@vivim/engine/events';
import type { Call } from '@vivim/engine/http/handler';
import { importHandlers } from '@vivim/engine/http/imports';
import { uploadHandlers } from '@vivim/engine/http/uploads';
import { type ByteFile, Spool } from '@vivim/engine/space/spool';
import type { UserSpace } from '@vivim/engine/space/user-space';
import { closeWith } from './open-files.ts';

export interface Upload {
  readonly bytes?: Uint8Array | string;
  /** In place of `bytes`, for a file too large to hold. */
  readonly stream?: ReadableStream<Uint8Array>;
  readonly name?: string;
  readonly source?: ImportSource;
  /** What the client says the length is, where that is not the truth. */
  readonly contentLength?: number | null;
  readonly key?: string;
  /** Key of the watched file it is. */
  readonly watched?: string;
  readonly signal?: AbortSignal;
}

/** A stream in pieces of odd sizes, as a network gives them. */
export function pieces(bytes: Uint8Array, size = 61_001): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + size));
      at += size;
    },
  });
}

/** @param draftFrom bytes from which a thread helps, where it is not as usual */
export function newCapture(space: UserSpace, clock: Clock = systemClock, draftFrom?: number) {
  const spool = new Spool(space.location);
  const events = new SpaceEvents();
  const unexpected: unknown[] = [];
  const task = new ImportTask({
    space,
    spool,
    events,
    clock,
    withholdIn: (w, pk, marks, nowMs) => redactConversation(w, pk, marks, nowMs).changed,
    onUnexpected: (error) => unexpected.push(error),
    ...(draftFrom === undefined ? {} : { draftFrom }),
  });
  closeWith(space, task);
  const uploads = new Uploads({ space, spool, events, clock, wake: () => {} });
  const handlers = {
    ...importHandlers({ space, spool, uploads, events, clock, wake: () => {}, stepEnded: () => task.stepEnded() }),
    ...uploadHandlers({ space, spool, uploads, clock }),
  };
  const never = new AbortController().signal;

  const uploadWatched = async (name: string, watched: string, bytes: Buffer): Promise<ImportRun> => {
    const metadata = uploadMetadata({ fileName: name, source: null, head: null, watched });
    const call = {
      headers: { 'tus-resumable': tus.version, 'upload-length': bytes.length, 'upload-metadata': metadata },
      upload: { bytes: pieces(bytes), contentLength: bytes.length, mediaType: tus.mediaType },
      verb: { id: uuidv7(), operation: 'createUpload', requestHash: 'the same' },
      signal: never,
    };
    const { headers } = await handlers.createUpload(call as unknown as Call<'createUpload'>);
    const id = headers.location?.split('/').at(-1) as ImportRun['id'];
    const run = space.read((r) => r.imports.find(id));
    if (run === null) throw new Error('The upload is gone.');
    return run;
  };
  const upload = (file: Upload): Promise<ImportRun> => {
    const bytes = Buffer.from((file.bytes ?? '') as Uint8Array);
    if (file.watched !== undefined) return uploadWatched(file.name ?? 'conversations.json', file.watched, bytes);
    const call = {
      params: {},
      query: { fileName: file.name ?? 'conversations.json', ...(file.source ? { source: file.source } : {}) },
      body: undefined,
      upload: {
        bytes: file.stream ?? pieces(bytes),
        contentLength: file.contentLength === undefined ? bytes.length : file.contentLength,
      },
      verb: { id: file.key ?? uuidv7(), operation: 'createImport', requestHash: 'the same' },
      signal: file.signal ?? never,
    };
    return Promise.resolve(handlers.createImport(call as unknown as Call<'createImport'>));
  };
  /** Work until nothing waits. */
  const work = async (): Promise<void> => {
    while (task.pending() > 0) await task.step(never);
  };
  /** Upload a file, import it, and answer with the run as it ended. */
  const bring = async (file: Upload | string): Promise<ImportRun> => {
    const { id } = await upload(typeof file === 'string' ? { bytes: file } : file);
    await work();
    if (unexpected.length > 0) throw unexpected[0];
    const run = space.read((r) => r.imports.find(id));
    if (run === null) throw new Error('The run is gone.');
    return run;
  };
  return { spool, uploads, events, task, handlers, unexpected, upload, work, bring };
}

/** Bytes in memory as a file that can be read from anywhere. */
export const fileOf = (bytes: Buffer): ByteFile => ({
  size: bytes.length,
  read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  async *stream(start = 0, end = bytes.length) {
    for (let at = start; at < end; at += 4096) yield bytes.subarray(at, Math.min(end, at + 4096));
  },
  close: () => Promise.resolve(),
});
