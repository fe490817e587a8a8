/**
 * Has the entries of a large import drafted in a thread, some way ahead of the one that writes them. Only ever saves time: an
 * entry the thread makes nothing of, for whatever reason, comes without a draft and is read where it is written.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ImportElement } from '../import-run.ts';
import type { RecordDraft } from './draft-record.ts';
import { type DraftSettings, type EntryToDraft, type Parcel, packEntries, unpackDrafts } from './draft-wire.ts';

/** What is handed over at a time, and how far the thread may be ahead. An entry beyond `entryBytes` is read without it. */
const limits = { pieceBytes: 256 * 1024, pieceEntries: 64, pieces: 10, entryBytes: 4 * 1024 ** 2 };
/** A piece takes milliseconds. A thread that says nothing for so long does not come back. */
const patienceMs = 30_000;

/** Threads of this process: one processor stays for what people ask. */
let running = 0;

export class DraftThread {
  readonly #worker: Worker;
  readonly #waiting: ((drafts: RecordDraft[] | null) => void)[] = [];
  #watch: NodeJS.Timeout | undefined;
  #ended = false;

  private constructor(settings: DraftSettings) {
    this.#worker = new Worker(new URL(import.meta.resolve('@vivim/engine/capture/drafts/draft-thread')), {
      workerData: settings,
      resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 12 },
    });
    running += 1;
    this.#worker.unref();
    this.#worker.on('message', (drafted: Parcel) => {
      this.#expect();
      this.#waiting.shift()?.(unpackDrafts(drafted));
    });
    // Out of memory, or a fault of ours: whoever reads the entry without the thread finds out and says so.
    this.#worker.on('error', () => {});
    this.#worker.on('exit', () => this.#end());
  }

  /** Null where the machine has no processor to spare. */
  static start(settings: DraftSettings): DraftThread | null {
    return running < availableParallelism() - 1 ? new DraftThread(settings) : null;
  }

  /** @returns a draft for each, or null where the thread is gone */
  draft(entries: readonly EntryToDraft[]): Promise<RecordDraft[] | null> {
    if (this.#ended) return Promise.resolve(null);
    this.#worker.postMessage(packEntries(entries));
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) this.#expect();
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
    this.#end();
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

interface Piece {
  readonly elements: readonly ImportElement[];
  readonly drafts: Promise<RecordDraft[] | null>;
}

/** The same elements in the same order, with their drafts. @throws what reading the elements throws, after all that came before */
export async function* draftedAhead(
  elements: AsyncIterator<ImportElement, void>,
  thread: DraftThread,
): AsyncGenerator<ImportElement, void> {
  const pieces: Piece[] = [];
  let end: { readonly error?: unknown } | null = null;
  for (;;) {
    while (end === null && pieces.length < limits.pieces) {
      const taken = await take(elements);
      end = taken.end;
      if (taken.elements.length > 0)
        pieces.push({ elements: taken.elements, drafts: handOver(taken.elements, thread) });
    }
    const piece = pieces.shift();
    if (piece === undefined) break;
    const drafts = await piece.drafts;
    for (const [ix, element] of piece.elements.entries()) {
      const draft = drafts?.[ix];
      yield draft === undefined ? element : { ...element, draft };
    }
  }
  if (end?.error !== undefined) throw end.error;
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

/** Drafts of those at the beginning that are for the thread. */
function handOver(elements: readonly ImportElement[], thread: DraftThread): Promise<RecordDraft[] | null> {
  const entries = elements.flatMap((element): EntryToDraft[] =>
    isForThread(element) && element.bytes !== null
      ? [{ source: element.stream.source, bytes: element.bytes, twin: element.twin ?? 0 }]
      : [],
  );
  return entries.length === 0 ? Promise.resolve(null) : thread.draft(entries);
}
