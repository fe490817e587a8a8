/**
 * A zip as an export comes in, read from its directory and from nowhere else. Nothing is ever extracted to a path, and
 * whether an archive inside it is opened is for others to say. Every limit is enforced while reading and named in the error.
 */
import { Readable } from 'node:stream';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { AppError } from '@vivim/contract/errors';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { ByteFile } from '../space/spool.ts';
import type { CanonicalIssue } from './canonical.ts';

export interface ArchiveLimits {
  readonly entries: number;
  /** Bytes of one entry, unpacked. */
  readonly entryBytes: number;
  /** Bytes of all entries read, unpacked. */
  readonly totalBytes: number;
  /** Unpacked by packed bytes of one entry. JSON packs 5 to 30 to 1; the format's most is 1032 to 1. */
  readonly ratio: number;
  /** Below this size unpacked the ratio says nothing. */
  readonly ratioFromBytes: number;
}

export const archiveLimits: ArchiveLimits = {
  entries: 100_000,
  entryBytes: 8 * 1024 ** 3,
  totalBytes: 16 * 1024 ** 3,
  ratio: 250,
  ratioFromBytes: 8 * 1024 ** 2,
};

export interface ArchiveEntry {
  readonly name: string;
  /** Unpacked, as the directory says. */
  readonly bytes: number;
  /** When it was put in, as the directory says, ms UTC; null where it says nothing that can be. */
  readonly modifiedMs: number | null;
  /** @throws AppError `import_too_large`, `import_archive_invalid` while it is read */
  open(): AsyncIterable<Buffer>;
  /** The part of the file its bytes lie in as they are, or null where they are packed. @throws AppError `import_archive_invalid` */
  plain(): Promise<ByteFile | null>;
}

/** What is left to be read of a file, whatever archives lie in it. */
export interface ArchiveBudget {
  /** Bytes, unpacked. */
  left: number;
  entries: number;
}

export const budgetOf = ({ totalBytes, entries }: ArchiveLimits = archiveLimits): ArchiveBudget => ({
  left: totalBytes,
  entries,
});

export interface Archive {
  readonly entries: readonly ArchiveEntry[];
  /** Entries that were refused, and why. */
  readonly issues: readonly CanonicalIssue[];
}

const symbolicLink = 0o120000;
const fileTypeMask = 0o170000;
const stored = 0;
const deflated = 8;

class SpoolReader extends yauzl.RandomAccessReader {
  readonly #file: ByteFile;
  constructor(file: ByteFile) {
    super();
    this.#file = file;
  }
  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#file.stream(start, end), { objectMode: false });
  }
  /** The directory is read in many small places: without a stream for each. */
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null) => void,
  ): void {
    this.#file.read(position, length).then((bytes) => {
      bytes.copy(buffer, offset);
      done(bytes.length < length ? new Error('The file ends too early.') : null);
    }, done);
  }
}

/**
 * @param budget shared by the archives of one file
 * @throws AppError `import_archive_invalid`, `import_too_large`
 */
export async function openArchive(
  file: ByteFile,
  limits: ArchiveLimits = archiveLimits,
  budget: ArchiveBudget = budgetOf(limits),
): Promise<Archive> {
  const zip = await openZip(file);
  const entries: ArchiveEntry[] = [];
  const issues: CanonicalIssue[] = [];
  const names = new Set<string>();
  countEntries(budget, zip.entryCount, limits);
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      if (name.endsWith('/')) continue;
      const refusal = refusalOf(entry, name);
      if (refusal !== null) {
        issues.push(refusal);
        continue;
      }
      nameOnce(names, name);
      entries.push({
        name,
        bytes: entry.uncompressedSize,
        modifiedMs: modifiedMs(entry),
        open: () => unpack(file, zip, entry, name, limits, budget),
        plain: () => plainPart(file, zip, entry, name),
      });
    }
  } catch (error) {
    throw asArchiveError(error, 'Its directory is damaged.');
  }
  return { entries, issues };
}

async function openZip(file: ByteFile): Promise<ZipFile> {
  try {
    return await yauzl.fromRandomAccessReaderPromise(new SpoolReader(file), file.size, {
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: true,
    });
  } catch (error) {
    throw asArchiveError(error, 'It is damaged or was cut off: its directory is not there.');
  }
}

function nameOf(entry: Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  const name = yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true).toWellFormed();
  // Older programs on Windows write folders so.
  return name.includes('/') ? name : name.replaceAll('\\', '/');
}

/** Many writers leave the time out: the first year a zip can name is none. */
function modifiedMs(entry: Entry): number | null {
  const at = entry.getLastModDate({ timezone: 'UTC' }).getTime();
  return at > Date.UTC(2000, 0) ? at : null;
}

/** Names that lead out of the archive, whatever the system: absolute, `..`, a drive, a backslash, a control character. */
const leadsOut = /^\/|^[A-Za-z]:|\\|(?:^|\/)\.\.(?:\/|$)|\p{Cc}/u;

/** An entry that was left out, and why. */
export const leftOut = (name: string, code: string, detail: string): CanonicalIssue => ({
  severity: 'skipped',
  code,
  path: name.replace(/\p{Cc}/gu, '\uFFFD').slice(0, 300),
  detail,
});

/** Null where the name stays inside. */
export const outside = (name: string): CanonicalIssue | null =>
  leadsOut.test(name)
    ? leftOut(name, 'entry_path_invalid', 'The name leads out of the archive; the entry was left out.')
    : null;

function refusalOf(entry: Entry, name: string): CanonicalIssue | null {
  const out = outside(name);
  if (out !== null) return out;
  return ((entry.externalFileAttributes >>> 16) & fileTypeMask) === symbolicLink
    ? leftOut(name, 'entry_is_link', 'The entry is a symbolic link; it was left out.')
    : null;
}

/** @throws AppError `import_too_large` where the archives of a file hold more entries than they may */
export function countEntries(budget: ArchiveBudget, count: number, limits: ArchiveLimits): void {
  budget.entries -= count;
  if (budget.entries < 0)
    throw new AppError('import_too_large', `The archive holds more than ${limits.entries} entries, the limit.`);
}

/**
 * Programs differ on which of two members of one name they take, so neither can be trusted to be what the person saw.
 * @throws AppError `import_archive_invalid`
 */
export function nameOnce(names: Set<string>, name: string): void {
  if (names.has(name))
    throw new AppError(
      'import_archive_invalid',
      `The archive holds two entries named ${name}; which one counts is not clear.`,
    );
  names.add(name);
}

/** @throws AppError `import_too_large` where the archives of a file unpack to more than they may in all */
export function countBytes(budget: { left: number }, bytes: number, limits: ArchiveLimits): void {
  budget.left -= bytes;
  if (budget.left < 0)
    throw new AppError(
      'import_too_large',
      `The archive unpacks to more than ${limits.totalBytes / 1024 ** 3} GiB, the limit.`,
    );
}

interface Unpacked {
  readonly name: string;
  /** So far, and as it is packed. */
  readonly bytes: number;
  readonly packedBytes: number;
  /** What the size that a file may have is called. */
  readonly limit: string;
}

/** @throws AppError `import_too_large` where it is more than one file may hold, or than anything real packs so small */
export function assertUnpacked({ name, bytes, packedBytes, limit }: Unpacked, limits: ArchiveLimits): void {
  if (bytes > limits.entryBytes)
    throw new AppError(
      'import_too_large',
      `${name} unpacks to more than ${limits.entryBytes / 1024 ** 3} GiB, ${limit}.`,
    );
  if (bytes > limits.ratioFromBytes && bytes > packedBytes * limits.ratio)
    throw new AppError(
      'import_too_large',
      `${name} unpacks to more than ${limits.ratio} times its size, the limit; it may be a bomb.`,
    );
}

async function* unpack(
  file: ByteFile,
  zip: ZipFile,
  entry: Entry,
  name: string,
  limits: ArchiveLimits,
  budget: { left: number },
): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) throw new AppError('import_archive_invalid', `${name} is encrypted; unpack it first.`);
  if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated) {
    throw new AppError(
      'import_archive_invalid',
      `${name} is packed in a way that cannot be read (method ${entry.compressionMethod}).`,
    );
  }
  let bytes = 0;
  let sum = 0;
  const packedBytes = entry.compressedSize;
  try {
    for await (const chunk of isSmall(entry) ? inOnePiece(file, zip, entry) : inPieces(zip, entry)) {
      bytes += chunk.length;
      assertUnpacked({ name, bytes, packedBytes, limit: 'the limit of one entry' }, limits);
      countBytes(budget, chunk.length, limits);
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    throw asArchiveError(error, `${name} is damaged.`);
  }
  if (bytes !== entry.uncompressedSize || sum !== entry.crc32) {
    throw new AppError('import_archive_invalid', `${name} is damaged: it does not match its checksum.`);
  }
}

async function plainPart(file: ByteFile, zip: ZipFile, entry: Entry, name: string): Promise<ByteFile | null> {
  if (entry.compressionMethod !== stored || entry.isEncrypted()) return null;
  try {
    const { fileDataStart: from } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    return partOf(file, from, Math.max(0, Math.min(entry.uncompressedSize, file.size - from)));
  } catch (error) {
    throw asArchiveError(error, `${name} is damaged.`);
  }
}

/** A part of a file as a file. Closing it closes nothing. */
export const partOf = (file: ByteFile, from: number, size: number): ByteFile => ({
  size,
  read: (offset, length) => file.read(from + offset, Math.max(0, Math.min(length, size - offset))),
  stream: (start = 0, end = size) => file.stream(from + start, from + Math.min(end, size)),
  close: async () => {},
});

/** A stream costs more than reading so few bytes does, and an archive may hold tens of thousands of small entries. */
const isSmall = ({ compressedSize, uncompressedSize }: Entry): boolean =>
  compressedSize <= 64 * 1024 && uncompressedSize <= 256 * 1024;

async function* inOnePiece(file: ByteFile, zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const packed = await file.read(fileDataStart, entry.compressedSize);
  const whole = entry.compressionMethod === stored ? packed : inflatedTo(entry.uncompressedSize, packed);
  // One that lied is read as far as the limits let it.
  if (whole === null) yield* inPieces(zip, entry);
  else yield whole;
}

/** Null where there is more than it is said to be. */
function inflatedTo(bytes: number, packed: Buffer): Buffer | null {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes), chunkSize: Math.max(64, bytes) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return null;
    throw error;
  }
}

async function* inPieces(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  try {
    // Larger pieces than the default 16 KiB: each costs a turn of the event loop.
    const source =
      entry.compressionMethod === stored ? packed : packed.pipe(createInflateRaw({ chunkSize: 256 * 1024 }));
    if (source !== packed) packed.once('error', (error) => source.destroy(error));
    yield* source as AsyncIterable<Buffer>;
  } finally {
    // Whoever has seen enough stops here; what fills the stream must stop with it.
    packed.destroy();
  }
}

const asArchiveError = (error: unknown, detail: string): AppError =>
  error instanceof AppError
    ? error
    : new AppError('import_archive_invalid', `The archive cannot be read. ${detail}`, { cause: error });
