/** `vivim memories`: what is kept about you as one statement each: list, add, edit, pin, archive, forget. */
import type { MemoryId, ProjectId } from '@vivim/contract/ids';
import {
  type MemoryChange,
  type MemoryKind,
  type MemoryOrigin,
  type MemoryState,
  memoryKinds,
  memoryOrigins,
  memoryStates,
} from '@vivim/contract/memory';
import { type Command, Option } from 'commander';
import { confirm } from '../ask/ask.ts';
import { CliError } from '../cli-error.ts';
import { erasureText } from '../output/erasure-text.ts';
import { memoryLine, memoryTable, memoryText } from '../output/memory-text.ts';
import { show } from '../output/speak.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { defineMemoryDecisions, type NameOptions } from './memory-decisions.ts';
import { defineMemorySteps } from './memory-steps.ts';
import { limitOption, present } from './options.ts';

interface ListOptions extends GlobalOptions {
  readonly limit: number;
  readonly kind?: MemoryKind;
  readonly origin?: MemoryOrigin;
  readonly state?: MemoryState;
  readonly project?: string;
}

const kindOption = () => new Option('--kind <kind>', 'what it is').choices(memoryKinds);

export function defineMemories(program: Command, world: World): void {
  const memories = program
    .command('memories')
    .summary('what is kept about you: list, add, edit, pin, confirm, settle, review, undo, forget')
    .description(
      'Memories are statements about you, and wishes for whoever answers you: found in what you say, from your exports (custom instructions, what a provider remembered), or stated here. Active ones go into every context they bear on.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  vivim memories list --kind instruction\n  vivim memories add "Always answer in metric units" --kind instruction\n  vivim memories show k_…\n  vivim memories edit k_… "Lives in Porto since May"\n  vivim memories list --state candidate\n  vivim memories conflicts\n  vivim memories due\n  vivim memories undo\n  vivim memories forget k_…',
    );

  memories
    .command('list')
    .description('Lists memories, pinned first, then the newest; active ones unless --state says otherwise.')
    .addOption(limitOption(50))
    .addOption(kindOption())
    .addOption(new Option('--origin <origin>', 'where it comes from').choices(memoryOrigins))
    .addOption(new Option('--state <state>', 'in which state').choices(memoryStates))
    .option('--project <id>', 'those that hold in this project')
    .action(async (_: unknown, command: Command) => {
      const { limit, kind, origin, state, project, ...options } = command.optsWithGlobals<ListOptions>();
      const { client } = await connect(world, options);
      const filters = present({ kind, origin, state, projectId: project as ProjectId | undefined });
      const page = await collect(limit, 200, (query) => client.listMemories({ query: { ...filters, ...query } }));
      show(world, options, page, ({ items }) => memoryTable(items));
    });

  memories
    .command('show')
    .description('Shows one memory and what it stands on.')
    .argument('<id>', 'id of a memory')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(world, options, await client.getMemory({ params: { id: id as MemoryId } }), memoryText);
    });

  memories
    .command('add')
    .description('States something to be remembered.')
    .argument('<text...>', 'one statement; quoting is not needed')
    .addOption(kindOption().default('fact'))
    .option('--pin', 'before all others')
    .option('--project <id>', 'it holds in this project only')
    .option('--name <name>', 'what it is about, in a word or few')
    .option('--alias <name...>', 'other words for the same thing: it is found by any of them')
    .option('--scope <domain...>', 'it holds in these domains only: code, writing, work …')
    .action(async (words: string[], _: unknown, command: Command) => {
      const { kind, pin, project, name, alias, scope, ...options } = command.optsWithGlobals<
        GlobalOptions & { kind: MemoryKind; pin?: true; project?: string } & NameOptions
      >();
      const { client } = await connect(world, options);
      const projectId = present({ projectId: project as ProjectId | undefined });
      const named = present({ name, aliases: alias, scopes: scope });
      const body = { text: words.join(' '), kind, pinned: pin === true, ...projectId, ...named };
      show(world, options, await client.createMemory({ body }), memoryLine);
    });

  const changing = (name: string, description: string, to: (text: string) => MemoryChange, takesText = false): void => {
    const command = memories.command(name).description(description).argument('<id>', 'id of a memory');
    if (takesText) command.argument('<text...>', 'what it is to say');
    command.action(async (id: string, ...rest: unknown[]) => {
      const action = rest.at(-1) as Command;
      const options = action.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      const body = to(takesText ? (rest[0] as string[]).join(' ') : '');
      show(world, options, await client.changeMemory({ params: { id: id as MemoryId }, body }), memoryLine);
    });
  };
  changing('edit', 'Changes what a memory says. No import changes it back.', (text) => ({ text }), true);
  changing('pin', 'Puts a memory before all others.', () => ({ pinned: true }));
  changing('unpin', 'Puts it back among the others.', () => ({ pinned: false }));
  changing('archive', 'Keeps a memory out of every context; it stays in the list of the archived.', () => ({
    state: 'archived',
  }));
  changing('restore', 'Makes an archived or superseded memory active.', () => ({ state: 'active' }));
  changing('confirm', 'Says that a candidate is so: it comes into contexts from now on.', () => ({ state: 'active' }));
  changing('reject', 'Says that a candidate is not so. It is not found again.', () => ({ state: 'archived' }));
  changing('resolve', 'Closes an open question.', () => ({ state: 'resolved' }));
  defineMemoryDecisions(memories, world);
  defineMemorySteps(memories, world);

  memories
    .command('forget')
    .description('Erases a memory and everything made from it. There is no undo, and no import brings it back.')
    .argument('<id>', 'id of a memory')
    .option('--preview', 'say what would go, and erase nothing')
    .option('--yes', 'do not ask')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { preview?: true; yes?: true }>();
      const { client } = await connect(world, options);
      const params = { id: id as MemoryId };
      if (options.yes === undefined || options.preview) {
        const preview = await client.forgetMemory({ params, query: { preview: 'true' } });
        if (options.preview) return show(world, options, preview, erasureText);
        world.stderr.write(`${erasureText(preview)}\n`);
        const sure = await confirm(
          world,
          'Forget it? This cannot be undone.',
          'Say --yes to forget without being asked.',
        );
        if (!sure) throw new CliError('usage', 'Nothing was forgotten.');
      }
      show(world, options, await client.forgetMemory({ params }), erasureText);
    });
}
