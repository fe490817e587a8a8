/** `vivim pins`: lines that stand in contexts until they are taken back. */
import type { PinId } from '@vivim/contract/ids';
import { type Pin, type PinKind, PinSubject, pinKinds } from '@vivim/contract/pin';
import { Argument, type Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { show } from '../output/speak.ts';
import { day, oneLine, table } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { limitOption } from './options.ts';

export function definePins(program: Command, world: World): void {
  const pins = program
    .command('pins')
    .summary('what stands in contexts')
    .description(
      'Pins a unit or a memory into every context, or into those of one recipe: first of your history, never above the budget. A context says which pins had no room.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  vivim pins add unit a_4k2…\n  vivim pins add memory k_9fd… --recipe coding\n  vivim pins list\n  vivim pins remove n_7qd…',
    );
  pins
    .command('add')
    .description('Pins something from now on. Saying it again changes nothing.')
    .addArgument(new Argument('<kind>', 'what it is').choices(pinKinds))
    .argument('<of>', 'its id')
    .option('--recipe <name>', 'only into contexts of this recipe')
    .action(async (kind: PinKind, of: string, _: unknown, command: Command) => {
      const { recipe, ...options } = command.optsWithGlobals<GlobalOptions & { recipe?: string }>();
      const body = PinSubject.safeParse({ kind, of, ...(recipe === undefined ? {} : { recipe }) });
      if (!body.success) throw new CliError('usage', `${of} names no ${kind}, or ${recipe} no recipe.`);
      const { client } = await connect(world, options);
      show(
        world,
        options,
        await client.createPin({ body: body.data }),
        (made) =>
          `Pinned into ${into(made)}: ${oneLine(made.name ?? made.of, 60)}\n  take it back with: vivim pins remove ${made.id}`,
      );
    });
  pins
    .command('list')
    .description('Lists what you pinned, the latest first.')
    .addOption(limitOption(50))
    .action(async (_: unknown, command: Command) => {
      const { limit, ...options } = command.optsWithGlobals<GlobalOptions & { limit: number }>();
      const { client } = await connect(world, options);
      const page = await collect(limit, 200, (query) => client.listPins({ query }));
      show(world, options, page, ({ items }) => listText(items));
    });
  pins
    .command('remove')
    .description('Takes a pin back.')
    .argument('<id>', 'id of a pin, n_…')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      const taken = await client.deletePin({ params: { id: id as PinId } });
      show(world, options, taken, (pin) => `No longer pinned into ${into(pin)}: ${oneLine(pin.name ?? pin.of, 60)}`);
    });
}

const into = ({ recipe }: Pin): string => (recipe === null ? 'every context' : `contexts of the recipe ${recipe}`);

const listText = (items: readonly Pin[]): string =>
  items.length === 0
    ? 'You pinned nothing into contexts.'
    : table(
        items.map(({ id, kind, name, of, recipe, at }) => [
          kind,
          oneLine(name ?? of, 60),
          recipe ?? 'every context',
          day(at),
          id,
        ]),
      );
