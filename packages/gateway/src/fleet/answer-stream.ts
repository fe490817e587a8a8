/**
 * The body of an engine's answer as a web stream. Node's own adapter pushes what it has left into a stream whose reader just went,
 * which throws where nobody can catch it; here the reader pulls.
 */
import type { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';

export function answerStream(body: Readable): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel() {
      body.destroy();
    },
  });
}
