/**
 * Under which names this server answers, and who may send it requests from a page. A name that is not on the list is
 * somebody else's: DNS rebinding lets a foreign page reach a local port, but not under our name.
 */
import { AppError } from '@vivim/contract/errors';

export interface Origins {
  /** The one people see in the text they sign. */
  readonly primary: string;
  /** The name passkeys are made for: they work on pages under it and nowhere else. WebAuthn level 3, section 5.1.2. */
  readonly rpId: string;
  /** Scheme, host and path of a request as its client sees them. @throws AppError `host_not_allowed` */
  resource(request: Pick<AuthRequest, 'url' | 'headers'>): string;
  /** Whether an `Origin` header names this server. */
  includes(origin: string): boolean;
}

/** The part of a request that says who asks. */
export interface AuthRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  /** Whose it is: the connection's peer, or whom a trusted proxy says it is for. */
  readonly address: string;
}

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * @param primary e.g. `https://vivim.example` or `http://localhost:7717`
 * @param port where the server listens; programs on the same machine may always use it
 */
export function createOrigins(primary: string, port: number): Origins {
  const all = [primary, ...loopbackNames.map((name) => new URL(`http://${name}:${port}`).origin)];
  const byHost = new Map(all.map((origin) => [new URL(origin).host, origin]).reverse() as [string, string][]);
  const known = new Set(all);
  return {
    primary,
    rpId: new URL(primary).hostname,
    resource: ({ url, headers }) => {
      const host = headers.get('host')?.toLowerCase() ?? '';
      const origin = byHost.get(host);
      if (origin === undefined) {
        throw new AppError('host_not_allowed', 'This name is not the one the server was started with (VIVIM_ORIGIN).');
      }
      return `${origin}${new URL(url).pathname}`;
    },
    includes: (origin) => known.has(origin),
  };
}

/**
 * Lets a request pass only if a page of this server, or no page at all, sent it.
 *
 * @param withCookie the browser added its cookie by itself, so a write must name where it comes from
 * @throws AppError `csrf_rejected`, or `host_not_allowed` for a foreign page without a cookie
 * @see OWASP ASVS 5.0 V3.5; Fetch Metadata (W3C), Sec-Fetch-Site
 */
export function assertOwnPage(request: AuthRequest, origins: Origins, withCookie: boolean): void {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const write = !['GET', 'HEAD'].includes(request.method);
  if (origin !== null && !origins.includes(origin))
    throw new AppError(withCookie ? 'csrf_rejected' : 'host_not_allowed');
  if (!withCookie) return;
  if (write && origin === null)
    throw new AppError('csrf_rejected', 'A write with a cookie must carry an Origin header.');
  if (site !== null && site !== 'same-origin' && (write || site !== 'none')) throw new AppError('csrf_rejected');
}
