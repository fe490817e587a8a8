/**
 * A folder as one zip that is nowhere: its size is known before its first byte is made, and the same files give the same bytes,
 * so that an upload goes on where it stood. Nothing is packed and nothing is held but a piece of one file and the directory.
 */
import { crc32 } from './crc32.ts';
import { directory, fileDescriptor, fileHeader, type WrittenEntry, type ZipEntry } from './zip-layout.ts';

/** A file of the folder as it was when it was listed. */
export interface FolderFile extends ZipEntry {
  /** Its bytes from the beginning, `size` of them and no more: a log may grow meanwhile. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/**
 * The zip from its beginning, piece by piece.
 * @param gotShorter the error to throw of a file that has fewer bytes than when it was listed
 * @throws what reading a file throws
 */
export async function* folderZip(
  files: readonly FolderFile[],
  gotShorter: (file: FolderFile) => Error,
): AsyncGenerator<Uint8Array> {
  const written: WrittenEntry[] = [];
  let at = 0;
  for (const file of files) {
    const header = fileHeader(file);
    yield header;
    let crc = 0;
    let read = 0;
    for await (const bytes of file.open()) {
      crc = crc32(bytes, crc);
      read += bytes.length;
      yield bytes;
    }
    if (read !== file.size) throw gotShorter(file);
    const entry = { name: file.name, size: file.size, mtimeMs: file.mtimeMs, at, crc };
    const descriptor = fileDescriptor(entry);
    yield descriptor;
    written.push(entry);
    at += header.length + file.size + descriptor.length;
  }
  yield* directory(written, at);
}
