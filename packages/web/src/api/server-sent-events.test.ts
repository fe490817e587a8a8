import { describe, expect, it } from 'vitest';
import { eventData } from './server-sent-events.ts';

const streamOf = (...chunks: readonly (string | Uint8Array)[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks)
        controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
      controller.close();
    },
  });

async function all(stream: ReadableStream<Uint8Array>): Promise<string[]> {
  const seen: string[] = [];
  for await (const data of eventData(stream)) seen.push(data);
  return seen;
}

describe('server-sent events', () => {
  it('come out whole however they were cut', async () => {
    const text = ': open\n\ndata: {"a":"é"}\n\n: still here\n\nid: 7\ndata: b\ndata: c\n\ndata: never ended';
    const bytes = new TextEncoder().encode(text);
    for (const size of [1, 2, 3, 7, bytes.length]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.slice(index * size, (index + 1) * size),
      );
      expect(await all(streamOf(...chunks))).toEqual(['{"a":"é"}', 'b\nc']);
    }
  });

  it('none come of an empty stream', async () => {
    expect(await all(streamOf())).toEqual([]);
  });
});
