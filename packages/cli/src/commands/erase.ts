/** `vivim erase`: take one thing and all that was made from it out of the space, for good; what was erased, and letting it in again. */
import type { Client } from '@vivim/client/client';
import { sources } from '@vivim/contract/conversation';
import type { EraseRange, ErasureId, ErasureKind, ErasureReceipt, Mentions } from '@vivim/contract/erasure';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { confirm } from '../ask/ask.ts';
import { CliError } from '../cli-error.ts';
import { untilErased } from '../output/erasure-progress.ts';
import { erasureList, erasureText } from '../output/erasure-text.ts';
import { show } from '../output/speak.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { limitOption } from './options.ts';

interface EraseOptions extends GlobalOptions {
  readonly yes?: true;
  readonly preview?: true;
  readonly mentions: Mentions;
}

/** The midnight a day begins with. */
function day(text: string): string {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms)) throw new InvalidArgumentError('Write a day as 2023-01-31.');
  return new Date(ms).toISOString();
}

const nouns: readonly { readonly kind: ErasureKind; readonly says: string }[] = [
  { kind: 'conversation', says: 'conversations, with every message, unit, vector, topic and record of them' },
  { kind: 'message', says: 'messages; what replied to one moves up to what it replied to' },
  { kind: 'acu', says: 'units: their words leave the message, and […] stands in their place' },
  { kind: 'entity', says: 'what is known of people, places and things' },
  { kind: 'topic', says: 'topics' },
  { kind: 'memory', says: 'memories, with their words in the kept records of exports' },
  { kind: 'secret', says: 'secrets that were found: […] says what sort stood there, everywhere it stood' },
  { kind: 'import', says: 'imports, with the conversations, memories and projects no other import saw' },
];

export function defineErase(program: Command, world: World): void {
  const erase = program
    .command('erase')
    .summary('take something out of your space for good')
    .description(
      'Erases one thing and everything made from it. There is no undo. What is large is out of sight at once and goes in the background; the command waits until it is gone, and ending it ends nothing. An import of the same export does not bring it back until you allow it.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  vivim erase conversation c_… --preview\n  vivim erase message m_… m_…\n  vivim erase entity e_… --mentions redact\n  vivim erase list\n  vivim erase allow 019a…',
    );

  /** Shows what would go, asks, erases, and waits until it is gone. */
  async function eraseBy(
    options: EraseOptions,
    send: (client: Client, query: { preview?: 'true' }) => Promise<ErasureReceipt>,
  ): Promise<void> {
    const { client } = await connect(world, options);
    if (options.yes === undefined || options.preview) {
      const preview = await send(client, { preview: 'true' });
      if (options.preview) return show(world, options, preview, erasureText);
      world.stderr.write(`${erasureText(preview)}\n`);
      const sure = await confirm(world, 'Erase it? This cannot be undone.', 'Say --yes to erase without being asked.');
      if (!sure) throw new CliError('usage', 'Nothing was erased.');
    }
    show(world, options, await untilErased(world, client, await send(client, {})), erasureText);
  }

  for (const { kind, says } of nouns) {
    const command = erase
      .command(kind)
      .description(`Erases ${says}.`)
      .argument('<id...>', `id of one or more, at most 500`)
      .option('--preview', 'say what would go, and erase nothing')
      .option('--yes', 'do not ask');
    if (kind === 'entity' || kind === 'topic') {
      command.addOption(
        new Option('--mentions <what>', 'the name where messages say it: keep it, or put […] in its place')
          .choices(['keep', 'redact'])
          .default('keep'),
      );
    }
    command.action(async (ids: string[], _: unknown, action: Command) => {
      const options = action.optsWithGlobals<EraseOptions>();
      const body = { kind, ids, mentions: options.mentions ?? 'keep' };
      await eraseBy(options, (client, query) => client.erase({ body, query }));
    });
  }

  erase
    .command('range')
    .description('Erases every conversation of a source, of a time, or of both, as one erasure.')
    .addOption(new Option('--source <source>', 'the source they came from').choices(sources))
    .addOption(new Option('--from <day>', 'last spoken in on this day or later, such as 2023-01-01').argParser(day))
    .addOption(new Option('--until <day>', 'and before this day').argParser(day))
    .option('--preview', 'say what would go, and erase nothing')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim erase range --source chatgpt --preview\n  vivim erase range --from 2023-01-01 --until 2024-01-01\n\nDays begin at midnight, UTC. Conversations without a time are in no time.',
    )
    .action(async (_: unknown, action: Command) => {
      const options = action.optsWithGlobals<EraseOptions & EraseRange>();
      const { source, from, until } = options;
      const body = {
        ...(source === undefined ? {} : { source }),
        ...(from === undefined ? {} : { from }),
        ...(until === undefined ? {} : { until }),
      };
      if (Object.keys(body).length === 0) throw new CliError('usage', 'Name a source, a time, or both.');
      await eraseBy(options, (client, query) => client.eraseRange({ body, query }));
    });

  erase
    .command('list')
    .description('Lists what you erased, newest first: receipts, without a word of what it was.')
    .addOption(limitOption(20))
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { limit: number }>();
      const { client } = await connect(world, options);
      const page = await collect(options.limit, 200, (query) => client.listErasures({ query }));
      show<{ items: ErasureReceipt[] }>(world, options, page, ({ items }) => erasureList(items));
    });

  erase
    .command('allow')
    .description('Lets what an erasure took come in again with the next import. It brings nothing back by itself.')
    .argument('<erasure>', 'id of the receipt; see vivim erase list')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(world, options, await client.allowErased({ params: { id: id as ErasureId } }), erasureText);
    });
}
