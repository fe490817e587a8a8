/** What a person decides about memories: names, one of two, which of contradicting ones, whether one still holds. */
import type { MemoryId } from '@vivim/contract/ids';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { conflictText, memoryLine, memoryTable } from '../output/memory-text.ts';
import { show } from '../output/speak.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { limitOption, present } from './options.ts';

export interface NameOptions {
  readonly name?: string;
  readonly alias?: string[];
  readonly scope?: string[];
}

export function defineMemoryDecisions(memories: Command, world: World): void {
  memories
    .command('name')
    .description('Says what a memory is about, by which words it is found, and in which domains it holds.')
    .argument('<id>', 'id of a memory')
    .option('--name <name>', 'what it is about')
    .option('--alias <name...>', 'other words for it, in place of those it has')
    .option('--scope <domain...>', 'domains it holds in, in place of those it has')
    .option('--everywhere', 'it holds in every domain')
    .action(async (id: string, _: unknown, command: Command) => {
      const { name, alias, scope, everywhere, ...options } = command.optsWithGlobals<
        GlobalOptions & NameOptions & { everywhere?: true }
      >();
      const body = present({ name, aliases: alias, scopes: everywhere ? [] : scope });
      if (Object.keys(body).length === 0)
        throw new CliError('usage', 'Say what to set: --name, --alias, --scope or --everywhere.');
      const { client } = await connect(world, options);
      show(world, options, await client.changeMemory({ params: { id: id as MemoryId }, body }), memoryLine);
    });

  memories
    .command('merge')
    .description('Makes two memories one: what the first stands on goes to the second.')
    .argument('<id>', 'the memory that goes')
    .argument('<into>', 'the memory that stays')
    .action(async (id: string, into: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      const merged = await client.mergeMemory({ params: { id: id as MemoryId }, body: { into: into as MemoryId } });
      show(world, options, merged, memoryLine);
    });

  memories
    .command('conflicts')
    .description('Lists memories that contradict each other where nothing says which holds.')
    .addOption(limitOption(20))
    .action(async (_: unknown, command: Command) => {
      const { limit, ...options } = command.optsWithGlobals<GlobalOptions & { limit: number }>();
      const { client } = await connect(world, options);
      const page = await collect(limit, 200, (query) => client.listMemoryConflicts({ query }));
      show(world, options, page, ({ items }) =>
        items.length === 0 ? 'Nothing contradicts.' : items.map(conflictText).join('\n\n'),
      );
    });

  memories
    .command('settle')
    .description('Says which of contradicting memories hold. The others are superseded.')
    .argument('<attribute>', 'what they say something of, as `conflicts` lists it')
    .requiredOption('--keep <id...>', 'the memories that hold')
    .action(async (attribute: string, _: unknown, command: Command) => {
      const { keep, ...options } = command.optsWithGlobals<GlobalOptions & { keep: string[] }>();
      const { client } = await connect(world, options);
      const settled = await client.settleMemoryConflict({ body: { attribute, keep: keep as MemoryId[] } });
      show(world, options, settled, ({ memories: held }) => memoryTable(held));
    });

  memories
    .command('due')
    .description('Lists memories to look at again, those first that wait longest.')
    .addOption(limitOption(20))
    .action(async (_: unknown, command: Command) => {
      const { limit, ...options } = command.optsWithGlobals<GlobalOptions & { limit: number }>();
      const { client } = await connect(world, options);
      const page = await collect(limit, 200, (query) => client.listDueMemories({ query }));
      show(world, options, page, ({ items }) => (items.length === 0 ? 'Nothing is due.' : memoryTable(items)));
    });

  memories
    .command('review')
    .description('Says whether a memory still holds. One that does is asked about again after twice the time.')
    .argument('<id>', 'id of a memory')
    .option('--gone', 'it no longer holds: it goes to the archived')
    .action(async (id: string, _: unknown, command: Command) => {
      const { gone, ...options } = command.optsWithGlobals<GlobalOptions & { gone?: true }>();
      const { client } = await connect(world, options);
      const outcome = gone ? 'gone' : 'holds';
      const reviewed = await client.reviewMemory({ params: { id: id as MemoryId }, body: { outcome } });
      show(world, options, reviewed, memoryLine);
    });
}
