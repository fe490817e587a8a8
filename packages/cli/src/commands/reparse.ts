/** `vivim reparse`: read what came in anew, from the records that were kept. */
import { type Source, sources } from '@vivim/contract/conversation';
import type { ConversationId } from '@vivim/contract/ids';
import { type Command, Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { show } from '../output/speak.ts';
import { count } from '../output/text.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';

interface ReparseOptions extends GlobalOptions {
  readonly source?: Source;
  readonly conversation?: string;
  readonly all?: true;
}

export function defineReparse(program: Command, world: World): void {
  program
    .command('reparse')
    .summary('read what came in anew')
    .description(
      'Reads conversations again from the records of them that were kept: nothing is uploaded. It happens by itself when a newer VIVIM reads a source better; this asks for it. Ids, and what stands on them, stay; what you erased stays away.',
    )
    .addOption(new Option('--source <source>', 'conversations of one source').choices(sources))
    .option('--conversation <id>', 'one conversation')
    .option('--all', 'everything')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim reparse --source claude\n  vivim reparse --conversation c_…\n  vivim status          says how many wait',
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<ReparseOptions>();
      const named = [options.source, options.conversation, options.all].filter((each) => each !== undefined);
      if (named.length !== 1) throw new CliError('usage', 'Say one of --source, --conversation and --all.');
      const { client } = await connect(world, options);
      const body = {
        ...(options.source === undefined ? {} : { source: options.source }),
        ...(options.conversation === undefined ? {} : { conversationId: options.conversation as ConversationId }),
      };
      show(
        world,
        options,
        await client.reparse({ body }),
        ({ queued }) => `${count(queued, 'conversation')} will be read anew, in the background.`,
      );
    });
}
