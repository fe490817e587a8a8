/** The way in stays open: where the protocol's library could not be loaded once, the next message tries again. */
import { systemClock } from '@vivim/contract/clock';
import { expect, it } from 'vitest';
import { mcpEntrance } from './mcp-entrance.ts';

const ticket = { sid: 's', scopes: ['memory:read'], exp: systemClock() } as never;
const ask = () =>
  new Request('http://engine/mcp', { method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }) });

it('is loaded anew after a failure, and once after that', async () => {
  let loads = 0;
  const entrance = mcpEntrance(
    { handlers: {} as never, asked: {} as never, version: '0', onFailure: () => {} },
    async () => {
      loads += 1;
      if (loads === 1) throw new Error('No file could be opened.');
      return async () => new Response('here');
    },
  );
  await expect(entrance(ask(), ticket)).rejects.toThrow('No file could be opened.');
  expect(await (await entrance(ask(), ticket)).text()).toBe('here');
  expect(await (await entrance(ask(), ticket)).text()).toBe('here');
  expect(loads).toBe(2);
});
