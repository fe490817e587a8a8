/** Server-sent events (HTML Living Standard, section 9.2) from an iterable of events. */
import type { SpaceEvent } from '@vivim/contract/imports';

const heartbeatMs = 15_000;

/** An open `text/event-stream` answer; it ends with the iterable, or when the client goes. */
export function eventStream(events: AsyncIterable<SpaceEvent>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = events[Symbol.asyncIterator]();
  let heartbeat: NodeJS.Timeout | undefined;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      heartbeat = setInterval(() => controller.enqueue(encoder.encode(': still here\n\n')), heartbeatMs);
      heartbeat.unref();
    },
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) {
        clearInterval(heartbeat);
        controller.close();
      } else {
        controller.enqueue(encoder.encode(`event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`));
      }
    },
    async cancel() {
      clearInterval(heartbeat);
      await iterator.return?.();
    },
  });
}
