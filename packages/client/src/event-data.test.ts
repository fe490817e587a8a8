import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventData } from './event-data.ts';

const streamOf = (chunks: readonly Uint8Array<ArrayBuffer>[], left = () => {}) =>
  new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const next = chunks[0];
      if (next === undefined) return controller.close();
      chunks = chunks.slice(1);
      controller.enqueue(next);
    },
    cancel: left,
  });

async function read(...chunks: Uint8Array<ArrayBuffer>[]): Promise<string[]> {
  const found: string[] = [];
  for await (const data of eventData({ body: streamOf(chunks) })) found.push(data);
  return found;
}
const readText = (...chunks: string[]) => read(...chunks.map((chunk) => new TextEncoder().encode(chunk)));

describe('server-sent events', () => {
  it('give the data of each event', async () => {
    expect(await readText('event: import\nid: 1\ndata: {"a":1}\n\ndata:two\n\n')).toEqual(['{"a":1}', 'two']);
  });

  it('join data lines, and pass comments over', async () => {
    expect(await readText(': keep-alive\n\ndata: a\ndata: b\n\n')).toEqual(['a\nb']);
  });

  it('drop the half of an event a broken connection left', async () => {
    expect(await readText('data: whole\n\ndata: ha')).toEqual(['whole']);
    expect(await readText()).toEqual([]);
  });

  it('do not care where chunks end, inside a letter too, whatever the line endings', async () => {
    const stream = fc.record({
      events: fc.array(fc.stringMatching(/^[a-z{}": é]{1,12}$/), { minLength: 1 }),
      ending: fc.constantFrom('\n', '\r\n', '\r'),
      cuts: fc.array(fc.nat(200)),
    });
    await fc.assert(
      fc.asyncProperty(stream, async ({ events, ending, cuts }) => {
        // A closing comment: a lone CR at the very end may yet turn out to be half of CR LF.
        const text = `${events.map((event) => `data: ${event}${ending}${ending}`).join('')}:end\n`;
        const bytes = new TextEncoder().encode(text);
        const places = [0, ...cuts.map((cut) => cut % bytes.length).sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((place, index) => bytes.slice(places[index], place));
        expect(await read(...chunks)).toEqual(events);
      }),
    );
  });

  it('end the request when the reader leaves', async () => {
    let left = false;
    const leave = () => {
      left = true;
    };
    const chunks = ['data: a\n\n', 'data: b\n\n'].map((text) => new TextEncoder().encode(text));
    for await (const _ of eventData({ body: streamOf(chunks, leave) })) break;
    expect(left).toBe(true);
  });
});
