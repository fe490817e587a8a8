/**
 * A service that makes vectors, in a process of its own: speaks OpenAI's interface and Ollama's, and misbehaves on demand
 * (`PUT /fault`). Keeps what it was sent, for tests to look at (`GET /seen`). Texts with the same letters are near each other.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const dimensions = Number(process.argv[2] ?? 40);
const key = process.argv[3] ?? '';
let fault = 'none';
const seen: { path: string; texts: string[]; authorization: string | null }[] = [];

function vectorOf(text: string): number[] {
  const counts = new Array<number>(fault === 'dimensions' ? dimensions + 1 : dimensions).fill(-0.3);
  for (const letter of text.toLowerCase()) {
    const at = letter.charCodeAt(0) % dimensions;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

function json(response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

function embed(path: string, texts: string[], response: ServerResponse): void {
  if (fault === 'hang') return;
  if (fault === 'gone') return void response.destroy();
  if (fault === 'busy') return void json(response, 429, { error: { message: texts[0] } }, { 'retry-after': '1' });
  if (fault === 'error') return void json(response, 500, { error: { message: texts[0] } });
  if (fault === 'huge') {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = (): void => {
      if (response.writable) response.write(' '.repeat(1024 ** 2), more);
    };
    more();
    return;
  }
  let vectors = texts.map(vectorOf);
  if (fault === 'fewer') vectors = vectors.slice(1);
  const text = (value: unknown) =>
    fault === 'nan' ? JSON.stringify(value).replace(/-0\.3/, 'NaN') : JSON.stringify(value);
  const tokens = texts.length * 3;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    path === '/api/embed'
      ? text({ embeddings: vectors, prompt_eval_count: tokens })
      : text({
          data: vectors.map((embedding, index) => ({ index, embedding })).reverse(),
          usage: { total_tokens: tokens },
        }),
  );
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
  if (path === '/seen') return json(response, 200, seen);
  const authorization = request.headers.authorization ?? null;
  if (path !== '/api/embed' && path !== '/v1/embeddings') return json(response, 404, {});
  if (key !== '' && authorization !== `Bearer ${key}`) return json(response, 401, {});
  const texts = (JSON.parse(body) as { input: string[] }).input;
  seen.push({ path, texts, authorization });
  embed(path, texts, response);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
