/** `vivim imports`: what was brought in, how it went, and what kept something out. */

import type { ImportId } from '@vivim/contract/ids';
import type { ImportRun } from '@vivim/contract/imports';
import type { Command } from 'commander';
import { importReport } from '../output/import-report.ts';
import { show } from '../output/speak.ts';
import { count, day, oneLine, table } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import { connect } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { defineImportsReport } from './imports-report.ts';
import { limitOption } from './options.ts';

interface ImportsOptions extends GlobalOptions {
  readonly limit: number;
  readonly issues?: true;
  readonly cancel?: true;
}

export function defineImports(program: Command, world: World): void {
  const imports = program
    .command('imports')
    .summary('list imports, or look at one')
    .description('Lists imports, newest first; with an id, shows one of them.')
    .argument('[id]', 'id of an import')
    .option(
      '--issues',
      'skipped or degraded items of the import with the reason, up to --limit; all of them: imports report',
    )
    .option('--cancel', 'stop the import; what is in stays in')
    .addOption(limitOption(20))
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
      show(
        world,
        options,
        await (options.cancel ? client.cancelImport({ params }) : client.getImport({ params })),
        importReport,
      );
    });
  defineImportsReport(imports, world);
}

const listing = (runs: readonly ImportRun[]): string =>
  runs.length === 0
    ? 'Nothing was imported yet. Bring an export in with: vivim import FILE'
    : table(
        runs.map((run) => [
          run.id,
          day(run.createdAt),
          run.state,
          run.erasedAt === null
            ? count(run.report.conversations.added, 'conversation added', 'conversations added')
            : `erased ${day(run.erasedAt)}`,
          oneLine(run.fileName, 60),
        ]),
      );
