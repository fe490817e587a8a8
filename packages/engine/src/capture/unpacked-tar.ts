/**
 * A tar packed with gzip as bytes by their place: unpacked forwards, in as many passes as somebody goes back. Nothing is kept beyond a piece
 * of it, in memory or on a disk.
 */
import { AppError } from '@vivim/contract/errors';
import type { ByteFile } from '../space/spool.ts';
import { type ArchiveLimits, archiveLimits } from './archive.ts';
import { gunzipped } from './gunzip.ts';
import type { TarBytes } from './tar.ts';

/** A pass through it, and where it stands. */
interface Pass {
  readonly chunks: AsyncIterator<Buffer, void>;
  /** What was unpacked and not taken, and its place. */
  rest: Buffer;
  at: number;
}

/** @throws AppError `import_too_large`, `import_archive_invalid` while it is read */
export function packedTar(file: ByteFile, name: string, limits: ArchiveLimits = archiveLimits): TarBytes {
  // What it holds in all may be as much as an archive holds.
  const whole = { ...limits, entryBytes: limits.totalBytes };
  let waiting: Pass | null = null;

  function take(from: number): Pass {
    const pass = waiting;
    if (pass !== null && pass.at <= from) {
      waiting = null;
      return pass;
    }
    return { chunks: gunzipped(file, name, whole)[Symbol.asyncIterator](), rest: Buffer.alloc(0), at: 0 };
  }
  /** The one used last goes on: what is read next mostly follows it, and one that stands at the end is of use to nobody. */
  async function giveBack(pass: Pass): Promise<void> {
    const other = waiting;
    waiting = pass;
    if (other !== null) await other.chunks.return?.();
  }

  async function* stream(from: number, length: number): AsyncGenerator<Buffer> {
    const pass = take(from);
    const end = from + length;
    let goesOn = true;
    try {
      for (let at = from; at < end; ) {
        if (pass.at < at) advance(pass, Math.min(pass.rest.length, at - pass.at));
        if (pass.rest.length === 0) {
          // Until it has answered it may break, and is of no use to anybody else.
          goesOn = false;
          const next = await pass.chunks.next();
          if (next.done === true) return;
          goesOn = true;
          pass.rest = next.value;
          continue;
        }
        const piece = pass.rest.subarray(0, end - at);
        advance(pass, piece.length);
        at += piece.length;
        yield piece;
      }
    } finally {
      if (goesOn) await giveBack(pass);
    }
  }
  return {
    stream,
    async read(from, length) {
      const pieces: Buffer[] = [];
      for await (const piece of stream(from, length)) pieces.push(piece);
      return Buffer.concat(pieces);
    },
    plain: null,
  };
}

function advance(pass: Pass, bytes: number): void {
  pass.rest = pass.rest.subarray(bytes);
  pass.at += bytes;
}

/** How it begins, unpacked: as much as a header is. Nothing where it cannot be unpacked. */
export async function headUnpacked(file: ByteFile, name: string): Promise<Buffer> {
  try {
    for await (const chunk of gunzipped(file, name)) return chunk.subarray(0, 1024);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return Buffer.alloc(0);
}
