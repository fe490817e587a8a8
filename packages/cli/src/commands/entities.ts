/** `vivim entities`: the people, places and things you talk about, and what is known of each, cited. */

import type { EntityId } from '@vivim/contract/ids';
import type { Command } from 'commander';
import { entityTable, entityText } from '../output/profile-text.ts';
import { show } from '../output/speak.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { defineCorrections } from './corrections.ts';
import { idOrList, limitOption } from './options.ts';

export function defineEntities(program: Command, world: World): void {
  const entities = program
    .command('entities')
    .summary('list people, places and things, look at one, put one right')
    .description(
      'Lists people, places and things, most important first; with an id, shows what is known of one and the messages that say so.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  vivim entities\n  vivim entities e_…\n  vivim entities merge e_… e_…\n  vivim entities type e_… organisation\n  vivim entities move e_… "Emma from sales" c_…\n  vivim entities undo r_…',
    )
    .argument('[id]', 'id of an entity', idOrList)
    .addOption(limitOption(20))
    .action(async (id: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { limit: number }>();
      const { client } = await connect(world, options);
      if (id !== undefined)
        return show(world, options, await client.getEntity({ params: { id: id as EntityId } }), entityText);
      show(world, options, await collect(options.limit, 200, (query) => client.listEntities({ query })), ({ items }) =>
        entityTable(items),
      );
    });
  defineCorrections(entities, 'entity', world);
}
