/** `vivim recipes`: named settings of contexts. */
import { type Recipe, RecipeName, type RecipeSettings } from '@vivim/contract/recipe';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { show } from '../output/speak.ts';
import { oneLine, table } from '../output/text.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { addContextSettings, contextSettingsOf, type SettingOptions } from './context-options.ts';
import { parsedBy } from './parsed-by.ts';

export const recipeName = parsedBy(RecipeName);

export function defineRecipes(program: Command, world: World): void {
  const recipes = program
    .command('recipes')
    .summary('named settings of contexts')
    .description('A recipe is a name for settings of a context: budget, format, weights of layers, sources, persona.')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim recipes save review --weight L5=2 --longest-quote 400 --persona "A careful reviewer."\n  vivim context "What did we decide about the cache?" --recipe review',
    );
  recipes
    .command('list')
    .description('Lists the recipes that come with VIVIM, then your own.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(world, options, await client.listRecipes({}), ({ items }) => table(items.map(lineOf)));
    });
  addContextSettings(
    recipes
      .command('save')
      .description('Keeps settings under a name; a recipe of yours with this name is replaced.')
      .argument('<name>', 'small letters, digits and hyphens', recipeName)
      .option('--description <text>', 'what it is for'),
  ).action(async (name: RecipeName, _: unknown, command: Command) => {
    const options = command.optsWithGlobals<GlobalOptions & SettingOptions & { description?: string }>();
    const settings = contextSettingsOf(options);
    if (Object.keys(settings).length === 0)
      throw new CliError('usage', 'Say at least one setting; `vivim recipes save --help` lists them.');
    const { client } = await connect(world, options);
    const body = { description: options.description ?? '', settings };
    show(world, options, await client.putRecipe({ params: { name }, body }), (recipe) => `Kept: ${recipe.name}.`);
  });
  recipes
    .command('remove')
    .description('Removes a recipe of your own.')
    .argument('<name>', 'its name', recipeName)
    .action(async (name: RecipeName, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(world, options, await client.deleteRecipe({ params: { name } }), (recipe) => `Removed: ${recipe.name}.`);
    });
}

const lineOf = ({ name, description, builtIn, settings }: Recipe): string[] => [
  name,
  builtIn ? 'VIVIM' : 'yours',
  oneLine([description, inWords(settings)].filter((part) => part !== '').join('; '), 160),
];

/** The settings as they would be typed, a persona by its first words. */
const inWords = ({ weights, sources, ...plain }: RecipeSettings): string =>
  [
    ...Object.entries(plain).map(([name, value]) => `${name} ${value}`),
    ...Object.entries(weights ?? {}).map(([layer, times]) => `${layer}=${times}`),
    ...Object.entries(sources ?? {}).map(([which, names]) => `${which} ${(names ?? []).join(', ')}`),
  ].join(', ');
