/** A request of the route table, as plain as it goes over the wire, so that it can be made with any credential or none. */
import { type Operation, type Route, routes } from '@vivim/contract/routes';
import { makeProof } from '../../kit/proofs.ts';
import { ownPage, type SignedIn } from '../../kit/sign-in.ts';
import type { TestGateway } from '../../kit/test-gateway.ts';

/** What a request holds beside its method and its credential. */
export interface Ask {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly json?: unknown;
  readonly bytes?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Heard {
  readonly status: number;
  readonly headers: Headers;
  /** The whole body; of an event stream nothing. */
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** Headers that prove something, for a request of this method to this path. */
export type Credential = (method: string, path: string) => Readonly<Record<string, string>>;

export const nobody: Credential = () => ({});

export const byProof = (gateway: TestGateway, { key, token }: SignedIn): Credential => {
  return (method, path) => ({
    authorization: `DPoP ${token}`,
    dpop: makeProof(key, {
      method,
      url: `${gateway.url}${path.split('?')[0]}`,
      nowMs: gateway.now(),
      accessToken: token,
    }),
  });
};

export const byBearer =
  (token: string): Credential =>
  () => ({ authorization: `Bearer ${token}` });

/** A browser's cookie, as a page of the server sends it, or as one of nowhere does. */
export const byCookie =
  (gateway: TestGateway, cookie: string, from: 'own page' | 'nowhere'): Credential =>
  () => ({ cookie, ...(from === 'own page' ? ownPage(gateway) : {}) });

export const pathOf = (operation: Operation, { params = {}, query = '' }: Ask): string =>
  routes[operation].path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '') + query;

export async function ask(
  gateway: TestGateway,
  operation: Operation,
  request: Ask,
  credential: Credential,
): Promise<Heard> {
  const { method }: Route = routes[operation];
  const path = pathOf(operation, request);
  const proof = credential(method, path);
  const cookies = [request.headers?.cookie, proof.cookie].filter((cookie) => cookie !== undefined).join('; ');
  const body = request.json === undefined ? request.bytes : JSON.stringify(request.json);
  const type = request.json === undefined ? 'application/octet-stream' : 'application/json';
  const leaving = new AbortController();
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': type }),
      ...request.headers,
      ...proof,
      ...(cookies === '' ? {} : { cookie: cookies }),
    },
    ...(body === undefined ? {} : { body }),
    signal: leaving.signal,
  });
  const endless = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (endless) leaving.abort();
  const text = endless ? '' : await response.text();
  const json = response.headers.get('content-type')?.includes('json') === true && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: json ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}
