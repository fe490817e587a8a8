/** Server-sent events (HTML Living Standard, section 9.2) from an iterable of events. */
const heartbeatMs = 15_000;

/** Something that happened, under the name of its kind. */
interface Told {
  readonly type: string;
}

/**
 * The same events once the first of them is there: what fails before it is an answer of its own.
 * @throws whatever the iterable throws before its first event
 */
export async function begun<T>(events: AsyncIterable<T>): Promise<AsyncIterator<T>> {
  const iterator = events[Symbol.asyncIterator]();
  let first: IteratorResult<T> | null = await iterator.next();
  return {
    async next() {
      const next = first ?? (await iterator.next());
      first = null;
      return next;
    },
    async return() {
      await iterator.return?.();
      return { done: true, value: undefined };
    },
  };
}

/**
 * An open `text/event-stream` answer; it ends with the iterator, breaks where that throws, or when the client goes.
 * @param limitMs the answer breaks off when it is not read to its end by then: for one that has an end, and holds something until it
 */
export function eventStream(iterator: AsyncIterator<Told>, limitMs?: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let heartbeat: NodeJS.Timeout | undefined;
  let limit: NodeJS.Timeout | undefined;
  let open = true;
  const end = () => {
    open = false;
    clearInterval(heartbeat);
    clearTimeout(limit);
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      heartbeat = setInterval(() => {
        // A client that reads nothing is not sent signs of life on top of what waits for it.
        if (open && (controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': still here\n\n'));
      }, heartbeatMs);
      heartbeat.unref();
      if (limitMs === undefined) return;
      limit = setTimeout(() => {
        if (!open) return;
        end();
        controller.error(new Error('The answer was not read.'));
        void iterator.return?.();
      }, limitMs);
      limit.unref();
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
