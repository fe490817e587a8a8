/** Server-sent events (HTML Living Standard, section 9.2) from an iterable of events. */
import type { SpaceEvent } from '@vivim/contract/imports';

const heartbeatMs = 15_000;

/** An open `text/event-stream` answer; it ends with the iterable, breaks where that throws, or when the client goes. */
export function eventStream(events: AsyncIterable<SpaceEvent>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = events[Symbol.asyncIterator]();
  let heartbeat: NodeJS.Timeout | undefined;
  let open = true;
  const end = () => {
    open = false;
    clearInterval(heartbeat);
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      heartbeat = setInterval(() => {
        // A client that reads nothing is not sent signs of life on top of what waits for it.
        if (open && (controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': still here\n\n'));
      }, heartbeatMs);
      heartbeat.unref();
    },
    async pull(controller) {
      try {
        const { done, value } = await iterator.next();
        if (!open) return;
        if (!done)
          return controller.enqueue(encoder.encode(`event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`));
        end();
        controller.close();
      } catch (error) {
        if (!open) return;
        end();
        controller.error(error);
      }
    },
    async cancel() {
      end();
      await iterator.return?.();
    },
  });
}
