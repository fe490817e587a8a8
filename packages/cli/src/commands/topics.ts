/** `vivim topics`: what you talk about, and what is known of each, cited. */

import type { TopicId } from '@vivim/contract/ids';
import type { Command } from 'commander';
import { topicTable, topicText } from '../output/profile-text.ts';
import { show } from '../output/speak.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { defineCorrections } from './corrections.ts';
import { idOrList, limitOption } from './options.ts';

export function defineTopics(program: Command, world: World): void {
  const topics = program
    .command('topics')
    .summary('list topics, look at one, put one right')
    .description(
      'Lists topics, most important first; with an id, shows what is known of one and the messages that say so.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  vivim topics\n  vivim topics t_…\n  vivim topics merge t_… t_…\n  vivim topics rename t_… Sourdough\n  vivim topics split t_… "k8s"\n  vivim topics undo r_…',
    )
    .argument('[id]', 'id of a topic', idOrList)
    .addOption(limitOption(20))
    .action(async (id: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { limit: number }>();
      const { client } = await connect(world, options);
      if (id !== undefined)
        return show(world, options, await client.getTopic({ params: { id: id as TopicId } }), topicText);
      show(world, options, await collect(options.limit, 200, (query) => client.listTopics({ query })), ({ items }) =>
        topicTable(items),
      );
    });
  defineCorrections(topics, 'topic', world);
}
