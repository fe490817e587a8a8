/** A call that is told as it goes, and a call that is taken back: in both revisions, and only one's own. */
import { ticketHeader } from '@vivim/contract/ticket';
import { describe, expect, it } from 'vitest';
import { all, connectMcp, type McpHome, newMcpHome, postMcp, toolCall } from '../../../../test/kit/mcp-home.ts';
import { InFlight } from './in-flight.ts';

const bread = {
  title: 'Bread',
  messages: [{ role: 'user', content: 'My sourdough starter is called Gustav and lives in the fridge.' }],
};

/** What was asked and given: each context that came to its end is written down. */
async function recorded({ engine, ticket }: McpHome): Promise<string[]> {
  const headers = { [ticketHeader]: ticket(all) };
  const answer = await engine.fetch(new Request('http://engine/v1/assemblies', { headers }));
  return ((await answer.json()) as { items: { query: string }[] }).items.map(({ query }) => query);
}

describe('a context that is told as it forms', () => {
  it.each([{}, { revision: 'older' as const }])('says layer by layer how far it is (%o)', async (options) => {
    const home = newMcpHome();
    const client = await connectMcp(home, undefined, options);
    await client.callTool({ name: 'save_conversation', arguments: bread });
    const told: { progress: number; total?: number | undefined; message?: string | undefined }[] = [];
    const call = { name: 'get_context', arguments: { message: 'What is my starter called?' } };
    const answer = await client.callTool(call, { onprogress: (progress) => void told.push(progress) });
    const untold = await client.callTool(call);
    expect((answer.structuredContent as { text: string }).text).toBe(
      (untold.structuredContent as { text: string }).text,
    );
    expect(told.length).toBeGreaterThan(3);
    expect(told.map(({ progress }) => progress)).toEqual(told.map((_, i) => i + 1));
    expect(new Set(told.map(({ total }) => total)).size).toBeLessThanOrEqual(2);
    expect(told.at(-1)?.progress).toBeLessThanOrEqual(told.at(-1)?.total ?? 0);
    expect(told[0]?.message).toMatch(/^Looking for: /);
    expect(told.map(({ message }) => message).join('\n')).toContain('From your history: ');
  });
});

describe('work that is taken back', () => {
  it('is answered as taken back where its session says so in a message of its own', async () => {
    const home = newMcpHome();
    const headers = { 'mcp-protocol-version': '2025-11-25' };
    const message = 'What is my starter called? '.repeat(200);
    const asked = postMcp(home, all, toolCall('get_context', { message, depth: 'deep' }), headers);
    const params = { requestId: 1 };
    let answered = false;
    const answer = Promise.resolve(asked)
      .then((response) => response.text())
      .finally(() => (answered = true));
    while (!answered) {
      await postMcp(home, all, { jsonrpc: '2.0', method: 'notifications/cancelled', params }, headers);
      await new Promise(setImmediate);
    }
    expect(await answer).toContain('cancelled: This was taken back');
    expect(await recorded(home)).toEqual([]);
  });

  it('ends for the session that asked for it, by the id it gave it, and for nobody else', () => {
    const inFlight = new InFlight();
    const [mine, theirs, other, named] = [
      inFlight.begin('alice', 1),
      inFlight.begin('bob', 1),
      inFlight.begin('alice', 2),
      inFlight.begin('alice', '1'),
    ];
    inFlight.cancel('alice', 1);
    expect([mine, theirs, other, named].map(({ signal }) => signal.aborted)).toEqual([true, false, false, false]);
    for (const going of [mine, theirs, other, named]) going.end();
    inFlight.cancel('bob', 1);
    expect(theirs.signal.aborted).toBe(false);
  });

  it('goes on where two clients of a session count alike', () => {
    const inFlight = new InFlight();
    const [first, second] = [inFlight.begin('alice', 1), inFlight.begin('alice', 1)];
    inFlight.cancel('alice', 1);
    expect([first.signal.aborted, second.signal.aborted]).toEqual([false, false]);
    second.end();
    inFlight.cancel('alice', 1);
    expect(first.signal.aborted).toBe(true);
  });

  it.each([{}, { revision: 'older' as const }])(
    'stops in the engine when the client takes it back (%o)',
    async (options) => {
      const home = newMcpHome();
      const client = await connectMcp(home, undefined, options);
      await client.callTool({ name: 'save_conversation', arguments: bread });
      const leaving = new AbortController();
      const told: number[] = [];
      const call = client.callTool(
        { name: 'get_context', arguments: { message: 'What is my starter called?', depth: 'deep' } },
        {
          signal: leaving.signal,
          onprogress: ({ progress }) => {
            told.push(progress);
            leaving.abort('no longer wanted');
          },
        },
      );
      await expect(call).rejects.toThrow();
      const before = told.length;
      // Another is answered after it, whole and written down: what was taken back went no further.
      const other = { name: 'get_context', arguments: { message: 'Where does Gustav live?' } };
      expect((await client.callTool(other)).isError).not.toBe(true);
      expect(told).toHaveLength(before);
      expect(await recorded(home)).toEqual(['Where does Gustav live?']);
    },
  );
});
