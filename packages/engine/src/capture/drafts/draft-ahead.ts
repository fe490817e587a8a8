/**
 * Has the entries of a large import drafted in a thread, some way ahead of the one that writes them. Only ever saves time: an
 * entry the thread makes nothing of, for whatever reason, comes without a draft and is read where it is written.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ImportElement } from '../import-run.ts';
import { draftRecord, type RecordDraft } from './draft-record.ts';
import {
  type Contexts,
  claimed,
  type DraftOrder,
  type DraftParcel,
  type DraftSettings,
  type EntryToDraft,
  packEntries,
  unpackDrafts,
} from './draft-wire.ts';

/**
 * What is handed over at a time, and how far the thread may be ahead: so many pieces, and no other once so many bytes wait, whose
 * drafts lie in memory beside them. An entry beyond `entryBytes` is read without it.
 */
const limits = {
  pieceBytes: 256 * 1024,
  pieceEntries: 64,
  pieces: 10,
  aheadBytes: 6 * 1024 ** 2,
  entryBytes: 4 * 1024 ** 2,
};
/** Parcels on their way at once: those of the pieces, and some whose answer nobody waits for. */
const places = 64;
/** A piece takes milliseconds. A thread that says nothing for so long does not come back. */
const patienceMs = 30_000;

/** Threads of this process: one processor stays for what people ask. */
let running = 0;

type Drafts = readonly RecordDraft[] | null;

/** A parcel on its way to the thread and back. */
export interface Sent {
  /** A draft for each entry; null where the thread is gone, or was too late. */
  readonly drafts: Promise<Drafts>;
  /** Whether the answer is there, or will never come. */
  isSettled(): boolean;
  /** Keep it from the thread. @returns false where the thread has begun with it */
  takeBack(): boolean;
}

export class DraftThread {
  readonly #worker: Worker;
  readonly #claims = new Int32Array(new SharedArrayBuffer(places * Int32Array.BYTES_PER_ELEMENT));
  readonly #waiting: ((drafts: Drafts) => void)[] = [];
  #contexts: Contexts = new Map();
  #sent = 0;
  #watch: NodeJS.Timeout | undefined;
  #ended = false;

  private constructor() {
    this.#worker = new Worker(new URL(import.meta.resolve('@vivim/engine/capture/drafts/draft-thread')), {
      workerData: { claims: this.#claims } satisfies DraftSettings,
      resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 12 },
    });
    running += 1;
    this.#worker.unref();
    this.#worker.on('message', (drafted: DraftParcel | null) => {
      this.#expect();
      this.#waiting.shift()?.(drafted === null ? null : unpackDrafts(drafted));
    });
    // Out of memory, or a fault of ours: whoever reads the entry without the thread finds out and says so.
    this.#worker.on('error', () => {});
    this.#worker.on('exit', () => this.#end());
  }

  /** Null where the machine has no processor to spare. */
  static start(): DraftThread | null {
    return running < availableParallelism() - 1 ? new DraftThread() : null;
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  /** Say what entries are read with; nothing is drafted before. */
  readWith(contexts: Contexts): this {
    this.#contexts = contexts;
    this.#order({ contexts });
    return this;
  }

  /** Hand entries to the thread. */
  draft(entries: readonly EntryToDraft[]): Sent {
    // Nobody can have so many on the way: the place is free again.
    if (this.#ended || this.#waiting.length >= places) return nowhere;
    const claim = this.#sent++ % places;
    Atomics.store(this.#claims, claim, 0);
    this.#order(packEntries(entries, claim));
    let settled = false;
    const drafts = new Promise<Drafts>((resolve) => {
      this.#waiting.push((drafts) => {
        settled = true;
        resolve(drafts);
      });
      if (this.#waiting.length === 1) this.#expect();
    });
    return { drafts, isSettled: () => settled, takeBack: () => !settled && claimed(this.#claims, claim) };
  }

  /** What the thread would make of entries, made here. Null for those it was not told of. */
  draftHere(entries: readonly EntryToDraft[]): Drafts {
    const drafts: RecordDraft[] = [];
    for (const { source, bytes, twin } of entries) {
      const context = this.#contexts.get(source);
      if (context === undefined) return null;
      drafts.push(draftRecord(source, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), context, twin));
    }
    return drafts;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
    this.#end();
  }

  #order(order: DraftOrder): void {
    this.#worker.postMessage(order);
  }

  /** The thread has as long again for what comes next. */
  #expect(): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#waiting.length > 0 && void this.close(), patienceMs);
    this.#watch.unref();
  }

  #end(): void {
    clearTimeout(this.#watch);
    if (!this.#ended) running -= 1;
    this.#ended = true;
    for (const resolve of this.#waiting.splice(0)) resolve(null);
  }
}

const nowhere: Sent = { drafts: Promise.resolve(null), isSettled: () => true, takeBack: () => false };

interface Piece {
  readonly elements: readonly ImportElement[];
  readonly entries: readonly EntryToDraft[];
  readonly bytes: number;
  readonly sent: Sent;
  /** Made here, because the thread had not come to it. */
  here: Drafts;
}

/**
 * The same elements in the same order, with their drafts. Whoever waits for the next one drafts what the thread has not come to,
 * from the end, so that neither of the two is idle.
 * @throws what reading the elements throws, after all that came before
 */
export async function* draftedAhead(
  elements: AsyncIterator<ImportElement, void>,
  thread: DraftThread,
): AsyncGenerator<ImportElement, void> {
  const pieces: Piece[] = [];
  let end: { readonly error?: unknown } | null = null;
  for (;;) {
    while (end === null && pieces.length < limits.pieces && bytesOf(pieces) < limits.aheadBytes) {
      const taken = await take(elements);
      end = taken.end;
      if (taken.elements.length > 0) pieces.push(handedOver(taken.elements, thread));
    }
    const [piece] = pieces;
    if (piece === undefined) break;
    const drafts = piece.here ?? (await draftsOf(piece, pieces, thread));
    pieces.shift();
    for (const [ix, element] of piece.elements.entries()) {
      const draft = drafts?.[ix];
      yield draft === undefined ? element : { ...element, draft };
    }
  }
  if (end?.error !== undefined) throw end.error;
}

const bytesOf = (all: readonly { readonly bytes: number }[]): number => all.reduce((sum, { bytes }) => sum + bytes, 0);

/** Drafts of the first piece, from wherever they come first. */
async function draftsOf(first: Piece, pieces: readonly Piece[], thread: DraftThread): Promise<Drafts> {
  while (!first.sent.isSettled()) {
    const free = pieces.findLast(({ here, sent }) => here === null && sent.takeBack());
    if (free === undefined) break;
    free.here = thread.draftHere(free.entries);
    if (free === first) return free.here;
    // Others of this engine, and answers of the thread, have their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return first.sent.drafts;
}

/** Entries of one piece: those the thread is not for end it. */
async function take(
  elements: AsyncIterator<ImportElement, void>,
): Promise<{ elements: ImportElement[]; end: { error?: unknown } | null }> {
  const taken: ImportElement[] = [];
  let bytes = 0;
  try {
    while (bytes < limits.pieceBytes && taken.length < limits.pieceEntries) {
      const { value } = await elements.next();
      if (!value) return { elements: taken, end: {} };
      taken.push(value);
      bytes += value.bytes?.length ?? 0;
      if (!isForThread(value)) break;
    }
  } catch (error) {
    return { elements: taken, end: { error } };
  }
  return { elements: taken, end: null };
}

/** The thread was told one context for each source. */
const isForThread = ({ bytes, stream }: ImportElement): boolean =>
  bytes !== null && bytes.length <= limits.entryBytes && stream.beside === undefined && stream.context === undefined;

/** Those at the beginning that are for the thread go to it. */
function handedOver(elements: readonly ImportElement[], thread: DraftThread): Piece {
  const entries = elements.flatMap((element): EntryToDraft[] =>
    isForThread(element) && element.bytes !== null
      ? [{ source: element.stream.source, bytes: element.bytes, twin: element.twin ?? 0 }]
      : [],
  );
  const bytes = elements.reduce((sum, element) => sum + (element.bytes?.length ?? 0), 0);
  return { elements, entries, bytes, sent: entries.length === 0 ? nowhere : thread.draft(entries), here: null };
}
