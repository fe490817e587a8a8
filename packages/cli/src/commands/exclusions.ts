/** `vivim exclusions`: what stays out of contexts until it is taken back. */
import { type Exclusion, type ExclusionKind, ExclusionSubject, exclusionKinds } from '@vivim/contract/exclusion';
import type { ExclusionId } from '@vivim/contract/ids';
import { Argument, type Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { show } from '../output/speak.ts';
import { day, oneLine, table } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { limitOption } from './options.ts';

export function defineExclusions(program: Command, world: World): void {
  const exclusions = program
    .command('exclusions')
    .summary('what stays out of contexts')
    .description(
      'Keeps a conversation, a message, a unit, a topic, an entity, a project or a source out of every context, bundle and tool of an AI. You go on reading and finding it; nothing is erased.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  vivim exclusions add conversation c_4k2…\n  vivim exclusions add source grok\n  vivim exclusions list\n  vivim exclusions remove x_7qd…',
    );
  exclusions
    .command('add')
    .description('Keeps something out of contexts from now on. Saying it again changes nothing.')
    .addArgument(new Argument('<kind>', 'what it is').choices(exclusionKinds))
    .argument('<of>', 'its id, or the name of a source')
    .action(async (kind: ExclusionKind, of: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const body = ExclusionSubject.safeParse({ kind, of });
      if (!body.success) throw new CliError('usage', `${of} names no ${kind}.`);
      const { client } = await connect(world, options);
      show(
        world,
        options,
        await client.createExclusion({ body: body.data }),
        (made) => `${said(made)}\n  ${takeBack(made)}`,
      );
    });
  exclusions
    .command('list')
    .description('Lists what you keep out of contexts, the latest first.')
    .addOption(limitOption(50))
    .action(async (_: unknown, command: Command) => {
      const { limit, ...options } = command.optsWithGlobals<GlobalOptions & { limit: number }>();
      const { client } = await connect(world, options);
      const page = await collect(limit, 200, (query) => client.listExclusions({ query }));
      show(world, options, page, ({ items }) => listText(items));
    });
  exclusions
    .command('remove')
    .description('Takes an exclusion back: contexts may quote it again.')
    .argument('<id>', 'id of an exclusion, x_…')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      const taken = await client.deleteExclusion({ params: { id: id as ExclusionId } });
      show(
        world,
        options,
        taken,
        ({ kind, name, of }) => `Contexts may quote the ${kind} ${oneLine(name ?? of, 60)} again.`,
      );
    });
}

const said = ({ kind, name, of }: Exclusion): string => `Kept out of contexts: the ${kind} ${oneLine(name ?? of, 60)}`;
const takeBack = ({ id }: Exclusion): string => `take it back with: vivim exclusions remove ${id}`;

const listText = (items: readonly Exclusion[]): string =>
  items.length === 0
    ? 'You keep nothing out of contexts.'
    : table(items.map(({ id, kind, name, of, at }) => [kind, oneLine(name ?? of, 60), day(at), id]));
