/** `vivim watch`: keeps the memory up to date with what programs on this machine write down. */
import { existsSync } from 'node:fs';
import { sourceNames } from '@vivim/contract/conversation';
import { type WatchedSource, watchedSources } from '@vivim/contract/folder/program-files';
import { type Command, Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { type ExitCode, exitCodes } from '../output/exit-code.ts';
import { print, say, show } from '../output/speak.ts';
import { count } from '../output/text.ts';
import { assertProfileName } from '../profile/profile.ts';
import { connect } from '../session/connect.ts';
import type { Connection } from '../session/connection.ts';
import { ifAllowed, tokenAsked } from '../session/token.ts';
import { findFiles } from '../watch/find-files.ts';
import { placeOf, usualPlaces, type WatchedPlace } from '../watch/places.ts';
import { sendFile } from '../watch/send-file.ts';
import { installService, uninstallService } from '../watch/service.ts';
import { standingOf, standingText } from '../watch/standing.ts';
import { WatcherTeller } from '../watch/tell-watcher.ts';
import { reachOf } from '../watch/trouble.ts';
import { takeWatch } from '../watch/watch-lock.ts';
import { WatchMemory } from '../watch/watch-memory.ts';
import { WatchReport } from '../watch/watch-report.ts';
import { Watcher } from '../watch/watcher.ts';
import { type GlobalOptions, profileName, type World } from '../world.ts';

interface WatchOptions extends GlobalOptions {
  readonly once?: true;
  readonly list?: true;
  readonly service?: true;
  readonly install?: true;
  readonly uninstall?: true;
  readonly status?: true;
  readonly only?: readonly WatchedSource[];
  readonly folder?: readonly WatchedPlace[];
}

export function defineWatch(program: Command, world: World, end: (code: ExitCode) => void): void {
  program
    .command('watch')
    .summary('keep up with the AI programs on this machine')
    .description(
      'Watches the folders in which coding agents and local AI programs keep their sessions, and brings in what is new as it is written. Logs are sent line by line from where the server stands; nothing is sent twice.',
    )
    .addOption(new Option('--only <source...>', 'watch these programs alone').choices(watchedSources))
    .option('--folder <source=path>', 'a folder more, for example aider=~/work; may be repeated', folderOption, [])
    .option('--once', 'bring in what is new now, and end')
    .option('--list', 'say what would be watched, and end')
    .option('--service', 'lines for a log: no names of files')
    .option('--install', 'write the file by which systemd or launchd runs this, and end')
    .option('--uninstall', 'remove that file, and end')
    .option('--status', 'say who watches, since when, and what came in, and end')
    .addHelpText(
      'after',
      `
Examples:
  vivim watch --list
  vivim watch --once
  vivim watch --only claude-code codex
  vivim watch --folder aider=~/src --folder llm=/srv/llm
  vivim watch --install --folder aider=~/src
  vivim watch --status

Programs: ${watchedSources.map((source) => `${source} (${sourceNames[source]})`).join(', ')}.

Runs until Ctrl-C or SIGTERM, one for each profile. Where the server is away or full it waits; where it is let in no
more it ends with 3. What was sent is remembered under XDG_STATE_HOME.`,
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<WatchOptions>();
      assertProfileName(profileName(world, options));
      const places = placesAsked(world, options);
      if (options.list) return print(world, await listing(places, options));
      if (options.status) return showStanding(world, options);
      if (options.install || options.uninstall) return changeService(world, options);
      const connection = await connect(world, options);
      end(await watchPlaces(world, connection, places, options));
    });
}

function folderOption(value: string, before: readonly WatchedPlace[]): WatchedPlace[] {
  const [name = '', ...rest] = value.split('=');
  const source = watchedSources.find((one) => one === name);
  if (source === undefined || rest.join('=') === '')
    throw new CliError('usage', `--folder takes SOURCE=PATH, where SOURCE is one of ${watchedSources.join(', ')}.`);
  return [...before, placeOf(source, rest.join('='), { named: true })];
}

function placesAsked(world: World, { only, folder = [] }: WatchOptions): WatchedPlace[] {
  const usual = usualPlaces(world.environment.home, process.platform, world.environment.programHomes);
  return [...usual.filter(({ source }) => only === undefined || only.some((one) => one === source)), ...folder];
}

async function listing(places: readonly WatchedPlace[], { json }: WatchOptions): Promise<string> {
  const rows = await Promise.all(
    places.map(async (place) => ({
      source: place.source,
      folder: place.folder,
      files: (await findFiles(place)).length,
      ...(place.named ? { missing: !existsSync(place.folder) } : {}),
    })),
  );
  // Of a program that may keep its files in many places those are named where some lie, or one where none do.
  const told = rows.filter(
    ({ source, files, missing }, ix) =>
      files > 0 ||
      missing !== undefined ||
      (rows.every((one) => one.source !== source || one.files === 0) &&
        rows.findIndex((one) => one.source === source) === ix),
  );
  if (json) return JSON.stringify(told);
  return told
    .map(
      ({ source, folder, files, missing = false }) =>
        `${sourceNames[source]}: ${missing ? 'not there yet:' : `${files === 0 ? 'nothing' : count(files, 'file')} in`} ${folder}`,
    )
    .join('\n');
}

function showStanding(world: World, options: WatchOptions): void {
  const profile = profileName(world, options);
  show(world, options, standingOf(world.environment, profile), (standing) => standingText(profile, standing));
}

function changeService(world: World, options: WatchOptions): void {
  const { environment } = world;
  const profile = profileName(world, options);
  if (options.uninstall) {
    const removed = uninstallService(environment, profile);
    show(world, options, removed, ({ file, next }) => `Removed ${file}. Now: ${next}`);
    return;
  }
  if (tokenAsked(world, options) !== null)
    throw new CliError('usage', 'A service watches by a profile: unset VIVIM_TOKEN, or name a --profile.');
  const args = [
    ...(options.server === undefined ? [] : ['--server', options.server]),
    ...(options.only === undefined ? [] : ['--only', ...options.only]),
    ...(options.folder ?? []).flatMap(({ source, folder }) => ['--folder', `${source}=${folder}`]),
  ];
  const written = installService(environment, profile, args);
  show(world, options, written, ({ file, next }) => `Wrote ${file}. Start it with: ${next}`);
}

async function watchPlaces(
  world: World,
  connection: Connection,
  places: readonly WatchedPlace[],
  options: WatchOptions,
): Promise<ExitCode> {
  const { stateDirectory } = world.environment;
  const profile = profileName(world, options);
  const lock = takeWatch(stateDirectory, profile, world.clock());
  const stop = new AbortController();
  const onStop = () => stop.abort();
  // Whoever started us and speaks to us is gone: that ends us too.
  const ends = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const;
  for (const one of ends) process.once(one, onStop);
  try {
    // A watcher may be there before its server is; what only a person can mend is said at once.
    await ifAllowed(connection.client.getMe({})).catch((error: unknown) => {
      if (options.once || reachOf(error) !== 'passing') throw error;
    });
    const memory = await WatchMemory.open(stateDirectory, profile, connection.server, world.clock());
    const report = new WatchReport(world, {
      json: options.json === true,
      service: options.service === true,
      profile,
      server: connection.server,
    });
    const teller = new WatcherTeller({
      client: connection.client,
      machine: memory.machine,
      home: world.environment.home,
      clock: world.clock,
    });
    const watcher = new Watcher({
      places,
      memory,
      clock: world.clock,
      send: (file) => sendFile(connection, memory.machine, file, stop.signal),
      say: (file, what) => {
        teller.came(file.place);
        report.came(file, what);
      },
      warn: (thing, error) => report.keptOut(thing, error),
      missing: (place) => report.missing(place),
      looked: async (looked) => {
        report.looked(looked);
        if (looked.trouble === null) await teller.looked(looked.places);
      },
    });
    if (options.once) {
      const code = await lookOnce(watcher, stop.signal);
      await teller.ended();
      return code;
    }
    const programs = new Set(places.map(({ source }) => source)).size;
    say(world, `Watching the folders of ${count(programs, 'program')}. Ctrl-C ends it.`);
    await watcher.run(stop.signal);
    await teller.ended();
    return exitCodes.ok;
  } finally {
    for (const one of ends) process.off(one, onStop);
    lock.release();
  }
}

async function lookOnce(watcher: Watcher, signal: AbortSignal): Promise<ExitCode> {
  let state = await watcher.once(signal);
  // What was being written to a moment ago is waited for once.
  if (state.waiting > 0 && state.trouble === null && !signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const again = await watcher.once(signal);
    state = { ...again, failed: state.failed + again.failed };
  }
  if (state.trouble !== null) throw state.trouble;
  return state.failed > 0 ? exitCodes.unexpected : exitCodes.ok;
}
