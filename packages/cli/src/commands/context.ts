/** `vivim context`: the bundle an AI needs for a message. The text goes to standard output alone, ready to pipe. */
import { text as readAll } from 'node:stream/consumers';
import { formContext } from '@vivim/client/form-context';
import { type Bundle, citedBeside, layerTitles } from '@vivim/contract/context';
import type { ContextEvent } from '@vivim/contract/context-events';
import type { ConversationId } from '@vivim/contract/ids';
import type { RecipeName } from '@vivim/contract/recipe';
import type { Command } from 'commander';
import { print, say, show } from '../output/speak.ts';
import { count, day, oneLine, plain, table, titleOf } from '../output/text.ts';
import { wordsOnly } from '../output/words-only.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { addContextSettings, contextSettingsOf, type SettingOptions } from './context-options.ts';
import { asOfOption, liveOnlyOption } from './options.ts';
import { recipeName } from './recipes.ts';

interface ContextOptions extends GlobalOptions, SettingOptions {
  readonly recipe?: RecipeName;
  readonly conversation?: string;
  readonly scope?: string[];
  readonly stream?: boolean;
  readonly asOf?: string;
  readonly liveOnly?: true;
}

export function defineContext(program: Command, world: World): void {
  addContextSettings(
    program
      .command('context')
      .summary('compile the context for a message')
      .description(
        'Compiles the context an AI needs for a message from what you said before: inside a token budget, every line cited.',
      )
      .argument('<query...>', 'the message the context is for; - reads standard input')
      .option('--recipe <name>', 'settings kept under a name; what is said here goes before them', recipeName)
      .option('--conversation <id>', 'a captured conversation that is being continued')
      .option('--scope <domain...>', 'the domains at hand: memories of others stay away')
      .option('--stream', 'tell each layer as it is decided; with --json an event a line')
      .addOption(asOfOption())
      .addOption(liveOnlyOption()),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  vivim context "What did we decide about the kiln?" --budget 4000\n  vivim context "Continue the migration" --format xml > context.xml\n  vivim context "What is my job?" --as-of 2023-01-01\n  vivim context - --json < question.txt | jq .citations\n  vivim context "What did we decide about the kiln?" --stream\n\nThe text goes to standard output; layers and sources are told on standard error.',
    )
    .action(async (words: string[], _: unknown, command: Command) => {
      const { recipe, conversation, scope, stream, asOf, liveOnly, ...options } =
        command.optsWithGlobals<ContextOptions>();
      const { client } = await connect(world, options);
      const query = words.length === 1 && words[0] === '-' ? await readAll(world.stdin) : words.join(' ');
      const body = {
        query,
        ...contextSettingsOf(options),
        ...(recipe === undefined ? {} : { recipe }),
        ...(scope === undefined ? {} : { scopes: scope }),
        ...(asOf === undefined ? {} : { asOf }),
        ...(liveOnly === undefined ? {} : { liveOnly }),
        ...(conversation === undefined ? {} : { conversationId: conversation as ConversationId }),
      };
      const tell = (event: ContextEvent): void => {
        if (options.json) show(world, options, event, () => '');
        else for (const line of forming(event)) say(world, line);
      };
      const asked = stream ? formContext(client, body, tell) : client.createContext({ body });
      // Beside it, as it stands when it is asked: it may be whole by the time that is answered.
      const [bundle, space] = await Promise.all([asked, options.json ? null : client.getSpace({})]);
      if (options.json) return stream ? undefined : show(world, options, bundle, () => '');
      print(world, world.stdout.isTTY === true ? plain(bundle.text) : bundle.text);
      say(world, `\n${account(bundle)}`);
      const lacks = space === null ? null : wordsOnly(space);
      if (lacks !== null) say(world, `\n${lacks}`);
    });
}

/** A layer that was decided, with the first of its lines. */
function forming(event: ContextEvent): string[] {
  if (event.type === 'found') return [`${count(event.passages, 'passage')} of your history bear on it`];
  if (event.type !== 'layer') return [];
  const { layer, used, tokens, lines } = event;
  const more = lines.length > linesShown ? [`    … and ${lines.length - linesShown} more`] : [];
  return [
    `  ${layer}  ${layerTitles[layer]}: ${used} tokens, ${tokens} so far`,
    ...lines.slice(0, linesShown).map(({ quoted }) => `    “${oneLine(quoted, 80)}”`),
    ...more,
  ];
}

const linesShown = 5;
const omissionsShown = 8;

/** Where the tokens went, where the words came from, and the first of what was left out. */
export function account({ tokens, budget, tokenizer, layers, citations, omitted }: Bundle): string {
  const used = layers.map(({ layer, used, allotted, reason }) => [
    `  ${layer}`,
    layerTitles[layer],
    `${used} of ${allotted}`,
    reason,
  ]);
  const cited = citations.map((each) => [
    `  [${each.ref}]`,
    day(each.at),
    citedBeside(each) ?? titleOf(each.conversation?.title ?? null),
    `“${oneLine(each.quoted, 60)}”`,
  ]);
  const left = omitted.map(({ layer, what, reason }) => `  ${layer}  ${oneLine(what, 100)} (${reason})`);
  const more = left.length > omissionsShown ? [`  … and ${left.length - omissionsShown} more`] : [];
  return [
    `${tokens} of ${budget} tokens (${tokenizer})`,
    table(used),
    ...(cited.length === 0 ? [] : ['Sources', table(cited)]),
    ...(left.length === 0 ? [] : ['Left out', ...left.slice(0, omissionsShown), ...more]),
  ].join('\n');
}
