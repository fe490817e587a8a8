/** `vivim imports`: what was brought in, how it went, and what kept something out. */

import type { Call, Client } from '@vivim/client/client';
import type { ImportId } from '@vivim/contract/ids';
import type { ImportRun } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import type { Command } from 'commander';
import { importReport } from '../output/import-report.ts';
import { show } from '../output/speak.ts';
import { bytes, count, day, oneLine, table } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { defineImportsConflicts } from './imports-conflicts.ts';
import { defineImportsReport } from './imports-report.ts';
import { defineImportsWhere } from './imports-where.ts';
import { idOrList, limitOption } from './options.ts';

interface ImportsOptions extends GlobalOptions {
  readonly limit: number;
  readonly issues?: true;
}

interface Stop {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly run: (client: Client, call: Call<'cancelImport'>) => Promise<ImportRun>;
}

const stops: readonly Stop[] = [
  {
    name: 'pause',
    summary: 'stop an import for now',
    description: 'Stops an import until it is continued, however often the server is restarted. Other imports go on.',
    run: (client, call) => client.pauseImport(call),
  },
  {
    name: 'continue',
    summary: 'go on with one that was paused',
    description: 'Goes on with an import where it was paused.',
    run: (client, call) => client.resumeImport(call),
  },
  {
    name: 'cancel',
    summary: 'end an import, or give an upload up',
    description: 'Ends an import for good and removes its file from the server. What is in stays in.',
    run: (client, call) => client.cancelImport(call),
  },
];

export function defineImports(program: Command, world: World): void {
  const imports = program
    .command('imports')
    .summary('list imports, or look at one')
    .description('Lists imports, newest first; with an id, shows one of them.')
    .argument('[id]', 'id of an import', idOrList)
    .option(
      '--issues',
      'skipped or degraded items of the import with the reason, up to --limit; all of them: imports report',
    )
    .addOption(limitOption(20))
    .addHelpText(
      'after',
      `
Examples:
  vivim imports
  vivim imports 019a2b7c-0000-7000-8000-000000000000 --issues
  vivim imports report 019a2b7c-0000-7000-8000-000000000000 -o report.md
  vivim imports raw 019a2b7c-0000-7000-8000-000000000000 1-12 -o record.json
  vivim imports pause 019a2b7c-0000-7000-8000-000000000000
  vivim imports continue 019a2b7c-0000-7000-8000-000000000000

A file that is still receiving is gone on with by sending it again: vivim import FILE`,
    )
    .action(async (id: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ImportsOptions>();
      const { client } = await connect(world, options);
      if (id === undefined) {
        return show(
          world,
          options,
          await collect(options.limit, 200, (query) => client.listImports({ query })),
          ({ items }) => listing(items),
        );
      }
      const params = { id: id as ImportId };
      if (options.issues) {
        const issues = await collect(options.limit, 200, (query) => client.listImportIssues({ params, query }));
        return show(world, options, issues, ({ items }) =>
          table(items.map((each) => [each.severity, oneLine(each.path, 60), oneLine(each.detail, 200)])),
        );
      }
      show(world, options, await client.getImport({ params }), importReport);
    });
  defineImportsReport(imports, world);
  defineImportsWhere(imports, world);
  defineImportsConflicts(imports, world);
  for (const { name, summary, description, run } of stops) {
    imports
      .command(name)
      .summary(summary)
      .description(description)
      .argument('<id>', 'id of an import')
      .action(async (id: string, _: unknown, command: Command) => {
        const options = command.optsWithGlobals<GlobalOptions>();
        const { client } = await connect(world, options);
        const call = { params: { id: id as ImportId }, idempotencyKey: uuidv7() };
        show(world, options, await run(client, call), importReport);
      });
  }
}

const listing = (runs: readonly ImportRun[]): string =>
  runs.length === 0
    ? 'Nothing was imported yet. Bring an export in with: vivim import FILE'
    : table(runs.map((run) => [run.id, day(run.createdAt), run.state, standing(run), oneLine(run.fileName, 60)]));

function standing({ upload, fileBytes, report, erasedAt }: ImportRun): string {
  if (erasedAt !== null) return `erased ${day(erasedAt)}`;
  return upload === null
    ? count(report.conversations.added, 'conversation added', 'conversations added')
    : `${bytes(upload.received)} of ${bytes(fileBytes)}, kept until ${day(upload.expiresAt)}`;
}
