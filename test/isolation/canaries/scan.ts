/**
 * Looks for what must be nowhere: every string that begins with a marker, in all the ways bytes usually go astray. Finds markers, not
 * words, so that ten thousand strings cost no more than one.
 */
import { closeSync, existsSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';

export interface Finding {
  readonly where: string;
  readonly encoding: string;
}

/** Every way the marker may be written, as bytes that are looked for. */
export function spellings(marker: string): ReadonlyMap<string, Buffer> {
  const raw = Buffer.from(marker);
  const be = Buffer.from(marker, 'utf16le').swap16();
  const found = new Map<string, Buffer>([
    ['raw', raw],
    ['raw, upper case', Buffer.from(marker.toUpperCase())],
    ['hex', Buffer.from(raw.toString('hex'))],
    ['hex, upper case', Buffer.from(raw.toString('hex').toUpperCase())],
    ['UTF-16 little-endian', Buffer.from(marker, 'utf16le')],
    ['UTF-16 big-endian', be],
    ['backwards', Buffer.from([...marker].reverse().join(''))],
    ['percent-encoded', Buffer.from([...raw].map((byte) => `%${byte.toString(16)}`).join(''))],
  ]);
  // Where the marker begins in a group of three decides how it is written; what hangs over at the ends depends on its neighbours.
  for (const before of [0, 1, 2]) {
    const shifted = Buffer.concat([Buffer.alloc(before), raw]);
    const sure = shifted.subarray(before === 0 ? 0 : 3, Math.floor(shifted.length / 3) * 3);
    for (const encoding of ['base64', 'base64url'] as const)
      found.set(`${encoding}, ${before} bytes on`, Buffer.from(sure.toString(encoding).replaceAll('=', '')));
  }
  return found;
}

const gzipMagic = Buffer.from([0x1f, 0x8b, 0x08]);
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const zipMagic = Buffer.from('PK\x03\x04', 'latin1');
/** RFC 1952, section 2.3: ten bytes, and what the flags say follows. */
function gzipHeaderLength(bytes: Buffer): number {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + bytes.readUInt16LE(at);
  for (const flag of [8, 16]) if ((flags & flag) !== 0) at = bytes.indexOf(0, at) + 1;
  return (flags & 2) === 0 ? at : at + 2;
}

const limits = { maxOutputLength: 64 * 1024 ** 2 } as const;

/** What was packed inside, where it can be unpacked from there on. */
function* unpacked(bytes: Buffer): Generator<readonly [how: string, inside: Buffer]> {
  const kinds = [
    ['gzip', gzipMagic, (from: Buffer) => inflateRawSync(from.subarray(gzipHeaderLength(from)), limits)],
    ['zstd', zstdMagic, (from: Buffer) => zstdDecompressSync(from, limits)],
    [
      'zip',
      zipMagic,
      (from: Buffer) => inflateRawSync(from.subarray(30 + from.readUInt16LE(26) + from.readUInt16LE(28)), limits),
    ],
    ['zlib', Buffer.from([0x78, 0x9c]), (from: Buffer) => inflateSync(from, limits)],
  ] as const;
  for (const [how, magic, unpack] of kinds) {
    for (let at = bytes.indexOf(magic); at !== -1; at = bytes.indexOf(magic, at + 1)) {
      try {
        yield [how, unpack(bytes.subarray(at))];
      } catch {
        // These bytes only look like the beginning of something packed.
      }
    }
  }
}

/** Where the marker stands in bytes, also inside of what is packed in them. */
export function findIn(where: string, bytes: Buffer, marker: string, depth = 1): Finding[] {
  const found = [...spellings(marker)].flatMap(([encoding, spelled]) =>
    bytes.includes(spelled) ? [{ where, encoding }] : [],
  );
  if (depth === 0) return found;
  for (const [how, inside] of unpacked(bytes))
    found.push(
      ...findIn(where, inside, marker, depth - 1).map((one) => ({ where, encoding: `${how}: ${one.encoding}` })),
    );
  return found;
}

const windowBytes = 32 * 1024 ** 2;
const overlapBytes = 64 * 1024;

/** Where the marker stands in files below these places. What vanishes meanwhile is not there. */
export function findBelow(
  places: readonly string[],
  marker: string,
): { findings: Finding[]; files: number; bytes: number } {
  const findings: Finding[] = [];
  let [files, bytes] = [0, 0];
  for (const place of places.filter((one) => existsSync(one))) {
    for (const name of readdirSync(place, { recursive: true, encoding: 'utf8' })) {
      const path = join(place, name);
      if (findIn(path, Buffer.from(name), marker, 0).length > 0) findings.push({ where: path, encoding: 'a name' });
      const size = sizeOf(path);
      if (size === null) continue;
      files += 1;
      bytes += size;
      for (let at = 0; at < size; at += windowBytes) {
        const window = readWindow(path, at, Math.min(windowBytes + overlapBytes, size - at));
        findings.push(...findIn(path, window, marker));
      }
    }
  }
  return { findings, files, bytes };
}

function sizeOf(path: string): number | null {
  try {
    const seen = lstatSync(path);
    return seen.isFile() ? seen.size : null;
  } catch {
    return null;
  }
}

function readWindow(path: string, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  try {
    const file = openSync(path, 'r');
    const read = readSync(file, bytes, 0, length, at);
    closeSync(file);
    return bytes.subarray(0, read);
  } catch {
    return Buffer.alloc(0);
  }
}
