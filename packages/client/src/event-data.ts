/**
 * Reads a stream of server-sent events: the data of each, joined by line feeds as the standard says.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */

/** An event without its closing blank line is dropped, as the standard asks: it may be half of one. */
export async function* eventData(response: Pick<Response, 'body'>): AsyncGenerator<string> {
  let data: string[] = [];
  for await (const line of lines(textChunks(response))) {
    if (line === '') {
      if (data.length > 0) yield data.join('\n');
      data = [];
    } else if (line.startsWith('data:')) {
      data.push(line.slice(line[5] === ' ' ? 6 : 5));
    }
  }
}

/** Lines end in CR LF, LF or CR; a chunk may end inside a pair. */
async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

/** The text of a response as it arrives; by a reader, since not every browser iterates a stream. Leaving it ends the request. */
async function* textChunks({ body }: Pick<Response, 'body'>): AsyncGenerator<string> {
  if (body === null) return;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
