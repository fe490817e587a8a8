/** Proxies as the guide configures them: its own examples, with ports and paths of the test put in, run for real. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { connect as tlsConnect } from 'node:tls';
import { root } from '../architecture/source-files.ts';
import { makeCertificate } from './certificates.ts';

export type ProxyName = 'nginx' | 'caddy';

/** The name the examples serve. */
export const siteName = 'vivim.example';

/** Where Debian puts them, and wherever PATH says. */
export const programOf = (name: ProxyName): string | null =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin']
    .map((directory) => join(directory, name))
    .find((path) => existsSync(path)) ?? null;

/** A port nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function exampleOf(name: ProxyName): string {
  const guide = readFileSync(join(root, 'docs/guide/operating.md'), 'utf8');
  const block = new RegExp(`^\`\`\`${name}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(guide)?.[1];
  if (block === undefined) throw new Error(`the guide has no example for ${name}`);
  return block;
}

/** Replaces what the example says for a real host; what is not there any more is an error. */
function withOwn(example: string, changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the example does not say ${from}`);
    return text.replaceAll(from, to);
  }, example);
}

export interface Ports {
  /** TLS, for clients. */
  readonly port: number;
  /** Where the server is. */
  readonly upstream: number;
}

function nginxArguments(directory: string, { port, upstream }: Ports): string[] {
  const site = withOwn(exampleOf('nginx'), [
    ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
    ['/etc/letsencrypt/live/vivim.example/fullchain.pem', join(directory, 'cert.pem')],
    ['/etc/letsencrypt/live/vivim.example/privkey.pem', join(directory, 'key.pem')],
    ['127.0.0.1:7717', `127.0.0.1:${upstream}`],
  ]);
  const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(directory, name)};`,
  );
  const file = join(directory, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${join(directory, 'pid')}; error_log stderr;
     events {} http { access_log off; ${scratch.join(' ')} ${site} }`,
  );
  return ['-e', 'stderr', '-p', directory, '-c', file];
}

function caddyArguments(directory: string, { port, upstream }: Ports): string[] {
  const site = withOwn(exampleOf('caddy'), [
    [
      `${siteName} {`,
      `https://${siteName}:${port} {\n  bind 127.0.0.1\n  tls ${directory}/cert.pem ${directory}/key.pem`,
    ],
    ['127.0.0.1:7717', `127.0.0.1:${upstream}`],
  ]);
  const file = join(directory, 'Caddyfile');
  writeFileSync(file, `{\n  admin off\n  auto_https disable_redirects\n}\n${site}`);
  return ['run', '--config', file, '--adapter', 'caddyfile'];
}

export interface RunningProxy {
  readonly url: string;
  /** The certificate it shows, PEM. */
  readonly cert: string;
  stop(): Promise<void>;
}

/** @throws Error with what it printed when it does not come up */
export async function startProxy(name: ProxyName, ports: Ports): Promise<RunningProxy> {
  const directory = mkdtempSync(join(tmpdir(), `vivim-${name}-`));
  mkdirSync(join(directory, 'home'));
  const { key, cert } = makeCertificate(siteName);
  writeFileSync(join(directory, 'key.pem'), key);
  writeFileSync(join(directory, 'cert.pem'), cert);
  const args = name === 'nginx' ? nginxArguments(directory, ports) : caddyArguments(directory, ports);
  const child = spawn(programOf(name) ?? name, args, {
    env: { ...process.env, HOME: join(directory, 'home'), XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  await listening(child, ports.port, () => printed);
  return {
    url: `https://${siteName}:${ports.port}`,
    cert,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function listening(child: ChildProcess, port: number, printed: () => string): Promise<void> {
  for (let look = 0; look < 200 && child.exitCode === null; look += 1) {
    const answers = await new Promise<boolean>((resolve) => {
      const socket = tlsConnect({ port, host: '127.0.0.1', servername: siteName, rejectUnauthorized: false });
      socket.once('secureConnect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('secureConnect', () => socket.destroy());
    });
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`The proxy did not come up. It printed:\n${printed()}`);
}
