/** The TCP port. Opens it, tells its number, closes it without cutting off answers that are nearly done. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { unreadAnswer, unreadBytes } from './unread.ts';

export interface Listener {
  readonly port: number;
  /** Takes no more requests, lets those under way end for a moment, then cuts the rest: event streams never end. */
  close(): Promise<void>;
}

type Fetch = (request: Request, env: Partial<HttpBindings>) => Response | Promise<Response>;

const graceMs = 1_000;
/**
 * Longer than nginx (60 s) and Caddy (120 s) keep connections they do not use: whoever ends one first may end it under a request, and a
 * `POST` is not sent again.
 */
const idleConnectionMs = 130_000;
/** A large upload over a slow line takes hours, and Node's five minutes would cut it. */
const longestRequestMs = 12 * 3_600_000;

/**
 * @param makeFetch is told the port, which is only known now where the system chose it
 * @param secure people reach it over https
 * @throws Error in words for the operator when the address cannot be taken
 */
export async function listen(
  host: string,
  port: number,
  makeFetch: (port: number) => Fetch,
  secure = false,
): Promise<Listener> {
  // A request without a host is refused like one with a wrong host, and not by a bare line of Node's.
  const server = createServer({
    requestTimeout: longestRequestMs,
    keepAliveTimeout: idleConnectionMs,
    requireHostHeader: false,
  });
  server.on('clientError', async (error: NodeJS.ErrnoException, socket) => {
    const answer = await unreadBytes(error, secure);
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else socket.end(answer);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(inWords(error, host, port)));
    server.listen(port, host, () => {
      // Before the first connection is read, so that none meets a server without an answer.
      const fetch = makeFetch((server.address() as AddressInfo).port);
      server.on(
        'request',
        getRequestListener((request, env) => fetch(request, env as HttpBindings), {
          overrideGlobalObjects: false,
          hostname: 'unnamed',
          errorHandler: (error) => unreadAnswer(error, secure),
        }),
      );
      resolve();
    });
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function inWords(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} on ${host} is taken. Stop what uses it, or choose another with --port.`,
    EACCES: `Port ${port} on ${host} needs rights this user does not have. Choose one above 1023 with --port.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Choose another with --host.`,
  };
  return new Error(reasons[error.code ?? ''] ?? `The server cannot listen on ${host}:${port} (${error.code}).`, {
    cause: error,
  });
}
