/**
 * A folder as one zip that is nowhere: its size is known before its first byte is made, and the same files give the same bytes,
 * so that an upload goes on where it stood. Nothing is packed and nothing is held but a few buffers.
 */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { CliError, systemCode } from '../cli-error.ts';
import type { FolderFile } from './folder-files.ts';

/** Bytes of the zip of these files. */
export function folderZipSize(files: readonly FolderFile[]): Promise<number> {
  // Its first file never opens, so nothing is made.
  return new Promise((resolve) =>
    zipOf(files, () => {}).end({ forceZip64Format: false, comment: '' }, resolve as () => void),
  );
}

/** The zip from its beginning. Fails with CliError `input` where a file cannot be read or got shorter since it was listed. */
export function folderZip(files: readonly FolderFile[]): Readable {
  let current: Readable | null = null;
  let where = '';
  const fail = (error: unknown) => {
    const code = systemCode(error);
    const why = code === undefined ? 'It got shorter while it was sent' : `It cannot be read (${code})`;
    output.destroy(new CliError('input', `${where}: ${why}.`, { cause: error }));
  };
  const zip = zipOf(files, (file, opened) => {
    where = file.path;
    // A log may grow meanwhile: what came after it was listed is for the next time.
    current = createReadStream(file.path, { end: file.size - 1 }).on('error', fail);
    opened(null, current);
  });
  const output = zip.outputStream as Readable;
  zip.on('error', fail);
  output.once('close', () => current?.destroy());
  zip.end();
  return output;
}

function zipOf(
  files: readonly FolderFile[],
  open: (file: FolderFile, opened: (error: null, stream: Readable) => void) => void,
): ZipFile {
  const zip = new ZipFile();
  for (const file of files) {
    const { name, size, mtime } = file;
    const options = { size, mtime, mode: 0o100600, compress: false };
    zip.addReadStreamLazy(name, options, (opened) => open(file, opened));
  }
  return zip;
}

/**
 * Reads a stream that can be made anew as if it lay on disk. Going on from where the last read ended costs nothing; going back
 * begins at the beginning.
 */
export class StreamReader {
  readonly #open: () => Readable;
  #stream: Readable | null = null;
  #chunks: AsyncIterator<Buffer> | null = null;
  /** What was read and not yet asked for, and where it begins. */
  #rest: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(open: () => Readable) {
    this.#open = open;
  }

  /** From `start` up to `end`, exclusive. @throws Error where the stream ends before */
  async read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#chunks === null || start < this.#at) this.#begin();
    const piece = new Uint8Array(end - start);
    while (this.#at < end) {
      if (this.#rest.length === 0) await this.#next();
      const taken = this.#rest.subarray(0, (this.#at < start ? start : end) - this.#at);
      if (this.#at >= start) piece.set(taken, this.#at - start);
      this.#rest = this.#rest.subarray(taken.length);
      this.#at += taken.length;
    }
    return piece;
  }

  close(): void {
    this.#stream?.destroy();
  }

  #begin(): void {
    this.close();
    this.#stream = this.#open();
    this.#chunks = this.#stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.#rest = Buffer.alloc(0);
    this.#at = 0;
  }

  async #next(): Promise<void> {
    const next = await this.#chunks?.next();
    if (next === undefined || next.done === true) throw new Error('The stream ended before what was asked for.');
    this.#rest = next.value;
  }
}
