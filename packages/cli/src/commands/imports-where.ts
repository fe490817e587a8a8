/** `vivim imports where`: what became of a conversation that was in a file. */
import { sourceNames } from '@vivim/contract/conversation';
import type { Whereabouts } from '@vivim/contract/whereabouts';
import type { Command } from 'commander';
import { show } from '../output/speak.ts';
import { count, day, oneLine, titleOf } from '../output/text.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';

export function defineImportsWhere(imports: Command, world: World): void {
  imports
    .command('where')
    .summary('where did my conversation go?')
    .description(
      'Looks through every import for conversations of a name or an id: here, left out and why, erased by you, or in no file.',
    )
    .argument('<words...>', 'words of its title, its id at the source, or its id here')
    .addHelpText('after', '\nExamples:\n  vivim imports where roof repair\n  vivim imports where 6894b1c2-…')
    .action(async (words: string[], _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      const q = words.join(' ');
      show(world, options, await client.findWhereabouts({ query: { q } }), (answer) => whereText(answer, q));
    });
}

function whereText({ items, more, imports }: Whereabouts, q: string): string {
  if (items.length === 0)
    return `“${oneLine(q, 80)}” is in none of ${count(imports, 'import')}: no title and no id of a conversation in them says so. What was said is looked for with: vivim search`;
  const lines = items.map((item) =>
    item.state === 'erased'
      ? `Erased by you${item.erasedAt === null ? '' : ` on ${day(item.erasedAt)}`}. To let it in again: vivim erase allow ${item.receipt}`
      : item.state === 'left_out'
        ? `Left out of ${named(item.import)}: “${titleOf(item.title)}”\n  ${oneLine(item.detail, 300)}`
        : [
            `Here: “${titleOf(item.title)}” (${sourceNames[item.source]}, ${count(item.messageCount, 'message')})  ${item.conversationId}`,
            `  came with ${named(item.firstImport)}${item.lastImport.id === item.firstImport.id ? '' : `, seen last in ${named(item.lastImport)}`}`,
            ...(item.deletedInSourceAt === null
              ? []
              : [`  no longer in your account's export of ${day(item.deletedInSourceAt)}; kept here`]),
          ].join('\n'),
  );
  return [...lines, ...(more ? ['There are more; say more of its title.'] : [])].join('\n');
}

interface Seen {
  readonly fileName: string;
  readonly at: string;
  readonly place: string | null;
}

const named = ({ fileName, at, place }: Seen): string =>
  `${oneLine(fileName, 60)} on ${day(at)}${place === null ? '' : ` (${oneLine(place, 120)})`}`;
