/** `vivim memories steps, undo`: what was done with memories that can be taken back, and taking it back. */
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { memoryTable, stepTable } from '../output/memory-text.ts';
import { show } from '../output/speak.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { limitOption } from './options.ts';

/** @param memories the command they belong to */
export function defineMemorySteps(memories: Command, world: World): void {
  memories
    .command('steps')
    .description(
      'Lists what was done with memories that can be taken back, the newest first, with what they said before: the last hundred steps, and none from before an erasure.',
    )
    .addOption(limitOption(20))
    .action(async (_: unknown, command: Command) => {
      const { limit, ...options } = command.optsWithGlobals<GlobalOptions & { limit: number }>();
      const { client } = await connect(world, options);
      const page = await collect(limit, 200, (query) => client.listMemorySteps({ query }));
      show(world, options, page, ({ items }) => stepTable(items));
    });

  memories
    .command('undo')
    .description(
      'Takes a step back: an edit, a pin, a decision, a merge, a review. Everything stands exactly as before it. What was forgotten stays forgotten.',
    )
    .argument('[key]', 'key of a step, as `steps` lists it; without it, the newest step')
    .action(async (given: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      const key = given ?? (await client.listMemorySteps({ query: { limit: 1 } })).items[0]?.key;
      if (key === undefined) throw new CliError('usage', 'There is no step to take back.');
      const undone = await client.undoMemoryStep({ params: { id: key } });
      show(world, options, undone, ({ memories: as }) => `Taken back. It stands as before:\n${memoryTable(as)}`);
    });
}
