/** AI applications of somebody at a browser: let in by what the browser is signed in with, asking over the protocol. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { connectApplication, newApplication, TestBrowser } from '../kit/applications.ts';
import type { CommonServer } from '../kit/common-servers.ts';
import type { Person } from './people.ts';

/** @param name what it calls itself; it may read and write */
export async function letIn(person: Person, server: CommonServer, name: string): Promise<Client> {
  const cookies = (await person.context.cookies()).map((cookie) => `${cookie.name}=${cookie.value}`);
  const application = await newApplication(server, { client_name: name });
  const scope = 'memory:read memory:write';
  const { access } = await connectApplication(server, application, new TestBrowser(cookies), { scope });
  const client = new Client({ name, version: '1' }, { versionNegotiation: { mode: 'auto' } });
  const requestInit = { headers: { authorization: `Bearer ${access}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), { requestInit }));
  return client;
}
