import { describe, expect, it } from 'vitest';
import { connect } from './connect.ts';

describe('a client by its token', () => {
  it('sends it with each request', async () => {
    const seen: (string | null)[] = [];
    const vivim = connect({
      server: 'https://memory.example.org/',
      token: 'vivim_pat_x',
      fetch: async (url, init) => {
        seen.push(String(url), new Headers(init?.headers).get('authorization'));
        return Response.json({ items: [], nextCursor: null });
      },
    });
    await vivim.listConversations({ query: { limit: 1 } });
    expect(seen).toEqual(['https://memory.example.org/v1/conversations?limit=1', 'Bearer vivim_pat_x']);
  });

  it('is refused where the token would go over an open line', () => {
    const to = (server: string) => () => connect({ server, token: 't' });
    for (const server of ['http://memory.example.org', 'http://192.168.1.2:7717', 'http://localhost.example.org'])
      expect(to(server)).toThrow(TypeError);
    for (const server of ['http://localhost:7717', 'http://127.0.0.1:1', 'http://[::1]:7717', 'https://a.example'])
      expect(to(server)).not.toThrow();
    expect(to('nowhere')).toThrow(TypeError);
  });
});
