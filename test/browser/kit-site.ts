/** The page of the kit, built and served under the very headers of the gateway, without a server behind it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { secureHeaders } from '../../packages/gateway/src/http/security-headers.ts';
import { serveStatic } from '../../packages/gateway/src/http/static.ts';
import { root } from '../architecture/source-files.ts';

export interface KitSite {
  readonly url: string;
  stop(): Promise<void>;
}

export async function serveKit(): Promise<KitSite> {
  const dir = await mkdtemp(join(tmpdir(), 'vivim-kit-'));
  await promisify(execFile)(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', 'kit-page', '--config', 'vite.config.ts', '--outDir', dir],
    { cwd: join(root, 'packages/web'), env: { ...process.env, NODE_ENV: 'production' } },
  );
  const server = createServer((incoming, outgoing) => {
    const request = new Request(`http://localhost${incoming.url ?? '/'}`, { headers: { accept: 'text/html' } });
    void serveStatic(dir, request).then(async (found) => {
      const response = found ?? new Response(null, { status: 404 });
      const headers = new Headers(response.headers);
      secureHeaders(headers, { secure: false, api: false });
      outgoing.writeHead(response.status, Object.fromEntries(headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      await new Promise((closed) => server.close(closed));
      await rm(dir, { recursive: true, force: true });
    },
  };
}
