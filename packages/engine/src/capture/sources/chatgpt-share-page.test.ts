import { describe, expect, it } from 'vitest';
import { conversationOfSharePage, looksLikeSharePage } from './chatgpt-share-page.ts';
import { decodeTurboStream } from './turbo-stream.ts';

const data = {
  title: 'Shared "talk"',
  conversation_id: 'share-1',
  current_node: null,
  mapping: {
    m: { parent: null, message: { author: { role: 'user' }, create_time: 1.5, content: { parts: ['</b> hi'] } } },
  },
};

/** Values as turbo-stream pools them. */
function pooled(root: unknown): unknown[] {
  const pool: unknown[] = [];
  const add = (value: unknown): number => {
    if (value === null) return -5;
    const place = pool.push(null) - 1;
    if (Array.isArray(value)) pool[place] = value.map(add);
    else if (typeof value === 'object')
      pool[place] = Object.fromEntries(Object.entries(value).map(([key, item]) => [`_${add(key)}`, add(item)]));
    else pool[place] = value;
    return place;
  };
  add(root);
  return pool;
}

const stream = (root: unknown) => `${JSON.stringify(pooled(root))}\nP1:[]\n`;
const modern = (root: unknown) => {
  const text = stream(root);
  // The page hands the stream over in several pieces.
  const calls = [text.slice(0, 40), text.slice(40)].map(
    (piece) => `<script>window.__reactRouterContext.streamController.enqueue(${JSON.stringify(piece)});</script>`,
  );
  return `<!doctype html><html>${calls.join('\n')}</html>`;
};
const early = (root: unknown) =>
  `<html><script id="__NEXT_DATA__" type="application/json">${JSON.stringify(root)}</script></html>`;

describe('a saved share page', () => {
  it('of 2025 and later gives the conversation it streams', () => {
    const page = modern({
      loaderData: { root: { a: 1 }, 'routes/share.$shareId': { serverResponse: { type: 'data', data } } },
    });
    expect(looksLikeSharePage(page)).toBe(true);
    expect(conversationOfSharePage(page)).toEqual(data);
  });

  it('from before 2025 gives the conversation of its page data', () => {
    const page = early({ props: { pageProps: { serverResponse: { type: 'data', data } } } });
    expect(conversationOfSharePage(page)).toEqual(data);
  });

  it.each([
    ['without a share', modern({ loaderData: { root: { serverResponse: { data } } } })],
    [
      'of a conversation that is gone',
      modern({ loaderData: { 'routes/share.x': { serverResponse: { type: 'error' } } } }),
    ],
    ['cut off', modern({ loaderData: {} }).slice(0, 90)],
    ['with broken data', early('').replace('""', '{{')],
    ['of anything else', '<html>hello</html>'],
  ])('%s gives nothing', (_, page) => {
    expect(conversationOfSharePage(page)).toBeNull();
  });
});

describe('turbo-stream', () => {
  it('knows dates, promises, constants and what contains itself', () => {
    const pool = [{ _1: 2, _3: 4, _5: 0, _6: -7, _7: -5 }, 'at', ['D', 5], 'later', ['P', 9], 'self', 'none', 'null'];
    const decoded = decodeTurboStream(pool) as Record<string, unknown>;
    expect(decoded).toMatchObject({ at: 5, later: undefined, none: undefined, null: null });
    expect(decoded.self).toBe(decoded);
  });

  it('takes __proto__ as data', () => {
    const decoded = decodeTurboStream([{ _1: 2 }, '__proto__', { _3: 4 }, 'polluted', true]) as object;
    expect(Object.keys(decoded)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
