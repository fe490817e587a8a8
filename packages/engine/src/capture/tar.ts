/**
 * A tar archive (POSIX.1-2017, pax; the long names of GNU) as an export comes in, plain or packed with gzip: its entries by their headers, read
 * in their order. Nothing is ever extracted to a path; the limits of an archive hold. Times of its files are those of whoever packed them and
 * say nothing of an export, so none is told.
 */
import { AppError } from '@vivim/contract/errors';
import type { ByteFile } from '../space/spool.ts';
import {
  type Archive,
  type ArchiveBudget,
  type ArchiveEntry,
  type ArchiveLimits,
  archiveLimits,
  budgetOf,
  countBytes,
  countEntries,
  leftOut,
  nameOnce,
  outside,
  partOf,
} from './archive.ts';
import type { CanonicalIssue } from './canonical.ts';

/** Bytes by their place, forwards at best. */
export interface TarBytes {
  /** As many as there are, where that is fewer. */
  read(from: number, length: number): Promise<Buffer>;
  stream(from: number, length: number): AsyncIterable<Buffer>;
  /** The same, where they lie in a file as they are. */
  readonly plain: ByteFile | null;
}

const block = 512;

/** By the mark of its first header (POSIX: `ustar` and a zero, GNU: `ustar` and blanks). */
export const isTar = (head: Buffer): boolean => head.length >= block && head.toString('latin1', 257, 262) === 'ustar';

export const plainTar = (file: ByteFile): TarBytes => ({
  read: (from, length) => file.read(from, Math.max(0, Math.min(length, file.size - from))),
  stream: (from, length) => file.stream(from, from + length),
  plain: file,
});

/** What a header says in front of the entry it is of. A long name is no more than this. Bytes. */
const mostHeader = 64 * 1024;

/**
 * @param budget shared by the archives of one file
 * @throws AppError `import_archive_invalid`, `import_too_large`
 */
export async function openTar(
  bytes: TarBytes,
  limits: ArchiveLimits = archiveLimits,
  budget: ArchiveBudget = budgetOf(limits),
): Promise<Archive> {
  const entries: ArchiveEntry[] = [];
  const issues: CanonicalIssue[] = [];
  const names = new Set<string>();
  let ahead: { name?: string | undefined; size?: number | undefined } = {};
  let at = 0;
  for (;;) {
    const header = await bytes.read(at, block);
    if (header.length < block) {
      if (header.length === 0 && at > 0) break;
      throw invalid('It was cut off.');
    }
    if (header.every((byte) => byte === 0)) break;
    if (!holds(header)) throw invalid('A header in it does not match its checksum.');
    const type = String.fromCharCode(header[156] ?? 0);
    const start = at + block;
    const size = type === '1' || type === '2' || type === '5' ? 0 : (ahead.size ?? numberAt(header, 124, 12));
    if (size === null) throw invalid('The size of an entry in it is none.');
    at = start + Math.ceil(size / block) * block;
    countEntries(budget, 1, limits);
    if (type === 'x' || type === 'L') {
      if (size > mostHeader) throw invalid('A name in it is too long.');
      const said = await bytes.read(start, size);
      ahead = type === 'L' ? { ...ahead, name: untilZero(said) } : { ...ahead, ...paxOf(said) };
      continue;
    }
    if (type === 'g' || type === 'K') continue;
    const name = (ahead.name ?? nameOf(header)).toWellFormed().replace(/^(?:\.\/)+/, '');
    ahead = {};
    if (type === '5' || name === '' || name.endsWith('/')) continue;
    const refused = refusalOf(type, name);
    if (refused !== null) {
      issues.push(refused);
      continue;
    }
    nameOnce(names, name);
    if (size > limits.entryBytes)
      throw new AppError(
        'import_too_large',
        `${name} is more than ${limits.entryBytes / 1024 ** 3} GiB, the limit of one entry.`,
      );
    entries.push(entryOf(bytes, { name, start, size }, limits, budget));
  }
  return { entries, issues };
}

interface Place {
  readonly name: string;
  readonly start: number;
  readonly size: number;
}

const entryOf = (
  bytes: TarBytes,
  { name, start, size }: Place,
  limits: ArchiveLimits,
  budget: ArchiveBudget,
): ArchiveEntry => ({
  name,
  bytes: size,
  modifiedMs: null,
  async *open() {
    let read = 0;
    for await (const chunk of bytes.stream(start, size)) {
      read += chunk.length;
      countBytes(budget, chunk.length, limits);
      yield chunk;
    }
    if (read < size) throw invalid(`${name} was cut off.`);
  },
  plain: async () => (bytes.plain === null ? null : partOf(bytes.plain, start, size)),
});

const invalid = (detail: string) => new AppError('import_archive_invalid', `The archive cannot be read. ${detail}`);

function refusalOf(type: string, name: string): CanonicalIssue | null {
  const out = outside(name);
  if (out !== null) return out;
  if (type === '1' || type === '2') return leftOut(name, 'entry_is_link', 'The entry is a link; it was left out.');
  if (type !== '0' && type !== '\0' && type !== '7')
    return leftOut(name, 'entry_kind_unknown', 'The entry is no plain file; it was left out.');
  return null;
}

const untilZero = (bytes: Buffer): string => {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
};

function nameOf(header: Buffer): string {
  const name = untilZero(header.subarray(0, 100));
  // GNU keeps times where POSIX keeps what stands in front of a long name.
  const prefix = header.toString('latin1', 257, 263) === 'ustar\0' ? untilZero(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Octal digits, or where the first bit is set the bytes themselves (GNU). Null where it is neither. */
function numberAt(header: Buffer, from: number, length: number): number | null {
  const field = header.subarray(from, from + length);
  if (((field[0] ?? 0) & 0x80) !== 0) {
    const number = field.reduce((sum, byte, ix) => sum * 256 + (ix === 0 ? byte & 0x7f : byte), 0);
    return Number.isSafeInteger(number) ? number : null;
  }
  const digits = untilZero(field).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : null;
}

/** The sum of the header's bytes, its own field taken as blanks. */
function holds(header: Buffer): boolean {
  let sum = 0;
  for (let ix = 0; ix < block; ix += 1) sum += ix >= 148 && ix < 156 ? 0x20 : (header[ix] ?? 0);
  return sum === numberAt(header, 148, 8);
}

/** Lines of `length key=value`, the length in bytes with itself. */
function paxOf(bytes: Buffer): { name?: string; size?: number } {
  const found: { name?: string; size?: number } = {};
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = space < 0 ? Number.NaN : Number(bytes.toString('latin1', at, space));
    if (!Number.isInteger(length) || length <= space - at + 1 || at + length > bytes.length)
      throw invalid('A header in it is damaged.');
    const [key, ...value] = bytes.toString('utf8', space + 1, at + length - 1).split('=');
    if (key === 'path') found.name = value.join('=');
    if (key === 'size') {
      const size = Number(value.join('='));
      if (!Number.isSafeInteger(size) || size < 0) throw invalid('The size of an entry in it is none.');
      found.size = size;
    }
    at += length;
  }
  return found;
}
