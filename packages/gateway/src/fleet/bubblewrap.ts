/**
 * The strong wall: bubblewrap. An engine sees Node, its own code, its space and its sockets; no other path, no network,
 * no process, no environment. Never mounts a directory of the system: only the files Node itself has loaded.
 */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Jail, Probe, Surroundings } from './enclosure.ts';
import { type EngineProgram, programArguments } from './engine-program.ts';
import { loadedLibraries } from './loaded-libraries.ts';

/** Fixed places: a program this trusted is not looked for along PATH. */
export const bubblewrapPlaces = [
  '/usr/bin/bwrap',
  '/usr/local/bin/bwrap',
  '/bin/bwrap',
  '/run/current-system/sw/bin/bwrap',
];
const inside = { spaces: '/space', sockets: '/socket', models: '/models' } as const;

/** Try it for real: start Node inside the wall an engine would get. */
export async function probeBubblewrap(program: EngineProgram, places = bubblewrapPlaces): Promise<Probe> {
  if (process.platform !== 'linux') return { jail: null, reason: 'it exists on Linux only.' };
  const bwrap = await firstExecutable(places);
  if (bwrap === null) return { jail: null, reason: 'it is not installed.' };
  const jail = await bubblewrap(bwrap);
  const scratch = await mkdtemp(join(tmpdir(), 'vivim-probe-'));
  try {
    const trial = jail.enclose(program, { spaces: scratch, sockets: scratch, models: null });
    const args = [...trial.args.slice(0, trial.args.lastIndexOf(program.node) + 1), '--version'];
    await promisify(execFile)(trial.file, args, { env: trial.env, timeout: 20_000 });
    return { jail };
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n')[0] : '';
    return { jail: null, reason: said || 'Node does not start inside it.' };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function bubblewrap(bwrap: string): Promise<Jail> {
  const libraries = await loadedLibraries();
  return {
    level: 'bubblewrap',
    enclose: (program, surroundings) => ({
      file: bwrap,
      args: [...wall(libraries, program, surroundings), program.node, ...programArguments(program)],
      env: {},
      inside: (path) => translate(path, surroundings),
    }),
  };
}

function wall(
  libraries: readonly string[],
  program: EngineProgram,
  { spaces, sockets, models }: Surroundings,
): string[] {
  return [
    ...['--unshare-all', '--die-with-parent', '--new-session', '--as-pid-1', '--cap-drop', 'ALL', '--clearenv'],
    ...(program.compileCache === null ? [] : ['--setenv', 'NODE_COMPILE_CACHE', program.compileCache]),
    ...['--tmpfs', '/', '--dev-bind', '/dev/null', '/dev/null', '--dev-bind', '/dev/urandom', '/dev/urandom'],
    ...[...libraries, program.node, ...program.readable].flatMap((path) => ['--ro-bind', path, path]),
    ...['--bind', spaces, inside.spaces, '--bind', sockets, inside.sockets],
    ...(models === null ? [] : ['--ro-bind', models, inside.models]),
    // Last: everything above needed to make its mount points.
    ...['--remount-ro', '/', '--chdir', inside.spaces, '--'],
  ];
}

function translate(path: string, surroundings: Surroundings): string {
  for (const name of ['sockets', 'models', 'spaces'] as const) {
    const outside = surroundings[name];
    if (outside !== null && (path === outside || path.startsWith(`${outside}/`)))
      return inside[name] + path.slice(outside.length);
  }
  throw new Error('The path lies outside the wall.');
}

async function firstExecutable(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return null;
}
