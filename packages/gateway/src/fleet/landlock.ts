/**
 * The wall where bubblewrap is not: Landlock for files and a filter of system calls for everything else, stood up by a small
 * launcher that this machine compiled (`native/engine-jail.c`). Never trusts that it holds: it is tried.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { engineEnvironment, type Jail, type Probe, type Surroundings } from './enclosure.ts';
import { type EngineProgram, programArguments } from './engine-program.ts';
import { loadedLibraries } from './loaded-libraries.ts';

/** Where `npm run build` leaves the launcher, or the reason why there is none. */
export const launcherDirectory = fileURLToPath(new URL('../../dist', import.meta.url));

/** A file nobody may read, the network, and another program. Behind the wall all three fail at the kernel. */
const trial = `
const tried = (act) => { try { act(); return 'allowed'; } catch (error) { return error.code; } };
const file = tried(() => require('node:fs').readdirSync('/'));
const other = require('node:child_process').spawnSync(process.execPath, ['--version']).error?.code;
const socket = require('node:net').connect(9, '127.0.0.1');
socket.on('error', ({ code }) => console.log([file, other, code].join(' ')));
`;
const denied = 'EACCES EPERM EACCES';

/** Try it for real: start Node behind the wall an engine would get, and have it knock. */
export async function probeLandlock(program: EngineProgram, directory = launcherDirectory): Promise<Probe> {
  if (process.platform !== 'linux') return { jail: null, reason: 'it exists on Linux only.' };
  const launcher = join(directory, 'engine-jail');
  if (!existsSync(launcher)) return { jail: null, reason: whyNoLauncher(directory) };
  const jail = await landlock(launcher);
  const scratch = await mkdtemp(join(tmpdir(), 'vivim-probe-'));
  try {
    const around = { spaces: scratch, sockets: scratch, models: null };
    const { file, args } = jail.enclose(
      { ...program, snapshot: null, flags: [...program.flags, '--eval', trial] },
      around,
    );
    const { stdout } = await promisify(execFile)(file, args, { env: {}, timeout: 20_000 });
    if (stdout.trim() === denied) return { jail };
    return { jail: null, reason: `the wall does not hold (${stdout.trim()}).` };
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n')[0] : '';
    return { jail: null, reason: said?.replace(/^engine-jail: /, '') || 'Node does not start behind it.' };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function whyNoLauncher(directory: string): string {
  const note = join(directory, 'engine-jail.reason');
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : 'its launcher is not built; run: npm run build';
}

/** No `--permission` of Node's on top: it forbids fsync, and nothing that the kernel does not forbid already. */
async function landlock(launcher: string): Promise<Jail> {
  const libraries = await loadedLibraries();
  return {
    level: 'landlock',
    enclose: (program, surroundings) => ({
      file: launcher,
      args: [
        ...rules(libraries, program, surroundings),
        '--',
        program.node,
        // Node gives up when its file is there and may not be read.
        '--openssl-config=/dev/null',
        ...programArguments(program),
      ],
      env: {},
      inside: (path) => path,
    }),
  };
}

const rules = (
  libraries: readonly string[],
  program: EngineProgram,
  { spaces, sockets, models }: Surroundings,
): string[] => [
  ...[program.node, ...libraries].flatMap((path) => ['--rx', path]),
  ...[...program.readable, ...nearestManifest(program.entry)].flatMap((path) => ['--ro', path]),
  ...[spaces, sockets].flatMap((path) => ['--rw', path]),
  ...(models === null ? [] : ['--connect', models]),
  ...Object.entries(engineEnvironment(program)).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
];

/** The package.json that says how Node is to read the program: it gives up on one that is there and may not be read. */
function nearestManifest(entry: string): string[] {
  for (let directory = dirname(entry); ; directory = dirname(directory)) {
    const path = join(directory, 'package.json');
    if (existsSync(path)) return [path];
    if (directory === dirname(directory)) return [];
  }
}
