/** Bytes of any Unicode encoding an export comes in → UTF-8 without a byte order mark; and text of Windows-1252. */
import { isUtf8 } from 'node:buffer';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** What the first bytes say; UTF-16 without a mark is known by the zero beside the first bracket (RFC 4627, section 3). */
function encodingOf(head: Buffer): { encoding: Encoding; markBytes: number } {
  const [a = 0xff, b = 0xff, c = 0xff] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (a === 0xff && b === 0xfe && head.length >= 2) return { encoding: 'utf-16le', markBytes: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  if (a !== 0 && b === 0) return { encoding: 'utf-16le', markBytes: 0 };
  if (a === 0 && b !== 0) return { encoding: 'utf-16be', markBytes: 0 };
  return { encoding: 'utf-8', markBytes: 0 };
}

/** The same text as UTF-8. Bytes that are UTF-8 already pass through uncopied. */
export async function* asUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let begun = false;
  for await (let chunk of chunks) {
    if (chunk.length === 0) continue;
    if (!begun) {
      begun = true;
      const { encoding, markBytes } = encodingOf(chunk);
      chunk = chunk.subarray(markBytes);
      if (encoding !== 'utf-8') decoder = new TextDecoder(encoding);
    }
    yield decoder === null ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }));
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield Buffer.from(rest);
}

/** More of a plain text is not looked at before it is said what it is written in. */
const looked = 8 * 1024 ** 2;
/** Bytes that are no letter in Windows-1252. */
const unknown1252 = /[\x81\x8d\x8f\x90\x9d]/;
const ofUtf8 = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/;

/**
 * Whether a text is in Windows-1252, which Latin-1 is a part of: it has letters beyond ASCII, and not one of them is UTF-8.
 * Where some are, nobody can tell, and it is read as UTF-8.
 * @param unseen what is said of a text of which only the beginning was looked at
 */
export async function isWindows1252(chunks: AsyncIterable<Buffer>, unseen: boolean = true): Promise<boolean> {
  const held: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    length += chunk.length;
    if (length >= looked) break;
  }
  const bytes = Buffer.concat(held);
  // The last letter may be cut.
  const whole = length < looked ? bytes : bytes.subarray(0, bytes.length - 4);
  if (isUtf8(whole) || (whole !== bytes && !unseen)) return false;
  const letters = whole.toString('latin1');
  return !ofUtf8.test(letters) && !unknown1252.test(letters);
}

/** A text in Windows-1252 as UTF-8. */
export async function* fromWindows1252(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('windows-1252');
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
}
