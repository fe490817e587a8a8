/**
 * Copies of a space on their way out, in `<space>/copies/`: an encrypted one for the operator to keep, a readable one for
 * the owner to take along. One is made at a time, and one handed out: how fast somebody reads theirs keeps no backup from being
 * made. A readable copy never has a name on the disk, and a killed process leaves nothing
 * of it; what it leaves of an encrypted one is removed at the next start.
 */
import { rmSync, statfsSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CopyCounts } from '@vivim/contract/backup';
import { AppError } from '@vivim/contract/errors';
import { randomBytes } from '@vivim/contract/random';
import type { CopyFacts } from '../sqlite/copy.ts';
import { CopyFailure, runInThread } from '../sqlite/run-in-thread.ts';
import { jsonArchive } from './archive/json-archive.ts';
import { RecordReader } from './archive/record-reader.ts';
import { zipStream } from './archive/zip-stream.ts';
import { databasePath, openSpaceCopy, type UserSpace } from './user-space.ts';

/** What a copy is. */
export interface MadeCopy {
  readonly bytes: number;
  readonly schemaVersion: number;
  /** How many writes the space had seen. */
  readonly version: number;
}

/** An archive of a space while it is made; its size is known when it is through. */
export interface StreamedArchive {
  readonly version: number;
  readonly stream: ReadableStream<Uint8Array>;
}

/** An encrypted copy, and how much is in it. */
export interface BackedUp extends MadeCopy {
  readonly counts: CopyCounts;
}

/** A readable copy; reading to the end or cancelling gives everything back. */
export interface ReadableCopy extends MadeCopy {
  readonly stream: ReadableStream<Uint8Array>;
}

/** What its owner did not ask for stays: a copy anybody can read opens no service. */
const withoutKeys = ['UPDATE upstream SET key = NULL', 'UPDATE model_service SET key = NULL'];
/** What was asked for and given is a log of this server, and no part of the memory that leaves it. */
const withoutRecords = ['DELETE FROM assembly', 'DELETE FROM asked', 'DELETE FROM foresight_tally'];
/** The last byte of a copy was read: it is given back a moment later. A slow reader is not waited for. */
const usualPatienceMs = 5_000;
const chunkBytes = 256 * 1024;
/** Left free on the disk beside a copy, so that making one takes nobody's last bytes. */
const spareBytes = 64 * 1024 ** 2;
const ask = `SELECT version, (SELECT count(*) FROM conversation) AS conversations, (SELECT count(*) FROM message) AS messages,
  (SELECT count(*) FROM acu) AS acus, (SELECT count(*) FROM import_run) AS imports FROM space`;

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

export class Copies {
  readonly #space: UserSpace;
  readonly #directory: string;
  readonly #patienceMs: number;
  readonly #abort = new AbortController();
  /** The readable one, until its last byte is read. */
  #underWay: Promise<void> | null = null;
  /** The last that was begun, until it is made. */
  #making: Promise<void> = Promise.resolve();

  /**
   * Clears away what an earlier process left.
   *
   * @param patienceMs how long an export waits for another
   */
  constructor(space: UserSpace, patienceMs = usualPatienceMs) {
    this.#space = space;
    this.#patienceMs = patienceMs;
    this.#directory = join(space.location.directory, 'copies');
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /**
   * Makes an encrypted copy, checked, and leaves it for the gateway to take. Waits while another is made.
   *
   * @param name of a file in `copies/`
   * @throws AppError `quota_exceeded` (no room on the disk), `storage_integrity`
   */
  backUp(name: string): Promise<BackedUp> {
    return this.#copy(join(this.#directory, name), this.#abort.signal);
  }

  /**
   * Makes a readable copy, checks it, and hands out its bytes.
   *
   * @param signal nobody waits any more
   * @param upstreamKeys whether the keys of services go along
   * @throws AppError `space_busy`, `quota_exceeded` (no room in the quota, or on the disk), `storage_integrity`
   */
  async export(signal: AbortSignal, upstreamKeys = false): Promise<ReadableCopy> {
    this.#assertWhole();
    // Nobody takes another until the last byte of this one is read, not just until the first could be.
    const over = await this.#begin(signal);
    try {
      return await this.#readable(AbortSignal.any([signal, this.#abort.signal]), over, upstreamKeys);
    } catch (error) {
      over();
      throw error;
    }
  }

  /**
   * Makes a zip of the space as it is at one moment: made from a copy that has no name, while it is read, a little at a time.
   *
   * @param createdAt ISO 8601
   * @throws AppError as {@link export}
   */
  async archive(
    format: 'json' | 'markdown',
    createdAt: string,
    signal: AbortSignal,
    upstreamKeys = false,
  ): Promise<StreamedArchive> {
    this.#assertWhole();
    const over = await this.#begin(signal);
    try {
      return await this.#zip({ format, createdAt, upstreamKeys }, AbortSignal.any([signal, this.#abort.signal]), over);
    } catch (error) {
      over();
      throw error;
    }
  }

  /** Ends what is under way. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#underWay;
    await this.#making;
  }

  /** What is being erased must not leave once more. */
  #assertWhole(): void {
    if (this.#space.hides)
      throw new AppError(
        'space_busy',
        'An erasure is under way. Export your space once it is over; see vivim erase list.',
      );
  }

  /** Waits a little for one that is as good as over. @returns says that it is over */
  async #begin(signal: AbortSignal): Promise<() => void> {
    const enough = AbortSignal.any([signal, this.#abort.signal, AbortSignal.timeout(this.#patienceMs)]);
    while (this.#underWay !== null && !enough.aborted) await Promise.race([this.#underWay, aborted(enough)]);
    signal.throwIfAborted();
    if (this.#underWay !== null)
      throw new AppError(
        'space_busy',
        'An export is still being read. Ask again when its download has ended, or end it.',
      );
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#underWay = promise;
    return () => {
      if (this.#underWay === promise) this.#underWay = null;
      resolve();
    };
  }

  async #readable(signal: AbortSignal, over: () => void, upstreamKeys: boolean): Promise<ReadableCopy> {
    await this.#assertQuotaRoom();
    const path = join(this.#directory, `export-${Buffer.from(randomBytes(8)).toString('hex')}.db`);
    let file: FileHandle | null = null;
    try {
      const made = await this.#copy(path, signal);
      file = await open(path, 'r');
      const { keyHex } = this.#space.location;
      const without = upstreamKeys ? withoutRecords : [...withoutRecords, ...withoutKeys];
      const { bytes } = await this.#job({ kind: 'decrypt', path, keyHex, without }, signal);
      return { ...made, bytes, stream: streamOf(file, signal, over) };
    } catch (error) {
      await file?.close();
      await rm(path, { force: true });
      throw error;
    }
  }

  async #zip(
    asked: { readonly format: 'json' | 'markdown'; readonly createdAt: string; readonly upstreamKeys: boolean },
    signal: AbortSignal,
    over: () => void,
  ): Promise<StreamedArchive> {
    const { format, createdAt, upstreamKeys } = asked;
    await this.#assertQuotaRoom();
    const { location } = this.#space;
    // Loaded when it is asked for: an idle engine stays small.
    const { markdownArchive } = await import('./archive/markdown-archive.ts');
    const { default: MarkdownIt } = await import('markdown-it');
    const path = join(this.#directory, `archive-${Buffer.from(randomBytes(8)).toString('hex')}.db`);
    const { version, schemaVersion } = await this.#copy(path, signal);
    const connection = openSpaceCopy(path, location);
    // Read on under no name: a killed engine leaves no copy, and this one is encrypted besides.
    await rm(path, { force: true });
    const reader = new RecordReader(connection);
    const members =
      format === 'json'
        ? jsonArchive(reader, {
            spaceKeyHex: location.keyHex,
            schemaVersion,
            spaceVersion: version,
            createdAt,
            upstreamKeys,
          })
        : markdownArchive(reader, new MarkdownIt());
    const stream = zipStream(members, new Date(createdAt), signal, () => {
      connection.close();
      over();
    });
    return { version, stream };
  }

  /** One after the other: each needs room on the disk and reads all of the space. */
  async #copy(target: string, signal: AbortSignal): Promise<BackedUp> {
    const before = this.#making;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#making = promise;
    await before;
    try {
      this.#assertDiskRoom();
      return await this.#copied(target, signal);
    } finally {
      resolve();
    }
  }

  async #copied(target: string, signal: AbortSignal): Promise<BackedUp> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const { directory, keyHex } = this.#space.location;
    try {
      const facts = await this.#job({ kind: 'copy', source: databasePath(directory), target, keyHex, ask }, signal);
      const number = (name: string) => Number(facts.asked[name]);
      const counts = {
        conversations: number('conversations'),
        messages: number('messages'),
        acus: number('acus'),
        imports: number('imports'),
      };
      return { bytes: facts.bytes, schemaVersion: facts.schemaVersion, version: number('version'), counts };
    } catch (error) {
      for (const path of [target, `${target}-journal`]) await rm(path, { force: true });
      throw error;
    }
  }

  async #job(job: Parameters<typeof runInThread>[0], signal: AbortSignal): Promise<CopyFacts> {
    try {
      return await runInThread(job, signal);
    } catch (error) {
      throw signal.aborted ? new AppError('engine_unavailable', undefined, { cause: error }) : inWords(error);
    }
  }

  /** A copy counts like an upload: together with what is there it stays within what the person may use. */
  async #assertQuotaRoom(): Promise<void> {
    const { directory, quotaBytes } = this.#space.location;
    const spooled = await bytesIn(join(directory, 'spool'));
    const { bytes } = this.#space;
    if (spooled + bytes * 2 <= quotaBytes) return;
    throw new AppError(
      'quota_exceeded',
      'There is no room in your quota for a copy of your space while it is sent. Ask the operator for more.',
    );
  }

  #assertDiskRoom(): void {
    const { bavail, bsize } = statfsSync(this.#space.location.directory);
    if (bavail * bsize >= this.#space.bytes + spareBytes) return;
    throw new AppError('quota_exceeded', 'There is no room on the disk of the server for a copy of your space.');
  }
}

async function bytesIn(directory: string): Promise<number> {
  let sum = 0;
  for (const name of await readdir(directory).catch(() => []))
    sum += (await stat(join(directory, name)).catch(() => null))?.size ?? 0;
  return sum;
}

function inWords(error: unknown): unknown {
  if (!(error instanceof CopyFailure)) return error;
  const { code } = error;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return new AppError('quota_exceeded', 'The disk of the server filled up; nothing was kept.', { cause: error });
  if (code === 'unsound' || /^SQLITE_(CORRUPT|NOTADB)/.test(code))
    return new AppError('storage_integrity', 'A copy was made and is not sound; nothing was sent.', { cause: error });
  return error;
}

/** From the first byte to the last, then everything is given back; also when the reader leaves or `signal` aborts. */
function streamOf(file: FileHandle, signal: AbortSignal, over: () => void): ReadableStream<Uint8Array> {
  let place = 0;
  let ended = false;
  const end = async () => {
    if (ended) return;
    ended = true;
    await file.close();
    over();
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      signal.addEventListener('abort', () => void end().finally(() => controller.error(signal.reason)));
    },
    async pull(controller) {
      if (ended) return;
      const chunk = new Uint8Array(chunkBytes);
      const { bytesRead } = await file.read(chunk, 0, chunkBytes, place);
      if (ended) return;
      place += bytesRead;
      if (bytesRead > 0) return controller.enqueue(chunk.subarray(0, bytesRead));
      await end();
      controller.close();
    },
    cancel: end,
  });
}
