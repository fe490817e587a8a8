/** `vivim records`: what contexts were asked for, by which session, and why each line was given or not. */
import type { AssemblyLine, AssemblySummary } from '@vivim/contract/assembly';
import { layerTitles } from '@vivim/contract/context';
import type { AcuId, AssemblyId } from '@vivim/contract/ids';
import type { Command } from 'commander';
import { show } from '../output/speak.ts';
import { day, oneLine, table } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { limitOption } from './options.ts';

export function defineRecords(program: Command, world: World): void {
  const records = program
    .command('records')
    .summary('what contexts were asked for, and why each line was given')
    .description(
      'A record is kept of every context that is compiled for you or for an AI you connected: the newest 1,000.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  vivim records list\n  vivim records show ID\n  vivim records why ID a_…     why this unit is in that context, or is not\n\nErasing anything removes all records: a message may repeat what was erased.',
    );
  records
    .command('list')
    .description('Lists what was asked, newest first.')
    .addOption(limitOption(50))
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { limit: number }>();
      const { client } = await connect(world, options);
      const found = await collect<AssemblySummary>(options.limit, 200, (query) => client.listAssemblies({ query }));
      show(world, options, found, ({ items }) =>
        items.length === 0 ? 'No context was compiled yet.' : table(items.map(lineOf)),
      );
    });
  records
    .command('show')
    .description('Shows what was given and what was left out, with reasons.')
    .argument('<id>', 'of the record')
    .action(async (id: AssemblyId, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(world, options, await client.getAssembly({ params: { id } }), ({ given, left, ...record }) =>
        [
          lineOf(record).join('  '),
          'Given',
          table(given.map(whyOf)),
          ...(left.length === 0 ? [] : ['Left out', table(left.map(whyOf))]),
        ].join('\n'),
      );
    });
  records
    .command('why')
    .description('Says why a unit or a memory is in a context, or is not.')
    .argument('<id>', 'of the record')
    .argument('<unit>', 'id of a unit or a memory')
    .action(async (id: AssemblyId, acuId: AcuId, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      const why = await client.explainAssembly({ params: { id }, query: { acuId } });
      show(world, options, why, ({ explanation }) => explanation);
    });
  records
    .command('clear')
    .description('Removes every record.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(world, options, await client.clearAssemblies({}), ({ cleared }) => `Removed: ${cleared}.`);
    });
}

const lineOf = ({ id, at, way, query, tokens, budget, lines }: AssemblySummary): string[] => [
  id,
  day(at),
  way === 'mcp' ? 'AI' : 'API',
  `${tokens} of ${budget} tokens, ${lines} lines`,
  oneLine(query, 80),
];

const whyOf = ({ ref, state, layer, acuId, memoryId, reasons }: AssemblyLine): string[] => [
  ref === null ? `  ${state}` : `  [${ref}]`,
  layerTitles[layer],
  acuId ?? memoryId ?? '',
  oneLine(reasons.map(({ detail }) => detail).join('; '), 100),
];
