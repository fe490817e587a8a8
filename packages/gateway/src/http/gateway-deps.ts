/** What the HTTP face of the server stands on. A type alone. */
import type { OAuthDeps } from '../oauth/deps.ts';
import type { HandlerDeps } from './call.ts';
import type { Log } from './log.ts';

export interface GatewayHttpDeps extends HandlerDeps {
  readonly log: Log;
  readonly webDir: string;
  /** Address prefixes of proxies whose word on a client's address is taken. */
  readonly trustedProxies: readonly string[];
  readonly oauth: Pick<OAuthDeps, 'fetch' | 'registrationsPerHour'>;
}
