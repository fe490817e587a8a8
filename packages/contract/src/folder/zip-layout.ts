/**
 * The parts of a zip in which nothing is packed: headers, directory, and how long they are (PKWARE APPNOTE 6.3). Pure; knows no
 * file. The same entries give the same bytes wherever they are laid out, byte for byte those of yazl 3, which made them before.
 */

/** A file of the zip. */
export interface ZipEntry {
  /** Within the folder, with `/` between its parts. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly mtimeMs: number;
}

/** An entry that was written: where its header begins, and the CRC of its bytes. */
export interface WrittenEntry extends ZipEntry {
  readonly at: number;
  readonly crc: number;
}

const most32 = 0xffff_ffff;
const most16 = 0xffff;
const flags = (1 << 3) | (1 << 11); // sizes and CRC follow the bytes; the name is UTF-8
const madeBy = (3 << 8) | 63; // unix, 6.3
const mode = 0o100600;
const length = { header: 30, descriptor: 16, descriptor64: 24, row: 46, time: 9, row64: 28, end: 22, end64: 56 + 20 };

const utf8 = new TextEncoder();
const needs64 = (size: number, at: number): boolean => size > most32 - 1 || at > most32 - 1;

/** Fields one after the other, little-endian: `[bytes, value]`. */
function fields(...values: readonly (readonly [2 | 4 | 8, number])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of values) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** In the time of the place where it is made, as DOS did, between 1980 and 2107. */
function dosTime(ms: number): readonly [time: number, date: number] {
  const first = new Date(1980, 0, 1).getTime();
  const last = new Date(2107, 11, 31, 23, 59, 58).getTime();
  const when = new Date(Math.min(last, Math.max(first, ms)));
  return [
    Math.floor(when.getSeconds() / 2) | (when.getMinutes() << 5) | (when.getHours() << 11),
    when.getDate() | ((when.getMonth() + 1) << 5) | ((when.getFullYear() - 1980) << 9),
  ];
}

/** What stands before the bytes of a file. */
export function fileHeader({ name, mtimeMs }: ZipEntry): Uint8Array<ArrayBuffer> {
  const [time, date] = dosTime(mtimeMs);
  const named = utf8.encode(name);
  // CRC and sizes are not known yet.
  const sizes = fields([4, 0], [4, 0], [4, 0], [2, named.length], [2, 0]);
  return joined(fields([4, 0x04034b50], [2, 20], [2, flags], [2, 0], [2, time], [2, date]), sizes, named);
}

/** What stands behind them. */
export function fileDescriptor({ size, at, crc }: WrittenEntry): Uint8Array<ArrayBuffer> {
  const width = needs64(size, at) ? 8 : 4;
  return fields([4, 0x08074b50], [4, crc], [width, size], [width, size]);
}

function directoryRow({ name, size, mtimeMs, at, crc }: WrittenEntry): Uint8Array<ArrayBuffer> {
  const [time, date] = dosTime(mtimeMs);
  const named = utf8.encode(name);
  const large = needs64(size, at);
  const seconds = Math.min(0x7fff_ffff, Math.max(-0x8000_0000, Math.floor(mtimeMs / 1000)));
  // Info-ZIP's time in UTC: "UT", of the last change.
  const stamp = joined(fields([2, 0x5455], [2, 5]), new Uint8Array([3]), fields([4, seconds >>> 0]));
  const extra = large ? joined(stamp, fields([2, 1], [2, 24], [8, size], [8, size], [8, at])) : stamp;
  return joined(
    fields([4, 0x02014b50], [2, madeBy], [2, large ? 45 : 20], [2, flags], [2, 0], [2, time], [2, date], [4, crc]),
    fields([4, large ? most32 : size], [4, large ? most32 : size], [2, named.length], [2, extra.length], [2, 0]),
    fields([2, 0], [2, 0], [4, (mode << 16) >>> 0], [4, large ? most32 : at]),
    named,
    extra,
  );
}

/** The directory, piece by piece, and the end. @param at where it begins */
export function* directory(entries: readonly WrittenEntry[], at: number): Generator<Uint8Array<ArrayBuffer>> {
  let size = 0;
  for (const entry of entries) {
    const row = directoryRow(entry);
    size += row.length;
    yield row;
  }
  const count = entries.length;
  if (isLarge(count, size, at)) {
    const sizes = fields([8, count], [8, count], [8, size], [8, at]);
    yield joined(fields([4, 0x06064b50], [8, 44], [2, madeBy], [2, 45], [4, 0], [4, 0]), sizes);
    yield fields([4, 0x07064b50], [4, 0], [8, at + size], [4, 1]);
  }
  const few = Math.min(count, most16);
  const end = fields([2, few], [2, few], [4, Math.min(size, most32)], [4, Math.min(at, most32)], [2, 0]);
  yield joined(fields([4, 0x06054b50], [2, 0], [2, 0]), end);
}

const isLarge = (count: number, size: number, at: number): boolean => count >= most16 || size >= most32 || at >= most32;

/** Bytes of the whole zip, before one of them is made. */
export function zipSize(entries: readonly ZipEntry[]): number {
  let at = 0;
  let rows = 0;
  for (const { name, size } of entries) {
    const named = utf8.encode(name).length;
    const large = needs64(size, at);
    at += length.header + named + size + (large ? length.descriptor64 : length.descriptor);
    rows += length.row + named + length.time + (large ? length.row64 : 0);
  }
  return at + rows + length.end + (isLarge(entries.length, rows, at) ? length.end64 : 0);
}
