import { AppError } from '@vivim/contract/errors';
import { describe, expect, it } from 'vitest';
import { spaceEvents } from './events.ts';

const stream = (...events: object[]) =>
  new Response(events.map((event) => `event: x\ndata: ${JSON.stringify(event)}\n\n`).join(''));
const hello = (version: number) => ({ type: 'hello', version });

/** A client whose stream is each of these in turn. */
const scripted = (...streams: (() => Response)[]) => ({
  streamEvents: async () => {
    const next = streams.shift();
    if (next === undefined) throw new Error('asked more often than foreseen');
    return next();
  },
});

describe('what happens in a space', () => {
  it('goes on over a break of the line, each time with a hello', async () => {
    const broken = () => {
      throw new TypeError('fetch failed');
    };
    const client = scripted(
      () => stream(hello(1), 'no event' as never),
      broken,
      () => stream(hello(4)),
    );
    const versions: number[] = [];
    for await (const event of spaceEvents(client)) {
      if (event.type === 'hello') versions.push(event.version);
      if (versions.length === 2) break;
    }
    expect(versions).toEqual([1, 4]);
  });

  it('ends when its listener leaves, and where it is refused', async () => {
    const leaving = new AbortController();
    for await (const _ of spaceEvents(
      scripted(() => stream(hello(1))),
      leaving.signal,
    ))
      leaving.abort();
    const refused = scripted(() => {
      throw new AppError('token_invalid');
    });
    await expect(spaceEvents(refused).next()).rejects.toMatchObject({ code: 'token_invalid' });
  });
});
