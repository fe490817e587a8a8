/**
 * What the Model Context Protocol adds to a context: the same questions of the same person in turn over REST and over MCP, both over HTTP
 * with a token of OAuth, the second by the protocol's own client; and over `vivim mcp`, a process more.
 */
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { createClient } from '@vivim/client/client';
import { root } from '../architecture/source-files.ts';
import { connectApplication, newApplication, TestBrowser } from '../kit/applications.ts';
import { importEnd, type Person, quiet } from '../kit/people.ts';
import type { TestServer } from '../kit/server.ts';
import { signInBrowser } from '../kit/sign-in.ts';
import { historySeed } from './context/kept-history.ts';
import { questionsOf } from './context/questions.ts';
import { type Figure, ms, p50p95, percentile } from './measure.ts';
import { writeExport } from './synthetic.ts';
import { uploadFile } from './upload.ts';

const messages = 10_000;
const rounds = 150;
const warmUp = 20;
const budget = 4_000;

type Ask = (question: string) => Promise<number>;

export async function benchMcp(server: TestServer, scratch: string): Promise<Figure[]> {
  const { cookie } = await signInBrowser(server);
  const token = async (part: string, scope: string) => {
    const change = { resource: `${server.url}/${part}`, scope };
    const application = await newApplication(server);
    return (await connectApplication(server, application, new TestBrowser([cookie]), change)).access;
  };
  const [api, mcp] = [await token('v1', 'memory:read memory:write'), await token('mcp', 'memory:read')];
  const path = join(scratch, 'mcp.json');
  writeExport(path, { messages }, historySeed);
  const person = withToken(server.url, api);
  await importEnd(person, (await uploadFile(server.url, person, path)).id);
  await quiet(person, { embedding: false });

  const [overHttp, overLines] = [await connected(httpTo(server.url, mcp)), await connected(linesTo(server.url, mcp))];
  const ways: Record<'rest' | 'http' | 'lines', Ask> = {
    rest: async (query) => (await person.client.createContext({ body: { query, budget, format: 'markdown' } })).tokens,
    http: asking(overHttp),
    lines: asking(overLines),
  };
  const taken = await inTurn(ways);
  await Promise.all([overHttp.close(), overLines.close()]);
  // By question: whatever else the machine does falls on all three.
  const above = (times: readonly number[]) => {
    const differences = times.map((time, i) => time - (taken.rest[i] ?? Number.NaN));
    const apart = percentile(times, 0.5) - percentile(taken.rest, 0.5);
    return `p50 of the differences ${ms(percentile(differences, 0.5))}, difference of the p50 ${ms(apart)}`;
  };
  return [
    { what: `POST /v1/context, ${messages} messages, budget ${budget}`, value: p50p95(taken.rest) },
    { what: 'get_context over MCP, HTTP', value: p50p95(taken.http) },
    { what: 'get_context over MCP, vivim mcp', value: p50p95(taken.lines) },
    { what: 'MCP over HTTP above REST', value: above(taken.http), goal: '≤ 10 ms' },
    { what: 'MCP over vivim mcp above REST', value: above(taken.lines) },
  ];
}

/** Each question by every way, each time beginning with another, so that none always finds what one before it warmed. */
async function inTurn<Way extends string>(ways: Record<Way, Ask>): Promise<Record<Way, number[]>> {
  const names = Object.keys(ways) as Way[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Way, number[]>;
  const questions = questionsOf(rounds + warmUp, historySeed);
  for (const [round, question] of questions.entries()) {
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      const start = performance.now();
      const tokens = await ways[name](question);
      if (!(tokens > 0)) throw new Error(`Nothing was answered over ${name}.`);
      if (round >= warmUp) taken[name].push(performance.now() - start);
    }
  }
  return taken;
}

const asking =
  (client: Client): Ask =>
  async (message) => {
    const answer = await client.callTool({ name: 'get_context', arguments: { message, budget } });
    return (answer.structuredContent as { tokens: number }).tokens;
  };

async function connected(transport: Parameters<Client['connect']>[0]): Promise<Client> {
  const client = new Client({ name: 'bench', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(transport);
  return client;
}

const httpTo = (url: string, token: string) =>
  new StreamableHTTPClientTransport(new URL(`${url}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });

const linesTo = (url: string, token: string) =>
  new StdioClientTransport({
    command: process.execPath,
    args: [join(root, 'packages/cli/src/main.ts'), 'mcp'],
    env: { PATH: String(process.env.PATH), VIVIM_SERVER: url, VIVIM_TOKEN: token },
  });

function withToken(url: string, token: string): Person {
  const authorize = async () => ({ authorization: `Bearer ${token}` });
  const person = { did: '', userId: '', authorize, client: createClient({ baseUrl: url, authorize }) };
  return { ...person, signIn: async () => withToken(url, token) };
}
