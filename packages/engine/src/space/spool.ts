/**
 * Uploaded files on their way in: `<space>/spool/<import id>`, encrypted, readable at any place, gone when the import
 * ends. Never holds a file in memory, never writes a byte in the clear, and leaves nothing of an upload that broke off.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
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

export class Spool {
  readonly #directory: string;
  readonly #spaceKey: Buffer;
  /** Uploads under way: a sweep leaves them alone. */
  readonly #arriving = new Set<string>();

  constructor(location: Pick<SpaceLocation, 'directory' | 'keyHex'>) {
    this.#directory = join(location.directory, 'spool');
    this.#spaceKey = Buffer.from(location.keyHex, 'hex');
  }

  /**
   * Take a file in.
   * @returns its size and the SHA-256 of what was sent
   * @throws AppError `import_too_large`, `import_empty`, `import_incomplete`, `quota_exceeded`; nothing is left behind then
   */
  async receive(
    id: ImportId,
    bytes: AsyncIterable<Uint8Array>,
    options: ReceiveOptions,
  ): Promise<{ bytes: number; sha256: string }> {
    if (options.contentLength !== null && options.contentLength > options.limit) throw tooLarge(options.limit);
    const path = this.#path(id);
    // Before the first pause: a sweep may begin in any.
    this.#arriving.add(id);
    let file: FileHandle | null = null;
    try {
      await mkdir(this.#directory, { recursive: true, mode: 0o700 });
      await this.#hasRoomFor(options.contentLength ?? 0, options);
      file = await open(path, 'wx', 0o600);
      const received = await this.#write(file, id, bytes, options);
      if (received.bytes === 0 && (options.contentLength ?? 0) === 0) throw new AppError('import_empty');
      if (options.contentLength !== null && received.bytes !== options.contentLength) {
        throw incomplete(`${received.bytes} of ${options.contentLength} bytes arrived.`);
      }
      await file.datasync();
      await file.close();
      return received;
    } catch (error) {
      if (file === null) throw error;
      await file.close().catch(() => {});
      await rm(path, { force: true });
      if (error instanceof AppError) throw error;
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new AppError('quota_exceeded');
      throw incomplete('The connection ended.', error);
    } finally {
      this.#arriving.delete(id);
    }
  }

  /** @throws AppError `import_incomplete` where the file is gone */
  async open(id: ImportId): Promise<ByteFile> {
    const handle = await open(this.#path(id), 'r').catch((error: unknown) => {
      throw incomplete('The uploaded file is not there any more.', error);
    });
    const header = await readFully(handle, 0, headerBytes);
    const { size } = await handle.stat();
    return new SpoolFile(handle, this.#key(id), header, Math.max(0, size - headerBytes));
  }

  async remove(id: ImportId): Promise<void> {
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

  async #write(
    file: FileHandle,
    id: ImportId,
    bytes: AsyncIterable<Uint8Array>,
    options: ReceiveOptions,
  ): Promise<{ bytes: number; sha256: string }> {
    const counter = Buffer.from(randomBytes(blockBytes));
    const encrypt = createCipheriv(cipher, this.#key(id), counter);
    const digest = createHash('sha256');
    let total = 0;
    let held: Buffer[] = [counter];
    let heldBytes = 0;
    const flush = async () => {
      await this.#hasRoomFor(heldBytes, options);
      for (let piece = Buffer.concat(held); piece.length > 0; ) {
        const { bytesWritten } = await file.write(piece);
        piece = piece.subarray(bytesWritten);
      }
      held = [];
      heldBytes = 0;
    };
    for await (const chunk of bytes) {
      total += chunk.length;
      if (total > options.limit) throw tooLarge(options.limit);
      digest.update(chunk);
      held.push(encrypt.update(chunk));
      heldBytes += chunk.length;
      if (heldBytes >= pieceBytes) await flush();
    }
    await flush();
    return { bytes: total, sha256: digest.digest('hex') };
  }

  /** @throws AppError `quota_exceeded` where so many bytes more are too many */
  async #hasRoomFor(bytes: number, options: ReceiveOptions): Promise<void> {
    let spooled = 0;
    for (const name of await readdir(this.#directory)) {
      // One that an import is done with may go at any moment.
      spooled += (await stat(join(this.#directory, name)).catch(() => null))?.size ?? 0;
    }
    if (spooled + bytes > options.room()) throw new AppError('quota_exceeded');
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
  readonly #counter: bigint;

  constructor(handle: FileHandle, key: Buffer, header: Buffer, size: number) {
    this.#handle = handle;
    this.#key = key;
    this.#counter = BigInt(`0x${header.toString('hex')}`);
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
    const block = BigInt.asUintN(128, this.#counter + BigInt(Math.floor(offset / blockBytes)));
    const counter = Buffer.from(block.toString(16).padStart(blockBytes * 2, '0'), 'hex');
    return createDecipheriv(cipher, this.#key, counter);
  }
}

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
  new AppError('import_incomplete', `${detail} Send the file again; nothing of it was kept.`, { cause });
