/**
 * Do what the documents say: every `sh` block of the README and the guides is run, in order, against a server started the way
 * the README starts it, on throw-away data and configuration. Fails on the first command that fails.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../test/architecture/source-files.ts';

/** Run by the CI script itself, or by hand because they measure for minutes. */
const elsewhere = [
  /^npm test\b/,
  /^npm run (check|bench|eval)\b/,
  /^VIVIM_\w+=.* npm test\b/,
  /^(sudo )?apt-get /,
  /^git clone /,
  /^cd /,
];
const address = 'http://localhost:7717';

const scratch = mkdtempSync(join(tmpdir(), 'vivim-readme-'));
// Under root PostgreSQL runs as another user, who has to pass through to its own directory.
chmodSync(scratch, 0o711);
const environment = {
  ...process.env,
  XDG_CONFIG_HOME: join(scratch, 'config'),
  XDG_DATA_HOME: join(scratch, 'data'),
  // What the guide to live capture asks of the operator.
  VIVIM_UPSTREAM_PRIVATE: '127.0.0.1:11434',
};

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs/guide'), { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs/guide', name)),
];

function commandsOf(document: string): string[] {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap((block) =>
    (block[1] ?? '')
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map((line) => line.replace(/\s+#\s.*$/, '').trim())
      .filter((line) => line !== ''),
  );
}

function run(command: string): Promise<number> {
  const child = spawn('bash', ['-c', command], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.on('data', () => {});
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

const answers = (): Promise<boolean> =>
  fetch(`${address}/v1/health`).then(
    (answer) => answer.ok,
    () => false,
  );

async function startServer(): Promise<ChildProcess> {
  if (await answers()) throw new Error(`Something answers at ${address} already; stop it first.`);
  const server = spawn('npm', ['start'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await answers()) return server;
    if (server.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('npm start did not bring a server up.');
}

async function stopServer(server: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => server.once('exit', resolve));
  // As Ctrl-C does: to the whole foreground group.
  process.kill(-(server.pid ?? 0), 'SIGINT');
  await gone;
}

const server = await startServer();
let failed = 0;
let passed = 0;
try {
  for (const document of documents) {
    for (const command of commandsOf(document)) {
      if (command === 'npm start' || elsewhere.some((pattern) => pattern.test(command))) continue;
      const code = await run(command);
      process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'} ${document}: ${command}\n`);
      if (code === 0) passed += 1;
      else failed += 1;
    }
  }
} finally {
  await stopServer(server);
  rmSync(scratch, { recursive: true, force: true });
}
process.stdout.write(`${passed} commands of the documents did what they say, ${failed} did not.\n`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
