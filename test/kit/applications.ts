/** Applications for tests, made by hand, so that every parameter of the protocol can be made wrong; and the browser a person answers in. */
import { createHash, randomBytes } from 'node:crypto';
import type { Site } from './sign-in.ts';

export interface OAuthAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

async function answerOf(response: Response): Promise<OAuthAnswer> {
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: json ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

/** Status and error of a refusal. */
export const verdictOf = ({ status, body }: OAuthAnswer): string => `${status} ${String(body.error ?? 'ok')}`;

export const redirectUri = 'http://127.0.0.1:43117/callback';

export interface Application {
  readonly clientId: string;
  readonly secret: string | null;
  readonly redirectUri: string;
}

export async function register(site: Site, metadata: object = {}): Promise<OAuthAnswer> {
  return answerOf(
    await fetch(`${site.url}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_name: 'Notes', redirect_uris: [redirectUri], ...metadata }),
    }),
  );
}

export async function newApplication(site: Site, metadata: object = {}): Promise<Application> {
  const { status, body } = await register(site, metadata);
  if (status !== 201) throw new Error(`registration answered ${status} ${JSON.stringify(body)}`);
  return {
    clientId: String(body.client_id),
    secret: typeof body.client_secret === 'string' ? body.client_secret : null,
    redirectUri: String((body.redirect_uris as string[])[0]),
  };
}

/** A browser: keeps the cookies it is given and sends them where they belong. */
export class TestBrowser {
  readonly #cookies = new Map<string, { value: string; path: string }>();
  readonly #headers: Readonly<Record<string, string>>;

  /** @param headers sent with every request */
  constructor(cookies: readonly string[] = [], headers: Readonly<Record<string, string>> = {}) {
    this.#headers = headers;
    for (const cookie of cookies) this.#keep(`${cookie}; Path=/`);
  }

  #keep(setCookie: string): void {
    const [pair = '', ...attributes] = setCookie.split(';').map((part) => part.trim());
    const [name = '', value = ''] = pair.split('=', 2);
    const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? '/';
    const gone = attributes.some((part) => /^expires=Thu, 01 Jan 1970/i.test(part)) || value === '';
    if (gone) this.#cookies.delete(name);
    else this.#cookies.set(name, { value, path });
  }

  get names(): string[] {
    return [...this.#cookies.keys()];
  }

  /** Follows no redirect. */
  async open(url: string, init: RequestInit = {}): Promise<OAuthAnswer> {
    const { pathname } = new URL(url);
    const sent = [...this.#cookies].filter(([, { path }]) => pathname.startsWith(path));
    const headers = new Headers({ ...this.#headers, ...Object.fromEntries(new Headers(init.headers)) });
    if (sent.length > 0) headers.set('cookie', sent.map(([name, { value }]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return answerOf(response);
  }
}

/** One try of an application to be let in. */
export interface Attempt {
  readonly verifier: string;
  readonly state: string;
  readonly parameters: Record<string, string>;
}

export function newAttempt(
  site: Site,
  application: Application,
  change: Record<string, string | undefined> = {},
): Attempt {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(8).toString('hex');
  const parameters = {
    response_type: 'code',
    client_id: application.clientId,
    redirect_uri: application.redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    scope: 'memory:read',
    resource: `${site.url}/mcp`,
    state,
    ...change,
  };
  const kept = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { verifier, state, parameters: Object.fromEntries(kept) };
}

export const authorizeUrl = (site: Site, { parameters }: Attempt): string =>
  `${site.url}/oauth/authorize?${new URLSearchParams(parameters)}`;

/** Begins an attempt in a browser. @returns the id the page is told */
export async function begin(site: Site, browser: TestBrowser, attempt: Attempt): Promise<string> {
  const answer = await browser.open(authorizeUrl(site, attempt), { headers: { accept: 'text/html' } });
  const uid = /^\/connect\/([A-Za-z0-9_-]+)$/.exec(answer.headers.get('location') ?? '')?.[1];
  if (uid === undefined) throw new Error(`no page to ask on: ${answer.status} ${answer.text}`);
  return uid;
}

export const readQuestion = (site: Site, browser: TestBrowser, uid: string) =>
  browser.open(`${site.url}/v1/oauth/interactions/${uid}`);

export const answerQuestion = (site: Site, browser: TestBrowser, uid: string, decision: object) =>
  browser.open(`${site.url}/v1/oauth/interactions/${uid}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: site.url, 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify(decision),
  });

/** Answers a question and goes where the browser is sent. @returns the application's callback, with its parameters */
export async function decide(site: Site, browser: TestBrowser, uid: string, decision: object): Promise<URL> {
  const answered = await answerQuestion(site, browser, uid, decision);
  const back = await browser.open(String(answered.body.redirectTo), { headers: { accept: 'text/html' } });
  return new URL(back.headers.get('location') ?? `about:${answered.status}-${back.status}`);
}

/** A whole consent. @returns what the application is sent */
export async function letIn(
  site: Site,
  browser: TestBrowser,
  attempt: Attempt,
  decision: object = { decision: 'allow' },
): Promise<URL> {
  return decide(site, browser, await begin(site, browser, attempt), decision);
}

export async function askToken(
  site: Site,
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<OAuthAnswer> {
  const body = new URLSearchParams(parameters);
  return answerOf(await fetch(`${site.url}/oauth/token`, { method: 'POST', headers, body }));
}

export const tradeParameters = (application: Application, attempt: Attempt, code: string): Record<string, string> => ({
  grant_type: 'authorization_code',
  client_id: application.clientId,
  code,
  redirect_uri: attempt.parameters.redirect_uri ?? '',
  code_verifier: attempt.verifier,
  resource: attempt.parameters.resource ?? '',
  ...(application.secret === null ? {} : { client_secret: application.secret }),
});

export const refresh = (site: Site, application: Application, token: string, change: Record<string, string> = {}) =>
  askToken(site, {
    grant_type: 'refresh_token',
    client_id: application.clientId,
    refresh_token: token,
    ...(application.secret === null ? {} : { client_secret: application.secret }),
    ...change,
  });

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly scope: string;
  readonly code: string;
  readonly attempt: Attempt;
}

/** From a person who allows it to tokens. */
export async function connectApplication(
  site: Site,
  application: Application,
  browser: TestBrowser,
  change: Record<string, string | undefined> = {},
): Promise<Tokens> {
  const attempt = newAttempt(site, application, change);
  const callback = await letIn(site, browser, attempt);
  const code = callback.searchParams.get('code') ?? '';
  const { status, body } = await askToken(site, tradeParameters(application, attempt, code));
  if (status !== 200) throw new Error(`the token endpoint answered ${status} ${JSON.stringify(body)} for ${callback}`);
  return {
    access: String(body.access_token),
    refresh: String(body.refresh_token),
    scope: String(body.scope),
    code,
    attempt,
  };
}

/** A message to `/mcp`. */
export async function askMcp(
  site: Site,
  token: string | null,
  headers: Record<string, string> = {},
): Promise<OAuthAnswer> {
  return answerOf(
    await fetch(`${site.url}/mcp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    }),
  );
}
