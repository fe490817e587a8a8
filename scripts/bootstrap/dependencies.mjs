/**
 * Are the packages of package-lock.json the ones in node_modules? If not, `npm ci`.
 * Plain JavaScript for Node 20 without node_modules. Never runs a package's own install script (.npmrc says so too).
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { assertWritable, SetupError, say, within } from './checkout.mjs';

const noNetwork = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ENOTCACHED|network/;

/**
 * Compares with npm's own record of what it installed, which it writes last: an install that was cut short, by hand
 * or by a crash, has none.
 *
 * @returns what is wrong in a few words, or null when all is there
 */
export function missingDependencies() {
  const record = within('node_modules', '.package-lock.json');
  if (!existsSync(record)) return 'not installed yet';
  const wanted = JSON.parse(readFileSync(within('package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  for (const [place, entry] of Object.entries(wanted)) {
    if (!place.startsWith('node_modules/')) continue;
    const found = installed[place];
    if (found === undefined) {
      if (entry.optional || entry.devOptional) continue;
      return `${place.slice('node_modules/'.length)} is missing`;
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity) return `${place} has another version`;
    if (!existsSync(within(place))) return `${place} is gone`;
  }
  return null;
}

/** Installs when something is missing. @throws SetupError with what to do when that cannot be done */
export async function ensureDependencies() {
  const reason = missingDependencies();
  if (reason === null) return;
  assertWritable([within('node_modules')], `The packages have to be installed (${reason})`);
  say(`Installing packages (${reason}); this takes about a minute and needs the network once.`);
  const { code, output } = await npmCi();
  if (code !== 0) {
    throw new SetupError(
      noNetwork.test(output)
        ? 'npm could not fetch the packages, and they are not in its cache. Connect to the network and run this again; after that it works offline.'
        : `npm could not install the packages (exit code ${code}); its words are above.`,
    );
  }
  const still = missingDependencies();
  if (still !== null)
    throw new SetupError(
      `npm reported success, but the install is not complete: ${still}. Delete node_modules and run this again.`,
    );
}

/** Development and optional packages are asked for by name, so that NODE_ENV=production leaves no half of the house. */
function npmCi() {
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath;
  const viaNode = npm !== undefined && /npm-cli\.c?js$/.test(npm);
  const [command, list] = viaNode ? [process.execPath, [npm, ...args]] : ['npm', args];
  return new Promise((resolve, reject) => {
    const child = spawn(command, list, {
      cwd: within(),
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: !viaNode && process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        process.stderr.write(chunk);
      });
    }
    child.once('error', (error) =>
      reject(
        new SetupError(
          error.code === 'ENOENT' ? 'npm was not found; install Node.js with npm, 20 or newer.' : error.message,
        ),
      ),
    );
    child.once('close', (code, signal) => resolve({ code: code ?? signal, output }));
  });
}
