/** `vivim note`: something to remember, in your own words. */
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { show } from '../output/speak.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';

export function defineNote(program: Command, world: World): void {
  program
    .command('note')
    .summary('save a note')
    .description('Saves what you say as a note: it is found, and used in contexts, like anything you said to an AI.')
    .argument('<text...>', 'what to remember; - reads standard input')
    .option('--title <title>', 'what it is called (its first line)')
    .option('--id <id>', 'a name of your own: saved under it again, the note is brought up to date')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim note I moved to Lisbon in May.\n  vivim note --title "How I cook rice" - < rice.md\n  vivim note --id shopping "Milk, tea"',
    )
    .action(async (words: string[], _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { title?: string; id?: string }>();
      const said = words.length === 1 && words[0] === '-' ? await text(world.stdin) : words.join(' ');
      if (said.trim() === '') throw new CliError('usage', 'The note is empty.');
      const { client } = await connect(world, options);
      const body = {
        text: said,
        ...(options.title === undefined ? {} : { title: options.title }),
        ...(options.id === undefined ? {} : { externalId: options.id }),
      };
      show(world, options, await client.saveNote({ body }), ({ conversationId, outcome, issues }) =>
        [
          outcome === 'unchanged' ? `There is such a note already: ${conversationId}` : `Saved: ${conversationId}`,
          ...issues.map(({ detail }) => `  ${detail}`),
        ].join('\n'),
      );
    });
}
