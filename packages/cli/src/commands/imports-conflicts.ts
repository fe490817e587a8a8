/** `vivim imports conflicts` and `resolve`: messages that differ between exports, and which text is kept. */
import { type Conflict, type VersionRule, versionRules } from '@vivim/contract/conflicts';
import { ConversationId } from '@vivim/contract/ids';
import { type Command, Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { show } from '../output/speak.ts';
import { count, oneLine, titleOf } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { limitOption } from './options.ts';

export function defineImportsConflicts(imports: Command, world: World): void {
  imports
    .command('conflicts')
    .summary('messages that differ between exports')
    .description(
      'Lists conversations of which two exports say different things in a message. The newest text is shown until you decide.',
    )
    .option('--decided', 'those you decided on too')
    .addOption(limitOption(50))
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { limit: number; decided?: true }>();
      const { client } = await connect(world, options);
      const decided = options.decided ? { decided: 'true' as const } : {};
      const found = await collect<Conflict>(options.limit, 200, (query) =>
        client.listConflicts({ query: { ...query, ...decided } }),
      );
      show(world, options, found, ({ items }) => conflictList(items));
    });
  imports
    .command('resolve')
    .summary('say which text is kept')
    .description('Decides on conflicts, many at once. The conversations are read anew in the background.')
    .addOption(
      new Option('--keep <which>', 'the newest text, the oldest, both side by side; undecided takes a decision back')
        .choices([...versionRules, undecided])
        .makeOptionMandatory(),
    )
    .argument('[conversation...]', 'ids of conversations')
    .option('--all', 'every conversation with a conflict')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim imports resolve --keep newest --all\n  vivim imports resolve --keep both c_…',
    )
    .action(async (named: string[], _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { keep: VersionRule | typeof undecided; all?: true }>();
      if (named.length > 0 === (options.all === true))
        throw new CliError('usage', 'Name conversations by their ids, or say --all.');
      const ids = named.map(conversationId);
      const { client } = await connect(world, options);
      const keep = options.keep === undecided ? null : options.keep;
      const body = { keep, conversationIds: options.all ? null : ids };
      const decided = await client.resolveConflicts({ body });
      if (ids.length > 0 && decided.conversations === 0)
        throw new CliError('not_there', `None of them is a conversation with a conflict. ${lists}`);
      show(world, options, decided, ({ conversations }) => {
        const others = new Set(ids).size - conversations;
        return `Decided: ${count(conversations, 'conversation')}.${others > 0 ? ` ${count(others, 'other', 'others')} without a conflict.` : ''}`;
      });
    });
}

/** As the API's null: nobody has decided, and the newest text is shown. */
const undecided = 'undecided';
const lists = 'Those are listed by: vivim imports conflicts';

/** @throws CliError `usage` */
function conversationId(named: string): ConversationId {
  const { success, data } = ConversationId.safeParse(named);
  if (success) return data;
  throw new CliError('usage', `${oneLine(named, 60)} is not the id of a conversation (c_…). ${lists}`);
}

function conflictList(items: readonly Conflict[]): string {
  if (items.length === 0) return 'No two exports contradict each other, or you have decided on all of them.';
  return items
    .flatMap(({ conversationId, title, count: n, rule, messages }) => [
      `“${titleOf(title)}”  ${conversationId}  ${count(n, 'message')}${rule === null ? '' : `, ${rule} kept`}`,
      ...messages.flatMap(({ newest, older }) => [
        `  newest: ${oneLine(newest, 100)}`,
        `  older:  ${oneLine(older, 100)}`,
      ]),
    ])
    .join('\n');
}
