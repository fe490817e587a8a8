import { AppError } from '@vivim/contract/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClient } from './client.ts';
import { pauseBefore } from './retry.ts';

interface Seen {
  readonly method: string;
  readonly key: string | null;
}

/** A server that gives these answers in turn, and then that it is well; what it was asked and how long was waited. */
function scripted(...answers: (() => Response)[]) {
  const seen: Seen[] = [];
  const waited: number[] = [];
  const client = createClient({
    baseUrl: 'http://localhost:1',
    fetch: async (_, init) => {
      seen.push({ method: init?.method ?? '', key: new Headers(init?.headers).get('idempotency-key') });
      return (answers.shift() ?? (() => Response.json({ items: [], nextCursor: null })))();
    },
    retries: { times: 2, wait: async (ms) => void waited.push(ms), random: () => 1 },
  });
  return { client, seen, waited };
}

const refusal =
  (code: string, status: number, headers: Record<string, string> = {}) =>
  () =>
    Response.json({ type: `https://vivim.dev/problems/${code}`, title: 'No.', status, code }, { status, headers });
const noLine = (): never => {
  throw new TypeError('fetch failed');
};

describe('a request that is sent again', () => {
  it('goes through once what stood in its way has passed, and waits as the server says', async () => {
    const { client, seen, waited } = scripted(noLine, refusal('rate_limited', 429, { 'retry-after': '7' }));
    expect(await client.listConversations({})).toEqual({ items: [], nextCursor: null });
    expect(seen).toHaveLength(3);
    expect(waited).toEqual([250, 7_000]);
  });

  it('is a write under one key however often it is sent, and a read under none', async () => {
    const { client, seen } = scripted(noLine, noLine, () => new Response(null, { status: 204 }));
    await client.createMemory({ body: { text: 'I like tea.', kind: 'preference' } as never }).catch(() => undefined);
    const keys = new Set(seen.map(({ key }) => key));
    expect([seen.length, keys.size, [...keys][0]]).toEqual([3, 1, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    const read = scripted();
    await read.client.listConversations({});
    expect(read.seen).toEqual([{ method: 'GET', key: null }]);
  });

  it('is not one that was refused for good, nor one that was tried enough', async () => {
    const refused = scripted(refusal('not_found', 404));
    await expect(refused.client.listConversations({})).rejects.toMatchObject({ code: 'not_found' });
    expect(refused.seen).toHaveLength(1);
    const away = scripted(noLine, noLine, noLine, noLine);
    await expect(away.client.listConversations({})).rejects.toThrow('fetch failed');
    expect(away.seen).toHaveLength(3);
  });

  it('keeps the words of a refusal it does not know', async () => {
    const { client } = scripted(refusal('planet_misaligned', 418));
    await expect(client.listConversations({})).rejects.toMatchObject({ code: 'internal', message: 'No.' });
  });

  it('never waits longer than half a minute, whatever it is told', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(1e9), fc.double({ min: 0, max: 1, noNaN: true }), (tries, asked, random) => {
        const told = new AppError('rate_limited', undefined, { retryAfterSeconds: asked });
        for (const error of [told, null]) {
          const ms = pauseBefore(tries, error, () => random);
          expect(ms).toBeGreaterThanOrEqual(0);
          expect(ms).toBeLessThanOrEqual(30_000);
        }
      }),
    );
  });
});
