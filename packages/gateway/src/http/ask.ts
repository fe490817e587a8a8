/** One request on its way through the server: the connection under it, and who asks. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { clientAddress } from '../auth/addresses.ts';
import type { AuthRequest } from '../auth/origins.ts';

export interface Env {
  Bindings: Partial<HttpBindings>;
  Variables: { traceId: string; route: string };
}

export type Ask = Context<Env>;

/**
 * The request as the rooms of identity see it.
 *
 * @param trustedProxies address prefixes of proxies whose word on a client's address is taken
 */
export function askedBy(c: Ask, trustedProxies: readonly string[]): AuthRequest {
  const { method, url, headers } = c.req.raw;
  const peer = c.env?.incoming?.socket.remoteAddress ?? '';
  return { method, url, headers, address: clientAddress(peer, headers.get('x-forwarded-for'), trustedProxies) };
}
