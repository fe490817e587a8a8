/**
 * Uploaded files on their way in: `<space>/spool/<import id>`, encrypted, readable at any place, gone when the import
 * ends. A file can be appended to at any byte. Never holds a file in memory and never writes a byte in the clear.
 */
import {
  type Cipheriv,
  createCipheriv,
  createDecipheriv,
  createHash,
  type Decipheriv,
  type Hash,
  hkdfSync,
} from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@vivim/contract/errors';
import type { ImportId } from '@vivim/contract/ids';
import { randomBytes } from '@vivim/contract/random';
import type { SpaceLocation } from './user-space.ts';

/** AES-256 in counter mode (NIST SP 800-38A, section 6.5): any block can be decrypted alone, which a zip needs. */
const cipher = 'aes-256-ctr';
const blockBytes = 16;
/** The file begins with its initial counter block. */
const headerBytes = blockBytes;
const pieceBytes = 1024 ** 2;
/** While a file arrives, it is made sure of after so many bytes. */
const durableBytes = 8 * 1024 ** 2;

/** Bytes that can be read from anywhere. */
export interface ByteFile {
  readonly size: number;
  read(offset: number, length: number): Promise<Buffer>;
  /** From `start` up to `end` (exclusive), in pieces; the next one is read while one is worked on. */
  stream(start?: number, end?: number): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

export interface ReceiveOptions {
  /** Bytes. */
  readonly limit: number;
  /** What the sender announced, or null. */
  readonly contentLength: number | null;
  /** Bytes the spool may hold at this moment, with what is in it already. Asked again and again. */
  readonly room: () => number;
}

export interface AppendOptions {
  /** Bytes of the whole file. */
  readonly limit: number;
  readonly room: () => number;
  /**
   * Told each time all bytes up to `total` lie on the disk for good; what it throws ends the appending.
   * @param sha256 of all of them; null where that would take reading them again
   */
  readonly onDurable: (total: number, sha256: string | null) => void;
}

export class Spool {
  readonly #directory: string;
  readonly #spaceKey: Buffer;
  /** Uploads under way: a sweep leaves them alone. */
  readonly #arriving = new Set<string>();
  /** Hashes of files that grow, up to a byte: lost with the process, made again from the file then. */
  readonly #digests = new Map<string, { readonly at: number; readonly hash: Hash }>();

  #much: { readonly bytes: number; readonly tell: () => void } | null = null;

  constructor(location: Pick<SpaceLocation, 'directory' | 'keyHex'>) {
    this.#directory = join(location.directory, 'spool');
    this.#spaceKey = Buffer.from(location.keyHex, 'hex');
  }

  /** Have it said of each file that more than so many bytes of it are here, while it arrives: once for each piece of it. */
  onMuch(bytes: number, tell: () => void): void {
    this.#much = { bytes, tell };
  }

  /**
   * Take a file in, in one piece.
   * @returns its size and the SHA-256 of what was sent
   * @throws AppError `import_too_large`, `import_empty`, `import_incomplete`, `quota_exceeded`; nothing is left behind then
   */
  async receive(
    id: ImportId,
    bytes: AsyncIterable<Uint8Array>,
    options: ReceiveOptions,
  ): Promise<{ bytes: number; sha256: string }> {
    const { contentLength, limit, room } = options;
    if (contentLength !== null && contentLength > limit) throw tooLarge(limit);
    // Before the first pause: a sweep may begin in any.
    this.#arriving.add(id);
    try {
      await this.assertRoom(contentLength ?? 0, room);
      const received = { bytes: 0, sha256: '' };
      await this.append(id, 0, bytes, {
        limit,
        room,
        onDurable(total, sha256) {
          received.bytes = total;
          received.sha256 = sha256 ?? '';
        },
      });
      if (received.bytes === 0 && (contentLength ?? 0) === 0) throw new AppError('import_empty');
      if (contentLength !== null && received.bytes !== contentLength)
        throw incomplete(`${received.bytes} of ${contentLength} bytes arrived.`);
      return received;
    } catch (error) {
      await this.remove(id);
      throw error;
    } finally {
      this.#arriving.delete(id);
    }
  }

  /**
   * Append to a file from a byte on; what lies beyond that byte is cut off, and from byte 0 the file begins anew. What arrived
   * before the sender left is kept.
   * @throws AppError `import_too_large`, `import_incomplete`, `quota_exceeded`; what `onDurable` throws
   */
  async append(id: ImportId, at: number, bytes: AsyncIterable<Uint8Array>, options: AppendOptions): Promise<void> {
    this.#arriving.add(id);
    let file: FileHandle | null = null;
    try {
      file = at === 0 ? await this.#create(id) : await this.#reopen(id, at);
      await this.#write(file, id, at, bytes, options);
    } catch (error) {
      if (error instanceof AppError) throw error;
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new AppError('quota_exceeded');
      throw incomplete('The connection ended.', error);
    } finally {
      await file?.close();
      this.#arriving.delete(id);
    }
  }

  /** Bytes of a file that is there, or null. */
  async size(id: ImportId): Promise<number | null> {
    const found = await stat(this.#path(id)).catch(() => null);
    return found === null ? null : Math.max(0, found.size - headerBytes);
  }

  /** @throws AppError `import_incomplete` where the file is gone */
  async open(id: ImportId): Promise<ByteFile> {
    const handle = await open(this.#path(id), 'r').catch((error: unknown) => {
      throw incomplete('The uploaded file is not there any more.', error);
    });
    try {
      const header = await readFully(handle, 0, headerBytes);
      const { size } = await handle.stat();
      return new SpoolFile(handle, this.#key(id), header, Math.max(0, size - headerBytes));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Reads all of it. @returns null where `signal` aborted. @throws AppError `import_incomplete` where the file is gone */
  async sha256(id: ImportId, signal: AbortSignal): Promise<string | null> {
    const file = await this.open(id);
    const hash = createHash('sha256');
    try {
      for await (const bytes of file.stream()) {
        if (signal.aborted) return null;
        hash.update(bytes);
      }
      return hash.digest('hex');
    } finally {
      await file.close();
    }
  }

  async remove(id: ImportId): Promise<void> {
    this.#digests.delete(id);
    await rm(this.#path(id), { force: true });
  }

  /** Whether this upload is under way in this process. */
  isArriving(id: ImportId): boolean {
    return this.#arriving.has(id);
  }

  /**
   * Remove what no import waits for: leftovers of uploads that died with the process.
   * @param isWaitedFor asked for each file right before it would go
   */
  async sweep(isWaitedFor: (id: ImportId) => boolean): Promise<void> {
    const names = await readdir(this.#directory).catch(() => []);
    for (const name of names) {
      if (this.#arriving.has(name) || isWaitedFor(name as ImportId)) continue;
      await rm(join(this.#directory, name), { force: true });
    }
  }

  /** @throws AppError `quota_exceeded` where so many bytes more are too many */
  async assertRoom(bytes: number, room: () => number): Promise<void> {
    let spooled = 0;
    for (const name of await readdir(this.#directory).catch(() => [])) {
      // One that an import is done with may go at any moment.
      spooled += (await stat(join(this.#directory, name)).catch(() => null))?.size ?? 0;
    }
    if (spooled + bytes > room()) throw new AppError('quota_exceeded');
  }

  /** A file with nothing in it but its own initial counter; its name survives a power cut. */
  async #create(id: ImportId): Promise<FileHandle> {
    this.#digests.set(id, { at: 0, hash: createHash('sha256') });
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const file = await open(this.#path(id), 'w+', 0o600);
    try {
      await file.write(Buffer.from(randomBytes(blockBytes)), 0, blockBytes, 0);
      const directory = await open(this.#directory, 'r');
      await directory.sync().finally(() => directory.close());
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async #reopen(id: ImportId, at: number): Promise<FileHandle> {
    const file = await open(this.#path(id), 'r+').catch((error: unknown) => {
      throw incomplete('What had arrived is not there any more.', error);
    });
    try {
      await file.truncate(headerBytes + at);
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async #write(
    file: FileHandle,
    id: ImportId,
    at: number,
    bytes: AsyncIterable<Uint8Array>,
    options: AppendOptions,
  ): Promise<void> {
    const encrypt = keyStream(this.#key(id), await readFully(file, 0, headerBytes), at, createCipheriv);
    const known = this.#digests.get(id);
    const hash = known?.at === at ? known.hash.copy() : null;
    let [written, total, durable] = [at, at, at];
    let held: Buffer[] = [];
    const flush = async () => {
      await this.assertRoom(total - written, options.room);
      for (let piece = Buffer.concat(held); piece.length > 0; ) {
        const { bytesWritten } = await file.write(piece, 0, piece.length, headerBytes + written);
        piece = piece.subarray(bytesWritten);
        written += bytesWritten;
      }
      held = [];
    };
    const settle = async () => {
      await flush();
      if (written === durable && durable > 0) return;
      await file.datasync();
      durable = written;
      if (hash === null) this.#digests.delete(id);
      else this.#digests.set(id, { at: durable, hash: hash.copy() });
      options.onDurable(durable, hash?.copy().digest('hex') ?? null);
    };
    let broken: unknown = null;
    let isMuch = false;
    try {
      for await (const chunk of bytes) {
        if (total + chunk.length > options.limit) throw tooLarge(options.limit);
        total += chunk.length;
        if (!isMuch && this.#much !== null && total > this.#much.bytes) {
          isMuch = true;
          this.#much.tell();
        }
        hash?.update(chunk);
        held.push(encrypt.update(chunk));
        if (total - written >= pieceBytes) await flush();
        if (written - durable >= durableBytes) await settle();
      }
    } catch (error) {
      broken = error;
    }
    // What the sender got through before it left counts; what there is no room for does not.
    if (!isNoRoom(broken)) await settle();
    if (broken !== null) throw broken;
  }

  /** A key for this file alone (HKDF, RFC 5869), so that no two files share a key stream. */
  #key(id: ImportId): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#spaceKey, id, 'vivim/spool/v1', 32));
  }

  #path(id: ImportId): string {
    return join(this.#directory, id);
  }
}

class SpoolFile implements ByteFile {
  readonly size: number;
  readonly #handle: FileHandle;
  readonly #key: Buffer;
  readonly #header: Buffer;

  constructor(handle: FileHandle, key: Buffer, header: Buffer, size: number) {
    this.#handle = handle;
    this.#key = key;
    this.#header = header;
    this.size = size;
  }

  async read(offset: number, length: number): Promise<Buffer> {
    const skipped = offset % blockBytes;
    const wanted = Math.max(0, Math.min(length, this.size - offset));
    const bytes = await readFully(this.#handle, headerBytes + offset - skipped, wanted + skipped);
    return this.#decipherFrom(offset).update(bytes).subarray(skipped);
  }

  async *stream(start = 0, end = this.size): AsyncGenerator<Buffer> {
    const skipped = start % blockBytes;
    const decipher = this.#decipherFrom(start);
    const stop = headerBytes + Math.min(end, this.size);
    let place = headerBytes + start - skipped;
    const next = (): Promise<Buffer> | null => {
      if (place >= stop) return null;
      const from = place;
      place = Math.min(stop, place + pieceBytes);
      return readFully(this.#handle, from, place - from);
    };
    let first = true;
    for (let ahead = next(); ahead !== null; ) {
      const bytes = decipher.update(await ahead);
      ahead = next();
      // Whoever stops listening must not leave a rejection nobody hears.
      ahead?.catch(() => {});
      yield first ? bytes.subarray(skipped) : bytes;
      first = false;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  #decipherFrom(offset: number) {
    return keyStream(this.#key, this.#header, offset - (offset % blockBytes), createDecipheriv);
  }
}

/** A cipher that stands at a byte of a file whose initial counter block is `header`. */
function keyStream<T extends Cipheriv | Decipheriv>(
  key: Buffer,
  header: Buffer,
  at: number,
  make: (algorithm: string, key: Buffer, iv: Buffer) => T,
): T {
  const block = BigInt.asUintN(128, BigInt(`0x${header.toString('hex')}`) + BigInt(Math.floor(at / blockBytes)));
  const counter = Buffer.from(block.toString(16).padStart(blockBytes * 2, '0'), 'hex');
  const made = make(cipher, key, counter);
  made.update(Buffer.alloc(at % blockBytes));
  return made;
}

const isNoRoom = (error: unknown): boolean =>
  (error instanceof AppError && error.code === 'quota_exceeded') ||
  (error as NodeJS.ErrnoException | null)?.code === 'ENOSPC';

async function readFully(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

const tooLarge = (limit: number): AppError =>
  new AppError(
    'import_too_large',
    `The file is larger than ${Math.floor(limit / 1024 ** 2)} MiB, the limit of an upload.`,
  );

const incomplete = (detail: string, cause?: unknown): AppError =>
  new AppError('import_incomplete', `${detail} Send the file again.`, { cause });
