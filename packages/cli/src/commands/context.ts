/** `vivim context`: the bundle an AI needs for a message. The text goes to standard output alone, ready to pipe. */
import { text as readAll } from 'node:stream/consumers';
import {
  type Bundle,
  budgetLimits,
  bundleFormats,
  type ContextRequest,
  Depth,
  layerTitles,
} from '@vivim/contract/context';
import type { ConversationId } from '@vivim/contract/ids';
import { type Command, Option } from 'commander';
import { print, say, show } from '../output/speak.ts';
import { day, oneLine, plain, table, titleOf } from '../output/text.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { wholeNumber } from './options.ts';

interface ContextOptions extends GlobalOptions {
  readonly budget: number;
  readonly format: ContextRequest['format'];
  readonly depth: ContextRequest['depth'];
  readonly conversation?: string;
  readonly scope?: string[];
}

export function defineContext(program: Command, world: World): void {
  program
    .command('context')
    .summary('compile the context for a message')
    .description(
      'Compiles the context an AI needs for a message from what you said before: inside a token budget, every line cited.',
    )
    .argument('<query...>', 'the message the context is for; - reads standard input')
    .addOption(
      new Option('-b, --budget <tokens>', 'never more than this many')
        .argParser(wholeNumber(budgetLimits.min, budgetLimits.max))
        .default(budgetLimits.default),
    )
    .addOption(
      new Option('-f, --format <format>', 'how the text is laid out').choices(bundleFormats).default('markdown'),
    )
    .addOption(new Option('--depth <depth>', 'how far to look').choices(Depth.options).default('standard'))
    .option('--conversation <id>', 'a captured conversation that is being continued')
    .option('--scope <domain...>', 'the domains at hand: memories of others stay away')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim context "What did we decide about the kiln?" --budget 4000\n  vivim context "Continue the migration" --format xml > context.xml\n  vivim context - --json < question.txt | jq .citations\n\nThe text goes to standard output; layers and sources are told on standard error.',
    )
    .action(async (words: string[], _: unknown, command: Command) => {
      const { budget, format, depth, conversation, scope, ...options } = command.optsWithGlobals<ContextOptions>();
      const { client } = await connect(world, options);
      const query = words.length === 1 && words[0] === '-' ? await readAll(world.stdin) : words.join(' ');
      const bundle = await client.createContext({
        body: {
          query,
          budget,
          format,
          depth,
          ...(scope === undefined ? {} : { scopes: scope }),
          ...(conversation === undefined ? {} : { conversationId: conversation as ConversationId }),
        },
      });
      if (options.json) return show(world, options, bundle, () => '');
      print(world, world.stdout.isTTY === true ? plain(bundle.text) : bundle.text);
      say(world, `\n${account(bundle)}`);
    });
}

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
    each.conversation === null ? each.memory.label : titleOf(each.conversation.title),
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
