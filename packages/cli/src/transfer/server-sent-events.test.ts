import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventData } from './server-sent-events.ts';

async function* from(chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}

async function read(...chunks: string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const data of eventData(from(chunks))) found.push(data);
  return found;
}

describe('server-sent events', () => {
  it('gives the data of each event', async () => {
    expect(await read('event: import\nid: 1\ndata: {"a":1}\n\ndata:two\n\n')).toEqual(['{"a":1}', 'two']);
  });

  it('joins data lines and passes comments over', async () => {
    expect(await read(': keep-alive\n\ndata: a\ndata: b\n\n')).toEqual(['a\nb']);
  });

  it('drops the half of an event a broken connection left', async () => {
    expect(await read('data: whole\n\ndata: ha')).toEqual(['whole']);
  });

  it('does not care where chunks end, whatever the line endings', async () => {
    const stream = fc.record({
      events: fc.array(fc.stringMatching(/^[a-z{}": é]{1,12}$/), { minLength: 1 }),
      ending: fc.constantFrom('\n', '\r\n', '\r'),
      cuts: fc.array(fc.nat(200)),
    });
    await fc.assert(
      fc.asyncProperty(stream, async ({ events, ending, cuts }) => {
        // A closing comment: a lone CR at the very end may yet turn out to be half of CR LF.
        const text = `${events.map((event) => `data: ${event}${ending}${ending}`).join('')}:end\n`;
        const places = [0, ...cuts.map((cut) => cut % text.length).sort((a, b) => a - b), text.length];
        const chunks = places.slice(1).map((place, index) => text.slice(places[index], place));
        expect(await read(...chunks)).toEqual(events);
      }),
    );
  });
});
