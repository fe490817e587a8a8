/** What a server answers a message with: nothing, one message, or a stream of them. Reads; decides nothing. */

/** Each message as it comes. @throws SyntaxError for what is no JSON */
export async function* answersOf(response: Response): AsyncGenerator<unknown> {
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) yield* eventsOf(response.body);
  else if (type.startsWith('application/json')) yield await response.json();
  else await response.body?.cancel();
}

/**
 * The data of server-sent events. @see https://html.spec.whatwg.org/multipage/server-sent-events.html section 9.2.6
 * Names, ids and remarks of them are passed over.
 */
async function* eventsOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    for (;;) {
      const end = /\r\n\r\n|\n\n|\r\r/.exec(text);
      if (end === null) break;
      const data = dataOf(text.slice(0, end.index));
      text = text.slice(end.index + end[0].length);
      if (data !== '') yield JSON.parse(data);
    }
  }
}

const dataOf = (event: string): string =>
  event
    .split(/\r\n|\n|\r/)
    .flatMap((line) => (line.startsWith('data:') ? [line.slice(5).replace(/^ /, '')] : []))
    .join('\n');
