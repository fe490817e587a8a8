/** Bytes of any Unicode encoding an export comes in → UTF-8 without a byte order mark. */

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
