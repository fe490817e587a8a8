/**
 * The port Prometheus reads, apart from the one people use: it asks nobody who they are, so it belongs on an address that only the
 * operator reaches. Answers `GET /metrics` and nothing else.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';

export interface MetricsAddress {
  readonly host: string;
  /** 0 asks the system for a free one. */
  readonly port: number;
}

export interface MetricsPort {
  readonly url: string;
  close(): Promise<void>;
}

/** @throws Error in words for the operator when the address cannot be taken */
export async function openMetricsPort({ host, port }: MetricsAddress, metrics: Metrics): Promise<MetricsPort> {
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Nothing is here but /metrics.\n');
      return;
    }
    try {
      response.writeHead(200, { 'content-type': metrics.contentType }).end(await metrics.text());
    } catch {
      response.writeHead(500).end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new Error(`VIVIM_METRICS: ${host}:${port} cannot be taken (${cause.code}). Choose another address.`, { cause }),
      ),
    );
    server.listen(port, host, resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
