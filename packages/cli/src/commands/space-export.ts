/** `vivim space export`: everything, as a file of one's own. */
import { type ExportFormat, exportFormats } from '@vivim/contract/space-export';
import { type Command, Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { show } from '../output/speak.ts';
import { bytes } from '../output/text.ts';
import { connectWithKey } from '../session/connect.ts';
import { assertFree } from '../transfer/destination.ts';
import { download } from '../transfer/download.ts';
import type { GlobalOptions, World } from '../world.ts';

export function defineSpaceExport(space: Command, world: World): void {
  space
    .command('export')
    .summary('save everything as a file')
    .description('Saves your whole space as it is at one moment.')
    .argument('<file>', 'where to put it; nothing that is there is replaced')
    .addOption(
      new Option(
        '--format <format>',
        'json: an archive for another server; sqlite: a database; markdown: a zip to read',
      )
        .choices(exportFormats)
        .default('json'),
    )
    .option('--with-upstream-keys', 'the keys of your upstreams go along; without this they stay')
    .addHelpText(
      'after',
      `
Examples:
  vivim space export ~/vivim-2026.zip
  vivim space export ~/vivim-2026.db --format sqlite
  vivim space export ~/vivim-to-read.zip --format markdown

The archive is what "vivim space import" takes in on another server, with every id and citation as it was.
The file is not encrypted: whoever has it can read every conversation. It is readable by you alone; keep it so.`,
    )
    .action(async (file: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { format: ExportFormat; withUpstreamKeys?: true }>();
      const { format } = options;
      const keys = options.withUpstreamKeys === true ? { upstreamKeys: 'true' as const } : {};
      assertFree(file);
      const { client } = await connectWithKey(world, options);
      const interrupt = new AbortController();
      const onInterrupt = () => interrupt.abort();
      process.once('SIGINT', onInterrupt);
      try {
        const { signal } = interrupt;
        const size = await download(await client.exportSpace({ query: { format, ...keys }, signal }), file, signal);
        const signedBy = format === 'json' ? (await client.getSpace({})).archivesSignedBy : null;
        show(
          world,
          options,
          { file, format, bytes: size, signedBy },
          () =>
            `${file}: ${bytes(size)}, not encrypted. Keep it where nobody else can read it.${
              signedBy === null ? '' : `\nSigned by the space ${signedBy}; whoever imports it is shown the same.`
            }`,
        );
      } catch (error) {
        if (!interrupt.signal.aborted) throw error;
        throw new CliError('interrupted', 'Interrupted; nothing was kept.');
      } finally {
        process.off('SIGINT', onInterrupt);
      }
    });
}
