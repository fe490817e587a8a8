import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from './listener.ts';

test('connections nobody uses are kept longer than reverse proxies keep theirs: a request may lie on one', async () => {
  const listener = await listen('127.0.0.1', 0, () => () => new Response('here'));
  onTestFinished(() => listener.close());
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const sent = request({ host: '127.0.0.1', port: listener.port, agent }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  const [, seconds] = /timeout=(\d+)/.exec(String(answer.headers['keep-alive'])) ?? [];
  // nginx keeps one for 60 seconds unless told otherwise, Caddy for 120.
  expect(Number(seconds)).toBeGreaterThan(120);
});
