/** The bytes of a request as they come, until their sender has left or was stopped. Never swallows that it ended too early. */

/**
 * @param heard called for each chunk
 * @throws Error where `stop` aborted; what the stream broke with
 */
export async function* received(
  bytes: ReadableStream<Uint8Array>,
  stop: AbortSignal,
  heard: () => void,
): AsyncGenerator<Uint8Array> {
  const reader = bytes.getReader();
  const leave = () => void reader.cancel().catch(() => {});
  stop.addEventListener('abort', leave, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (stop.aborted) throw new Error('The sender left.');
      if (done) return;
      heard();
      yield value;
    }
  } finally {
    stop.removeEventListener('abort', leave);
    leave();
  }
}
