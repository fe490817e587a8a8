/** `vivim imports report`: the whole report of one import, as a file or on standard output. Never cut at a limit. */
import { existsSync } from 'node:fs';
import type { Client } from '@vivim/contract/client';
import type { ImportId } from '@vivim/contract/ids';
import type { ImportIssue } from '@vivim/contract/imports';
import { type Command, Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { importReportFile, type ReportFormat, reportFormats } from '../output/import-report-file.ts';
import { show } from '../output/speak.ts';
import { bytes } from '../output/text.ts';
import { connect } from '../session/connect.ts';
import { download } from '../transfer/download.ts';
import type { GlobalOptions, World } from '../world.ts';

interface ReportOptions extends GlobalOptions {
  readonly format: ReportFormat;
  readonly output?: string;
}

export function defineImportsReport(imports: Command, world: World): void {
  imports
    .command('report')
    .summary('the whole report of an import, to keep')
    .description(
      'Writes what came of an import: its figures and every skipped, degraded or noted item, with the reason.',
    )
    .argument('<id>', 'id of an import')
    .addOption(new Option('--format <format>', 'how to write it').choices(reportFormats).default('markdown'))
    .option('-o, --output <file>', 'where to put it; nothing that is there is replaced')
    .addHelpText(
      'after',
      `
Examples:
  vivim imports report 0199… -o report.md
  vivim imports report 0199… --format csv -o report.csv     for a spreadsheet
  vivim imports report 0199… --json | jq '.issues[].path'

With --json and no file the report itself is JSON.`,
    )
    .action(async (id: ImportId, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ReportOptions>();
      const { output: file } = options;
      if (file !== undefined && existsSync(file))
        throw new CliError('already_there', `${file} is there already and is not replaced.`);
      const { client } = await connect(world, options);
      const format = options.json && file === undefined ? 'json' : options.format;
      const report = importReportFile(await client.getImport({ params: { id } }), everyIssue(client, id), format);
      if (file === undefined) {
        for await (const piece of report) world.stdout.write(piece);
        return;
      }
      const body = ReadableStream.from(report).pipeThrough(new TextEncoderStream());
      const size = await download(new Response(body), file, new AbortController().signal);
      show(world, options, { file, format, bytes: size }, () => `${file}: ${bytes(size)}.`);
    });
}

async function* everyIssue(client: Client, id: ImportId): AsyncGenerator<ImportIssue> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Client['listImportIssues']>> = await client.listImportIssues({
      params: { id },
      query: { limit: 200, ...(cursor === null ? {} : { cursor }) },
    });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
