/** `vivim attachments`: the files of conversations and imports, and their bytes. */
import type { Attachment } from '@vivim/contract/attachment';
import type { AttachmentId, ConversationId, ImportId } from '@vivim/contract/ids';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { show } from '../output/speak.ts';
import { bytes, oneLine, table } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import { assertFree } from '../transfer/destination.ts';
import { download } from '../transfer/download.ts';
import type { GlobalOptions, World } from '../world.ts';
import { limitOption } from './options.ts';

interface ListOptions extends GlobalOptions {
  readonly limit: number;
  readonly conversation?: string;
  readonly import?: string;
}

export function defineAttachments(program: Command, world: World): void {
  const attachments = program
    .command('attachments')
    .summary('list files, or save one')
    .description(
      'Lists the files of your conversations; with --import, those an export held and no conversation mentions.',
    )
    .addOption(limitOption(50))
    .option('--conversation <id>', 'files of this conversation')
    .option('--import <id>', 'files of this import that no conversation mentions')
    .addHelpText(
      'after',
      `
Examples:
  vivim attachments
  vivim attachments --conversation c_…
  vivim attachments get f_… -o photo.png`,
    )
    .action(async (_: unknown, command: Command) => {
      const { limit, conversation, import: run, ...options } = command.optsWithGlobals<ListOptions>();
      if (conversation !== undefined && run !== undefined)
        throw new CliError('usage', 'Give --conversation or --import, not both.');
      const filter = {
        ...(conversation === undefined ? {} : { conversationId: conversation as ConversationId }),
        ...(run === undefined ? {} : { importId: run as ImportId }),
      };
      const { client } = await connect(world, options);
      show(
        world,
        options,
        await collect(limit, 200, (page) => client.listAttachments({ query: { ...filter, ...page } })),
        ({ items }) => listing(items),
      );
    });
  attachments
    .command('get')
    .summary('save the bytes of a file')
    .description('Saves the bytes of a file. Nothing that is there is replaced.')
    .argument('<id>', 'id of a file')
    .requiredOption('-o, --output <file>', 'where to put it')
    .action(async (id: string, _: unknown, command: Command) => {
      const { output, ...options } = command.optsWithGlobals<GlobalOptions & { output: string }>();
      assertFree(output);
      const { client } = await connect(world, options);
      const params = { id: id as AttachmentId };
      const attachment = await client.getAttachment({ params });
      if (!attachment.stored) throw new CliError('input', notHere(attachment));
      const interrupt = new AbortController();
      const onInterrupt = () => interrupt.abort();
      process.once('SIGINT', onInterrupt);
      try {
        const { signal } = interrupt;
        const size = await download(await client.getAttachmentContent({ params, signal }), output, signal);
        show(world, options, { file: output, bytes: size, attachment }, () => `${output}: ${bytes(size)}`);
      } catch (error) {
        if (!interrupt.signal.aborted) throw error;
        throw new CliError('interrupted', 'Interrupted; nothing was kept.');
      } finally {
        process.off('SIGINT', onInterrupt);
      }
    });
}

const notHere = ({ status }: Attachment): string =>
  status === 'skipped'
    ? 'The export held this file and it was not taken in; the report of that import says why.'
    : 'No export you imported holds this file. Import one that does, and it is filled in.';

const states = { present: 'text only', missing: 'not in the export', skipped: 'left out' } as const;

const listing = (items: readonly Attachment[]): string =>
  items.length === 0
    ? 'No files.'
    : table(
        items.map(({ id, mime, size, stored, status, name }) => [
          id,
          stored ? 'stored' : states[status],
          mime ?? '—',
          size === null ? '—' : bytes(size),
          name === null ? 'unnamed' : oneLine(name, 80),
        ]),
      );
