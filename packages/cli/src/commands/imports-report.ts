/** `vivim imports report` and `raw`: the whole report of one import, and the bytes of one record, as the server writes them. */
import type { ImportId } from '@vivim/contract/ids';
import { type ImportEntryId, type ImportReportFormat, importReportFormats } from '@vivim/contract/imports';
import { type Command, Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { show } from '../output/speak.ts';
import { bytes } from '../output/text.ts';
import { connect } from '../session/connect.ts';
import { assertFree } from '../transfer/destination.ts';
import { download } from '../transfer/download.ts';
import type { GlobalOptions, World } from '../world.ts';

interface ReportOptions extends GlobalOptions {
  readonly format: ImportReportFormat;
  readonly output?: string;
}

export function defineImportsReport(imports: Command, world: World): void {
  imports
    .command('report')
    .summary('the whole report of an import, to keep')
    .description(
      'Writes what came of an import: its figures, what became of every conversation in the file, and the reason where one was skipped, degraded or noted.',
    )
    .argument('<id>', 'id of an import')
    .addOption(new Option('--format <format>', 'how to write it').choices(importReportFormats).default('markdown'))
    .option('-o, --output <file>', 'where to put it; nothing that is there is replaced')
    .addHelpText(
      'after',
      `
Examples:
  vivim imports report 0199… -o report.md
  vivim imports report 0199… --format csv -o report.csv     for a spreadsheet
  vivim imports report 0199… --json | jq '.entries[] | select(.outcome == "skipped")'

With --json and no file the report itself is JSON.`,
    )
    .action(async (id: ImportId, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ReportOptions>();
      const { output: file } = options;
      if (file !== undefined) assertFree(file);
      const { client } = await connect(world, options);
      const format = options.json && file === undefined ? 'json' : options.format;
      const response = await client.getImportReport({ params: { id }, query: { format } });
      if (file === undefined) return printed(world, response);
      const size = await download(response, file, new AbortController().signal);
      show(world, options, { file, format, bytes: size }, () => `${file}: ${bytes(size)}.`);
    });
  imports
    .command('raw')
    .summary('the bytes of one record of an import')
    .description(
      'Saves the bytes of one record as they are kept: what the export said of that conversation. Where something of it was erased or masked, it is what VIVIM understood of the rest. Of a record that could not be read no bytes are kept.',
    )
    .argument('<id>', 'id of an import')
    .argument('<record>', 'the record, such as 1-12: its file and its place in it, as the report says')
    .requiredOption('-o, --output <file>', 'where to put it; nothing that is there is replaced')
    .addHelpText('after', '\nExample:\n  vivim imports raw 0199… 1-12 -o record.json')
    .action(async (id: ImportId, entry: ImportEntryId, _: unknown, command: Command) => {
      const { output: file, ...options } = command.optsWithGlobals<GlobalOptions & { output: string }>();
      assertFree(file);
      const { client } = await connect(world, options);
      const response = await client.getImportEntryRaw({ params: { id, entry } });
      const size = await download(response, file, new AbortController().signal);
      show(world, options, { file, bytes: size }, () => `${file}: ${bytes(size)}.`);
    });
}

/** @throws CliError `unreachable` where the answer broke off */
async function printed(world: World, { body }: Response): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of body ?? []) world.stdout.write(decoder.decode(chunk, { stream: true }));
  } catch (cause) {
    throw new CliError('unreachable', 'The server broke off in the middle of the report.', { cause });
  }
}
