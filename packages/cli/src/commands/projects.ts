/** `vivim projects`: projects of your exports, with their instructions and documents. */
import type { ProjectId } from '@vivim/contract/ids';
import type { Command } from 'commander';
import { projectTable, projectText } from '../output/memory-text.ts';
import { show } from '../output/speak.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { idOrList, limitOption } from './options.ts';

export function defineProjects(program: Command, world: World): void {
  program
    .command('projects')
    .summary('list projects, or look at one')
    .description('Lists the projects of your exports by name; with an id, shows its instructions and documents.')
    .argument('[id]', 'id of a project', idOrList)
    .addOption(limitOption(50))
    .addHelpText(
      'after',
      '\nExamples:\n  vivim projects\n  vivim projects p_…\n  vivim conversations --project p_…\n  vivim memories list --project p_…',
    )
    .action(async (id: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { limit: number }>();
      const { client } = await connect(world, options);
      if (id !== undefined)
        return show(world, options, await client.getProject({ params: { id: id as ProjectId } }), projectText);
      show(world, options, await collect(options.limit, 200, (query) => client.listProjects({ query })), ({ items }) =>
        projectTable(items),
      );
    });
}
