/**
 * The body of an engine's answer as a web stream. Node's own adapter pushes what it has left into a stream whose reader just went,
 * which throws where nobody can catch it; here the reader pulls.
 */
import type { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';

/**
 * @param cut ends the connection to the reader. An answer that breaks off has to look like one: whoever serves streams would
 *   else write the words of the error behind the bytes that were sent.
 */
export function answerStream(body: Readable, cut: (() => void) | undefined): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        if (cut === undefined) throw error;
        cut();
      }
    },
    cancel() {
      body.destroy();
    },
  });
}
