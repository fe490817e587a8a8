/**
 * `npm run conformance`: what others wrote to try servers of the Model Context Protocol, against this one. The official conformance
 * suite over HTTP, and the official inspector in its command-line mode over HTTP and over `vivim mcp`. Both are fetched when this is run
 * (51 and 147 MB) and are no dependency. Ends with 1 where anything fails that is not said to in not-ours.yml.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from '../architecture/source-files.ts';
import { runCommand } from '../kit/command.ts';
import { startTestServer } from '../kit/server.ts';

const suite = '@modelcontextprotocol/conformance@0.1.16';
const inspector = '@modelcontextprotocol/inspector@2.12.0';
const profile = 'alice';

const home = mkdtempSync(join(tmpdir(), 'vivim-conformance-'));
const server = await startTestServer({ env: { VIVIM_MODELS: 'off', VIVIM_LOG: 'error' } });
const surroundings = { profile, config: home, server: server.url };
let failures = 0;

/** The Node that runs this comes first on the path. */
function npx(args: readonly string[]): Promise<readonly [number | null, string]> {
  const path = `${dirname(process.execPath)}:${process.env.PATH}`;
  const child = spawn('npx', ['--yes', ...args], { cwd: home, env: { ...process.env, PATH: path } });
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  return Promise.all([code, Promise.all([text(child.stdout), text(child.stderr)]).then((said) => said.join('\n'))]);
}

/** The suite knows no tokens: what it sends goes on with one, and where it names this door it names that of the server. */
async function withToken(token: string): Promise<{ readonly url: string; close(): void }> {
  const { host } = new URL(server.url);
  const forwarder = createServer((incoming, outgoing) => {
    const own = incoming.socket.localPort;
    const named = (text = '') =>
      text.replace(/^(https?:\/\/)?(localhost|127\.0\.0\.1):(\d+)$/, (all, scheme = '', _, port) =>
        Number(port) === own ? `${scheme}${host}` : all,
      );
    const { origin } = incoming.headers;
    const headers = {
      ...incoming.headers,
      host: named(incoming.headers.host),
      ...(origin === undefined ? {} : { origin: named(origin) }),
      authorization: `Bearer ${token}`,
    };
    const { method, url } = incoming;
    const onward = request(server.url, { method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward.on('error', () => outgoing.destroy()));
  });
  await new Promise<void>((resolve) => forwarder.listen(0, '127.0.0.1', resolve));
  const address = forwarder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://localhost:${port}/mcp`, close: () => void forwarder.close() };
}

async function inspect(
  what: string,
  target: readonly string[],
  args: readonly string[],
  expected: string,
): Promise<void> {
  const [code, said] = await npx([inspector, '--cli', ...target, ...args]);
  const well = code === 0 && said.includes(expected);
  failures += well ? 0 : 1;
  console.log(`${well ? 'ok    ' : 'FAILED'} inspector, ${what}: ${args.join(' ')}${well ? '' : `\n${said}`}`);
}

try {
  await runCommand(['identity', 'create'], surroundings);
  const scopes = ['--scope', 'memory:read', '--scope', 'memory:write'];
  const made = await runCommand(['tokens', 'create', ...scopes, '--days', '1', '--json'], surroundings);
  const { token } = JSON.parse(made.stdout) as { token: string };

  const header = ['--transport', 'http', '--header', `Authorization: Bearer ${token}`];
  const ways = {
    http: [`${server.url}/mcp`, ...header],
    stdio: [
      ...['-e', `XDG_CONFIG_HOME=${home}`, '-e', `VIVIM_PROFILE=${profile}`, '-e', `VIVIM_SERVER=${server.url}`],
      ...[process.execPath, join(root, 'packages/cli/src/main.ts'), 'mcp'],
    ],
  };
  for (const [what, target] of Object.entries(ways)) {
    await inspect(what, target, ['--method', 'tools/list'], 'get_context');
    const remember = ['--method', 'tools/call', '--tool-name', 'remember', '--tool-arg', 'text=The user likes tea.'];
    await inspect(what, target, remember, 'Said to ');
    await inspect(what, target, ['--method', 'prompts/list'], 'balanced');
    await inspect(what, target, ['--method', 'resources/templates/list'], 'vivim://topics/{id}');
    await inspect(what, target, ['--method', 'resources/list'], 'vivim://bundles/');
  }

  const forwarder = await withToken(token);
  const known = ['--expected-failures', join(root, 'test/conformance/not-ours.yml')];
  const [code, said] = await npx([suite, 'server', '--url', forwarder.url, ...known]);
  forwarder.close();
  console.log(said.slice(said.lastIndexOf('=== SUMMARY')));
  failures += code === 0 ? 0 : 1;
} finally {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;
