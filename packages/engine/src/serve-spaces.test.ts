/** The engine as a process: what its sockets do, whatever it serves on them. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import type { UserId } from '@vivim/contract/ids';
import type { OpenCommand } from '@vivim/contract/ticket';
import { expect, it, onTestFinished } from 'vitest';
import { newLocation } from '../../../test/kit/spaces.ts';

/** What opens a new space, on a socket beside it. */
function opening(): OpenCommand {
  const { directory, storageId, ownerId, keyHex: key, quotaBytes } = newLocation();
  const userId = ownerId as UserId;
  mkdirSync(directory, { recursive: true });
  const socketPath = join(directory, 's');
  const ticketKey = randomBytes(32).toString('base64url');
  const rest = { fence: 1, modelsSocketPath: null, create: true, erased: [] };
  return { type: 'open', storageId, userId, directory, socketPath, key, ticketKey, quotaBytes, ...rest };
}

it('never ends a connection that nobody uses: a request may lie on it unread while it computes', async () => {
  const main = new URL('./main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [main], { stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill());
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  child.stdout.setEncoding('utf8');
  let told = '';
  child.stdout.on('data', (text: string) => {
    told += text;
  });
  for (const space of [opening(), opening()]) {
    child.stdin.write(`${JSON.stringify(space)}\n`);
    const answered = () =>
      told.split('\n').some((line) => line.includes(space.storageId) && /opened|refused/.test(line));
    while (!answered()) await once(child.stdout, 'data');
    expect(told).not.toContain('refused');
    const sent = request({ socketPath: space.socketPath, agent, path: '/internal/ping' }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    // A server that ends idle connections says after how many seconds.
    expect(answer.headers).toMatchObject({ connection: 'keep-alive' });
    expect(answer.headers['keep-alive']).toBeUndefined();
  }
});
