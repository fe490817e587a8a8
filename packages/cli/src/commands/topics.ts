/** `vivim topics`: what you talk about, and what is known of each, cited. */

import type { TopicId } from '@vivim/contract/ids';
import type { Command } from 'commander';
import { topicTable, topicText } from '../output/profile-text.ts';
import { show } from '../output/speak.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { limitOption } from './options.ts';

export function defineTopics(program: Command, world: World): void {
  program
    .command('topics')
    .summary('list topics, or look at one')
    .description(
      'Lists topics, most important first; with an id, shows what is known of one and the messages that say so.',
    )
    .argument('[id]', 'id of a topic')
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
}
