/**
 * Files on their way in, in as many pieces as it takes: rows and spool in step. What a row says was received lies on the disk for
 * good, so whatever dies goes on from there. One sender at a time. Never looks into a file.
 */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { limits } from '@vivim/contract/http';
import type { ImportId } from '@vivim/contract/ids';
import { uploadIdleMs } from '@vivim/contract/tus';
import type { SpaceEvents } from '../events.ts';
import type { Spool } from '../space/spool.ts';
import type { UploadRow } from '../space/stores/uploads.ts';
import type { UserSpace } from '../space/user-space.ts';
import { received } from './received.ts';

export interface UploadsDeps {
  readonly space: UserSpace;
  readonly spool: Spool;
  readonly events: SpaceEvents;
  readonly clock: Clock;
  /** Say that there is work. */
  readonly wake: () => void;
}

/** Where an upload stands. */
export interface Standing {
  readonly received: number;
  readonly bytes: number;
  /** Null once it is whole. */
  readonly upload: UploadRow | null;
}

export interface Piece {
  /** Where it begins. */
  readonly at: number;
  readonly bytes: ReadableStream<Uint8Array>;
  /** What the sender announced, or null. */
  readonly contentLength: number | null;
  readonly signal: AbortSignal;
}

interface Sender {
  readonly stop: AbortController;
  readonly ended: Promise<unknown>;
  heardMs: number;
}

/** A sender that has said nothing for so long may be one whose line is dead: another takes over. Milliseconds. */
const silentMs = 10_000;
const days = uploadIdleMs / 86_400_000;

export class Uploads {
  readonly #deps: UploadsDeps;
  readonly #senders = new Map<ImportId, Sender>();

  constructor(deps: UploadsDeps) {
    this.#deps = deps;
  }

  /** @throws AppError `import_too_large`, `import_empty`, `quota_exceeded` */
  async assertWelcome(bytes: number): Promise<void> {
    if (bytes === 0) throw new AppError('import_empty');
    if (bytes > limits.upload)
      throw new AppError('import_too_large', `A file may hold ${limits.upload / 1024 ** 3} GiB.`);
    await this.expire();
    const promised = this.#deps.space.read((r) => r.uploads.promised());
    await this.#deps.spool.assertRoom(bytes + promised, this.#room);
  }

  /** @throws AppError `not_found` for what was never begun, was given up, or ended before it was whole */
  async standing(id: ImportId): Promise<Standing> {
    await this.expire();
    const { upload, run } = this.#deps.space.read((r) => ({ upload: r.uploads.find(id), run: r.imports.find(id) }));
    if (upload !== null) return { received: upload.received, bytes: upload.bytes, upload };
    if (run === null || run.state === 'receiving' || run.state === 'cancelled' || run.fileBytes === 0)
      throw new AppError('not_found');
    return { received: run.fileBytes, bytes: run.fileBytes, upload: null };
  }

  /**
   * Take a piece in; with the last one the import is queued.
   * @throws AppError `not_found`, `upload_busy`, `upload_offset_wrong`, `import_too_large`, `import_incomplete` where the sender
   *   left, `quota_exceeded`, `import_not_active` where it was given up meanwhile. What had arrived is kept.
   */
  async append(id: ImportId, piece: Piece): Promise<Standing> {
    await this.#takeOver(id);
    const { upload, ...standing } = await this.standing(id);
    if (piece.at !== standing.received)
      throw new AppError('upload_offset_wrong', `${standing.received} bytes have arrived, not ${piece.at}.`);
    if (piece.at + (piece.contentLength ?? 0) > standing.bytes)
      throw new AppError('import_too_large', `The upload was begun for ${standing.bytes} bytes.`);
    if (upload === null) return { ...standing, upload };
    // Two that waited for the same silent one: the first of them sends.
    if (this.#senders.has(id)) throw new AppError('upload_busy');
    const ended = Promise.withResolvers<void>();
    const sender: Sender = { stop: new AbortController(), ended: ended.promise, heardMs: this.#deps.clock() };
    this.#senders.set(id, sender);
    try {
      await this.#receive(upload, piece, sender);
    } finally {
      this.#senders.delete(id);
      ended.resolve();
    }
    return this.standing(id);
  }

  /** Whoever is sending is stopped; afterwards the row can go, and the file with it. */
  async stop(id: ImportId): Promise<void> {
    const sender = this.#senders.get(id);
    sender?.stop.abort();
    await sender?.ended;
  }

  /** Give up what nobody went on with. */
  async expire(): Promise<void> {
    const { space, clock } = this.#deps;
    const left = space.read((r) => r.uploads.untouchedSince(clock() - uploadIdleMs));
    for (const { id } of left) {
      if (this.#senders.has(id)) continue;
      await this.#giveUp(id, `Nobody went on with the upload for ${days} days; what had arrived was removed.`);
    }
  }

  /** After a start: give up uploads whose file is not what their row says, as it is in a space that was put back. */
  async recover(): Promise<void> {
    const { space, spool } = this.#deps;
    for (const { id, received } of space.read((r) => r.uploads.all())) {
      const there = (await spool.size(id)) ?? 0;
      if (there < received && !this.#senders.has(id))
        await this.#giveUp(id, 'What had arrived of the file is not there any more. Send it again.');
    }
    await this.expire();
  }

  readonly #room = (): number => this.#deps.space.location.quotaBytes - this.#deps.space.bytes;

  async #receive({ id, bytes: whole }: UploadRow, { at, bytes, signal }: Piece, sender: Sender): Promise<void> {
    const { space, spool, clock } = this.#deps;
    const stop = AbortSignal.any([signal, sender.stop.signal]);
    const heard = () => {
      sender.heardMs = clock();
    };
    await spool.append(id, at, received(bytes, stop, heard), {
      limit: whole,
      room: this.#room,
      onDurable: (total, sha256) => {
        const went = space.write((w) =>
          total === whole
            ? w.uploads.find(id) !== null && w.imports.queue({ id, bytes: total, sha256 })
            : w.uploads.moveOn(id, total, clock()),
        );
        if (!went) throw new AppError('import_not_active');
        this.#tell(id);
        if (total === whole) this.#deps.wake();
      },
    });
  }

  /** @throws AppError `upload_busy` where somebody else is sending */
  async #takeOver(id: ImportId): Promise<void> {
    const sender = this.#senders.get(id);
    if (sender === undefined) return;
    if (this.#deps.clock() - sender.heardMs < silentMs) throw new AppError('upload_busy');
    await this.stop(id);
  }

  async #giveUp(id: ImportId, detail: string): Promise<void> {
    const { space, spool, clock } = this.#deps;
    space.write((w) => w.imports.giveUp(id, { code: 'import_incomplete', detail }, clock()));
    await spool.remove(id);
    this.#tell(id);
  }

  #tell(id: ImportId): void {
    const run = this.#deps.space.read((r) => r.imports.find(id));
    if (run !== null) this.#deps.events.emit({ type: 'import', run });
  }
}
