/** `vivim watch`: keeps the memory up to date with what programs on this machine write down. */
import path from 'node:path';
import { sourceNames } from '@vivim/contract/conversation';
import { type WatchedSource, watchedSources } from '@vivim/contract/folder/program-files';
import { type Command, Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { type ExitCode, exitCodes } from '../output/exit-code.ts';
import { say, sayError } from '../output/speak.ts';
import { count, oneLine } from '../output/text.ts';
import { type Connection, connect } from '../session/connect.ts';
import { ifAllowed } from '../session/token.ts';
import { type FoundFile, findFiles } from '../watch/find-files.ts';
import { placeOf, usualPlaces, type WatchedPlace } from '../watch/places.ts';
import { sendFile } from '../watch/send-file.ts';
import { WatchMemory } from '../watch/watch-memory.ts';
import { Watcher } from '../watch/watcher.ts';
import { type GlobalOptions, profileName, type World } from '../world.ts';

interface WatchOptions extends GlobalOptions {
  readonly once?: true;
  readonly list?: true;
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
    .addHelpText(
      'after',
      `
Examples:
  vivim watch --list
  vivim watch --once
  vivim watch --only claude-code codex
  vivim watch --folder aider=~/src --folder llm=/srv/llm

Programs: ${watchedSources.map((source) => `${source} (${sourceNames[source]})`).join(', ')}.

Runs until Ctrl-C; the guide shows it as a service. What was sent is remembered under XDG_STATE_HOME.`,
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<WatchOptions>();
      const places = placesAsked(world, options);
      if (options.list) return void world.stdout.write(`${await listing(places, options)}\n`);
      const connection = await connect(world, options);
      await ifAllowed(connection.client.getMe({}));
      end(await watchPlaces(world, connection, places, options));
    });
}

function folderOption(value: string, before: readonly WatchedPlace[]): WatchedPlace[] {
  const [name = '', ...rest] = value.split('=');
  const source = watchedSources.find((one) => one === name);
  if (source === undefined || rest.join('=') === '')
    throw new CliError('usage', `--folder takes SOURCE=PATH, where SOURCE is one of ${watchedSources.join(', ')}.`);
  return [...before, placeOf(source, rest.join('='))];
}

function placesAsked(world: World, { only, folder = [] }: WatchOptions): WatchedPlace[] {
  const usual = usualPlaces(world.environment.home, process.platform);
  return [...usual.filter(({ source }) => only === undefined || only.some((one) => one === source)), ...folder];
}

async function listing(places: readonly WatchedPlace[], { json }: WatchOptions): Promise<string> {
  const rows = await Promise.all(
    places.map(async (place) => ({
      source: place.source,
      folder: place.folder,
      files: (await findFiles(place)).length,
    })),
  );
  if (json) return JSON.stringify(rows);
  return rows
    .map(
      ({ source, folder, files }) =>
        `${sourceNames[source]}: ${files === 0 ? 'nothing' : count(files, 'file')} in ${folder}`,
    )
    .join('\n');
}

async function watchPlaces(
  world: World,
  connection: Connection,
  places: readonly WatchedPlace[],
  options: WatchOptions,
): Promise<ExitCode> {
  const { stateDirectory } = world.environment;
  const memory = await WatchMemory.open(stateDirectory, profileName(world, options), connection.server, world.clock());
  const stop = new AbortController();
  const onInterrupt = () => stop.abort();
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  const told = ({ place, path: file }: FoundFile) =>
    `${sourceNames[place.source]}, ${oneLine(path.basename(file), 60)}`;
  const watcher = new Watcher({
    places,
    memory,
    clock: world.clock,
    send: (file) => sendFile(connection, memory.machine, file, stop.signal),
    say: (file, what) =>
      say(
        world,
        options.json ? JSON.stringify({ source: file.place.source, file: file.path, what }) : `${told(file)}: ${what}`,
      ),
    warn: (file, error) => {
      if (!options.json) say(world, `${told(file)}: not brought in, tried again later.`);
      sayError(world, options.json === true, error);
    },
  });
  try {
    if (!options.once) {
      say(world, `Watching ${count(places.length, 'folder')}. Ctrl-C ends it.`);
      await watcher.run(stop.signal);
      return exitCodes.ok;
    }
    let state = await watcher.once(stop.signal);
    // What was being written to a moment ago is waited for once.
    if (state.waiting > 0 && !stop.signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, 2_100));
      const again = await watcher.once(stop.signal);
      state = { waiting: again.waiting, failed: state.failed + again.failed };
    }
    return state.failed > 0 ? exitCodes.unexpected : exitCodes.ok;
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}
