import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parseServer, reach } from './reach.ts';

describe('server address', () => {
  it.each([
    ['http://localhost:7717', 'http://localhost:7717'],
    ['https://vivim.example/', 'https://vivim.example'],
    ['localhost:8080', 'http://localhost:8080'],
  ])('%s is %s', (text, origin) => expect(parseServer(text)).toBe(origin));

  it.each(['', 'ftp://x', 'http://x/path', 'http://x?q=1', 'http://user@x', 'http://:80'])('%j is none', (text) => {
    expect(() => parseServer(text)).toThrow(expect.objectContaining({ failure: 'usage' }));
  });
});

describe('reach', () => {
  it('says that nobody answers', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const server = `http://127.0.0.1:${port}`;
    await expect(reach(server)(`${server}/v1/health`)).rejects.toThrow(/No VIVIM server answers .*ECONNREFUSED/);
  });

  it('tells another web server from ours', async () => {
    const other = createServer((_, response) =>
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404</h1>'),
    );
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const server = `http://127.0.0.1:${port}`;
    await expect(reach(server)(`${server}/v1/health`)).rejects.toThrow(/says 404 and is no VIVIM server/);
    await new Promise((resolve) => other.close(resolve));
  });
});
