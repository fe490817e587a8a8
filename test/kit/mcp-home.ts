/** An engine with a door for the Model Context Protocol, and the protocol's own client before it, of either revision. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { systemClock } from '@vivim/contract/clock';
import { headers as names } from '@vivim/contract/http';
import type { Scope } from '@vivim/contract/identity';
import type { StorageId, UserId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { type TicketPayload, ticketHeader, ticketSigningInput } from '@vivim/contract/ticket';
import { type Engine, startEngine } from '@vivim/engine/engine-app';
import { migrations } from '@vivim/engine/space/migrations/migrations';
import { onTestFinished } from 'vitest';
import { newLocation } from './spaces.ts';

export const all: readonly Scope[] = ['memory:read', 'memory:write'];

const gateway = generateKeyPairSync('ed25519');
const ticketKey = String(gateway.publicKey.export({ format: 'jwk' }).x);

/** One person's engine. */
export interface McpHome {
  readonly engine: Engine;
  /** @param app what the session's application calls itself */
  readonly ticket: (
    scopes: readonly Scope[],
    app?: string,
    more?: Pick<Partial<TicketPayload>, 'sid' | 'pat'>,
  ) => string;
  /** The session all its tickets are of. */
  readonly sid: string;
}

/** @param closes whether it is closed when the test ends; else the test closes it */
export function newMcpHome(closes = true): McpHome {
  const location = newLocation();
  const { storageId, directory, keyHex: key, quotaBytes } = location;
  const userId = location.ownerId as UserId;
  const base = { socketPath: '', fence: 1, modelsSocketPath: null, create: true, erased: [] };
  const command = { type: 'open', storageId, userId, directory, key, quotaBytes, ticketKey, ...base } as const;
  const engine = startEngine(command, {
    clock: systemClock,
    migrations,
    blank: null,
    onPending: () => {},
    embed: () => Promise.reject(new Error('nothing is sent')),
    chat: () => Promise.reject(new Error('nothing is sent')),
    note: async () => ({ backups: 0, backupsUntil: null }),
  });
  engine.begin();
  if (closes) onTestFinished(() => engine.close());
  const sid = uuidv7();
  const ticket: McpHome['ticket'] = (scopes, app, more = {}) => {
    const exp = Math.floor(Date.now() / 1000) + 30;
    const aud: StorageId = storageId;
    const payload: TicketPayload = {
      aud,
      sub: userId,
      sid,
      ...(app === undefined ? {} : { app }),
      scopes: [...scopes],
      fence: 1,
      jti: uuidv7(),
      exp,
      ...more,
    };
    const encoded = Buffer.from(JSON.stringify(payload)).toString('base64url');
    const signature = sign(null, Buffer.from(ticketSigningInput(encoded)), gateway.privateKey);
    return `${encoded}.${signature.toString('base64url')}`;
  };
  return { engine, ticket, sid };
}

export const mcpAddress = new URL('http://engine/mcp');

export const origin = 'https://vivim.example';

/** @param revision by default the newest */
export async function connectMcp(
  { engine, ticket }: McpHome,
  scopes: readonly Scope[] = all,
  { revision, app, sid }: { readonly revision?: 'older'; readonly app?: string; readonly sid?: string } = {},
): Promise<Client> {
  const transport = new StreamableHTTPClientTransport(mcpAddress, {
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers);
      headers.set(ticketHeader, ticket(scopes, app, sid === undefined ? {} : { sid }));
      headers.set(names.origin, origin);
      return engine.fetch(new Request(url, { ...init, headers }));
    },
  });
  const options = revision === 'older' ? {} : { versionNegotiation: { mode: { pin: '2026-07-28' } } };
  const client = new Client({ name: 'test', version: '1' }, options);
  await client.connect(transport);
  onTestFinished(() => client.close());
  return client;
}

export const postMcp = (
  home: McpHome,
  scopes: readonly Scope[],
  message: unknown,
  headers: Record<string, string> = {},
) =>
  home.engine.fetch(
    new Request(mcpAddress, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        [ticketHeader]: home.ticket(scopes),
        ...headers,
      },
      body: JSON.stringify(message),
    }),
  );

export const toolCall = (name: string, args: unknown) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: args },
});
