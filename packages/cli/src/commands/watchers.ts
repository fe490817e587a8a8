/** `vivim watchers`: which folders of which of your machines are watched, as each watcher told last. */
import { sourceNames } from '@vivim/contract/conversation';
import type { ToldPlace, Watcher } from '@vivim/contract/watchers';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { show } from '../output/speak.ts';
import { count, oneLine } from '../output/text.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';

export function defineWatchers(program: Command, world: World): void {
  const watchers = program
    .command('watchers')
    .summary('which folders of which machines are watched')
    .description(
      'Watchers of your machines (vivim watch), as each told this server last: folders, counts, what is in the way.',
    );
  watchers
    .command('list', { isDefault: true })
    .description('Every watcher, the one heard of last first.')
    .addHelpText('after', '\nExample:\n  vivim watchers list')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(world, options, (await client.listWatchers({})).items, listing);
    });
  watchers
    .command('forget')
    .description('Forgets a watcher. One that still runs tells of itself again.')
    .argument('<machine>', 'its id, or the beginning of it')
    .addHelpText('after', '\nExample:\n  vivim watchers forget 0199d3')
    .action(async (beginning: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      const { items } = await client.listWatchers({});
      const [found, ...others] = items.filter(({ machine }) => machine.startsWith(beginning));
      if (found === undefined || others.length > 0)
        throw new CliError(
          'input',
          found === undefined ? 'No watcher has that id.' : 'More than one watcher begins so.',
        );
      const forgotten = await client.forgetWatcher({ params: { machine: found.machine } });
      show(world, options, forgotten, ({ device }) => `The watcher on ${oneLine(device, 60)} is forgotten.`);
    });
}

const listing = (watchers: readonly Watcher[]): string =>
  watchers.length === 0
    ? 'No folder is watched. Begin with: vivim watch --list'
    : watchers
        .map(({ device, machine, state, heardAt, places }) =>
          [`${oneLine(device, 60)} (${machine}): ${standing[state](heardAt)}`, ...places.map(placeLine)].join('\n'),
        )
        .join('\n');

const standing: Readonly<Record<Watcher['state'], (at: string) => string>> = {
  watching: (at) => `watching, last heard ${at}`,
  silent: (at) => `silent since ${at}`,
  stopped: (at) => `stopped ${at}`,
};

function placeLine({ source, folder, files, failed, error, missing, came }: ToldPlace): string {
  const facts = [
    missing ? 'not there' : count(files, 'file'),
    ...(came === null ? [] : [`last came in ${came.at}`]),
    ...(failed > 0 ? [`${count(failed, 'file')} could not be brought in${error === null ? '' : ` (${error})`}`] : []),
  ];
  return `  ${sourceNames[source]}  ${oneLine(folder, 80)}  ${facts.join(', ')}`;
}
