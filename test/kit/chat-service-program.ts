/**
 * A service that answers, in a process of its own: speaks OpenAI's interface and Ollama's, proposes what it was told to
 * (`PUT /script`), and misbehaves on demand (`PUT /fault`). Keeps what it was asked, for tests to look at (`GET /seen`).
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProposalScript } from './chat-service.ts';

const [, , key = '', knows = 'schema'] = process.argv;
let fault = 'none';
let scripts: ProposalScript[] = [];
let left = 0;
const seen: object[] = [];

interface Asked {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: object;
  readonly format?: object;
}

function json(response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

function proposalsFor(user: string): object[] {
  return user.split('\n').flatMap((text) => {
    if (!text.startsWith('{"line"')) return [];
    const { line, says } = JSON.parse(text) as { line: number; says: string };
    return scripts.filter((script) => says.includes(script.says)).map(({ propose }) => ({ line, ...propose }));
  });
}

function said(user: string): string {
  if (fault === 'garbage') return `I would rather talk about ${user.slice(0, 200)}`;
  const memories = proposalsFor(user);
  const text = JSON.stringify({ memories });
  if (fault === 'nan') return '{"memories":[{"line":1,"quote":"x","kind":"fact","text":"x","confidence":NaN}]}';
  // What models put around their answers that nobody keeps to a form.
  return knows === 'plain' ? `<think>{"memories": 1}</think>Here it is:\n\`\`\`json\n${text}\n\`\`\`` : text;
}

function answer(path: string, user: string, response: ServerResponse): void {
  if (fault === 'hang') {
    response.once('close', () => {
      if (!response.writableEnded) left += 1;
    });
    return;
  }
  if (fault === 'gone') return void response.destroy();
  if (fault === 'busy') return void json(response, 429, { error: { message: user } }, { 'retry-after': '1' });
  if (fault === 'error') return void json(response, 500, { error: { message: user } });
  if (fault === 'refuses') return void json(response, 400, { error: { message: user } });
  if (fault === 'html')
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><h1>502 Bad Gateway</h1></html>');
  if (fault === 'huge')
    return void json(response, 200, { choices: [{ message: { content: 'x'.repeat(10 * 1024 ** 2) } }] });
  const end = fault === 'cut' ? 'length' : 'stop';
  const content = said(user);
  if (path === '/api/chat')
    return void json(response, 200, { message: { content }, done_reason: end, prompt_eval_count: 70, eval_count: 30 });
  const usage = { prompt_tokens: 70, completion_tokens: 30 };
  json(response, 200, { choices: [{ message: { content }, finish_reason: end }], usage });
}

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const path = request.url ?? '';
  if (path === '/fault') {
    fault = body;
    return json(response, 200, {});
  }
  if (path === '/script') {
    scripts = JSON.parse(body) as ProposalScript[];
    return json(response, 200, {});
  }
  if (path === '/seen') return json(response, 200, seen);
  if (path === '/left') return json(response, 200, left);
  const authorization = request.headers.authorization ?? null;
  if (path !== '/api/chat' && path !== '/v1/chat/completions') return json(response, 404, {});
  if (key !== '' && authorization !== `Bearer ${key}`) return json(response, 401, {});
  const asked = JSON.parse(body) as Asked;
  if (knows === 'plain' && (asked.response_format ?? asked.format) !== undefined)
    return json(response, 400, { error: { message: 'unknown field' } });
  const [system = '', user = ''] = asked.messages.map(({ content }) => content);
  seen.push({ path, system, user, authorization, body: asked });
  answer(path, user, response);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
