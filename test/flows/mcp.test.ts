/**
 * Applications and people together, whole: real servers, real engines, the protocol's own client. Alice and Bob each let
 * an application in; it reads, is refused to write, asks for more, writes, renews its tokens, and is shown out.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Client,
  discoverAuthorizationServerMetadata,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  refreshAuthorization,
  type StoredOAuthClientInformation,
  type StoredOAuthTokens,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { startGateway } from '@vivim/gateway/app';
import { loadConfig } from '@vivim/gateway/config/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide, readQuestion, TestBrowser } from '../kit/applications.ts';
import { startTestServer } from '../kit/server.ts';
import { ownPage, type Site, send, signInBrowser } from '../kit/sign-in.ts';

const redirectUri = 'http://127.0.0.1:43117/callback';

/** What a client keeps of one person's connection; where a real one opens a browser, this notes the address. */
class Connection implements OAuthClientProvider {
  readonly clientMetadataUrl?: string;
  readonly redirectUrl = redirectUri;
  readonly clientMetadata = { client_name: 'Notes', redirect_uris: [redirectUri] };
  asked: URL | null = null;
  client: StoredOAuthClientInformation | undefined;
  granted: StoredOAuthTokens | undefined;
  #verifier = '';
  #discovery: OAuthDiscoveryState | undefined;

  constructor(metadataUrl?: string) {
    if (metadataUrl !== undefined) this.clientMetadataUrl = metadataUrl;
  }
  state = () => 'a-state';
  clientInformation = () => this.client;
  tokens = () => this.granted;
  codeVerifier = () => this.#verifier;
  discoveryState = () => this.#discovery;
  saveClientInformation(client: StoredOAuthClientInformation): void {
    this.client = client;
  }
  saveTokens(tokens: StoredOAuthTokens): void {
    this.granted = tokens;
  }
  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier;
  }
  saveDiscoveryState(state: OAuthDiscoveryState): void {
    this.#discovery = state;
  }
  invalidateCredentials(): void {
    this.granted = undefined;
  }
  redirectToAuthorization(url: URL): void {
    this.asked = url;
  }
}

class Assistant {
  readonly connection: Connection;
  readonly #site: Site;
  readonly #browser: TestBrowser;
  #client: Client | undefined;

  constructor(site: Site, browser: TestBrowser, metadataUrl?: string) {
    this.#site = site;
    this.#browser = browser;
    this.connection = new Connection(metadataUrl);
  }

  #transport(): StreamableHTTPClientTransport {
    return new StreamableHTTPClientTransport(new URL(`${this.#site.url}/mcp`), { authProvider: this.connection });
  }

  async connect(): Promise<Client> {
    await this.#client?.close();
    const client = new Client({ name: 'notes', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(this.#transport());
    this.#client = client;
    return client;
  }

  /** The person answers what the application last asked. @param scopes that they leave of it @returns those they were asked for */
  async consent(scopes?: readonly string[]): Promise<unknown> {
    const page = await this.#browser.open(String(this.connection.asked), { headers: { accept: 'text/html' } });
    const uid = page.headers.get('location')?.slice('/connect/'.length) ?? '';
    const question = await readQuestion(this.#site, this.#browser, uid);
    const callback = await decide(this.#site, this.#browser, uid, { decision: 'allow', ...(scopes && { scopes }) });
    await this.#transport().finishAuth(callback.searchParams);
    return question.body.scopes;
  }

  call(name: string, args: Record<string, unknown>) {
    if (this.#client === undefined) throw new Error('not connected');
    return this.#client.callTool({ name, arguments: args });
  }

  close = async () => this.#client?.close();
}

const bread = {
  title: 'Bread',
  messages: [{ role: 'user', content: 'My sourdough starter is called Gustav and lives in the fridge.' }],
};

async function newAssistant(site: Site, metadataUrl?: string) {
  const signedIn = await signInBrowser(site);
  return { assistant: new Assistant(site, new TestBrowser([signedIn.cookie]), metadataUrl), cookie: signedIn.cookie };
}

describe('an application of two people', () => {
  let server: Awaited<ReturnType<typeof startTestServer>>;
  beforeAll(async () => {
    server = await startTestServer({ env: { VIVIM_MODELS: 'off', VIVIM_REGISTRATIONS_PER_DAY: '0' } });
  });
  afterAll(() => server.stop());

  it('is let in, reads, asks for more, writes, renews, and is shown out', async () => {
    const { assistant: alice, cookie } = await newAssistant(server);
    const { assistant: bob } = await newAssistant(server);
    await expect(alice.connect()).rejects.toBeInstanceOf(UnauthorizedError);
    expect(await alice.consent(['memory:read'])).toEqual(['memory:read', 'memory:write']);
    const client = await alice.connect();
    expect(client.getNegotiatedProtocolVersion()).toBe('2026-07-28');
    expect((await client.listTools()).tools).toHaveLength(8);
    const empty = await alice.call('search', { query: 'sourdough starter' });
    expect(empty.structuredContent).toMatchObject({ hits: [] });

    await expect(alice.call('save_conversation', bread)).rejects.toBeInstanceOf(UnauthorizedError);
    expect(await alice.consent()).toEqual(['memory:read', 'memory:write']);
    const kept = await alice.call('save_conversation', bread);
    expect(kept.structuredContent).toMatchObject({ state: 'done', outcome: 'added' });
    const { conversationId } = kept.structuredContent as { conversationId: string };
    const found = await alice.call('get_context', { message: 'What is my starter called?' });
    expect((found.structuredContent as { text: string }).text).toContain('Gustav');

    await expect(bob.connect()).rejects.toBeInstanceOf(UnauthorizedError);
    await bob.consent();
    await bob.connect();
    expect((await bob.call('search', { query: 'sourdough starter' })).structuredContent).toMatchObject({ hits: [] });
    expect(await bob.call('read_conversation', { conversationId })).toMatchObject({ isError: true });

    const { client: information, granted } = alice.connection;
    if (information === undefined || granted?.refresh_token === undefined) throw new Error('nothing was granted');
    const metadata = await discoverAuthorizationServerMetadata(server.url);
    const renewals = await Promise.all(
      Array.from({ length: 8 }, () =>
        refreshAuthorization(server.url, {
          ...(metadata === undefined ? {} : { metadata }),
          clientInformation: information,
          refreshToken: String(granted.refresh_token),
          resource: new URL(`${server.url}/mcp`),
        }),
      ),
    );
    for (const renewed of renewals) {
      alice.connection.saveTokens({ ...renewed, issuer: server.url });
      expect((await alice.call('list_topics', {})).isError).not.toBe(true);
    }

    const headers = { ...ownPage(server), cookie };
    const sessions = (await send(server, 'GET', '/v1/sessions', { headers })).body.items as {
      id: string;
      kind: string;
    }[];
    const applications = sessions.filter(({ kind }) => kind === 'oauth');
    expect(applications).toHaveLength(2);
    for (const { id } of applications) await send(server, 'DELETE', `/v1/sessions/${id}`, { headers });
    await expect(alice.call('list_topics', {})).rejects.toThrow();
    expect((await bob.call('list_topics', {})).isError).not.toBe(true);
    await Promise.all([alice.close(), bob.close()]);
    expect(server.output()).not.toContain('Gustav');
    for (const { access_token } of renewals) expect(server.output()).not.toContain(access_token);
  });
});

describe('an application described by a page of its own', () => {
  it('is let in under the address of that page', async () => {
    const page = 'https://notes.example/client.json';
    const dataDir = mkdtempSync(join(tmpdir(), 'vivim-mcp-'));
    const env = { VIVIM_MODELS: 'off', VIVIM_LOG: 'error', VIVIM_DATA_DIR: dataDir, VIVIM_PORT: '0' };
    const gateway = await startGateway(loadConfig({}, env), {
      fetch: async (url) =>
        Response.json({ client_id: String(url), client_name: 'Notes', redirect_uris: [redirectUri] }),
    });
    try {
      const { assistant } = await newAssistant(gateway, page);
      await expect(assistant.connect()).rejects.toBeInstanceOf(UnauthorizedError);
      expect(assistant.connection.client?.client_id).toBe(page);
      await assistant.consent();
      await assistant.connect();
      expect((await assistant.call('list_topics', {})).structuredContent).toMatchObject({ topics: [] });
      await assistant.close();
    } finally {
      await gateway.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
