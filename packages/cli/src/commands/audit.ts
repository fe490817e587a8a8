/** `vivim audit`: whether the server's books are as they were written. */
import type { Command } from 'commander';
import { connectAdmin } from '../admin/admin-client.ts';
import { type AdminOptions, dataDirOption } from '../admin/admin-options.ts';
import { reportText } from '../admin/admin-text.ts';
import { type ExitCode, exitCodes } from '../output/exit-code.ts';
import { show } from '../output/speak.ts';
import type { World } from '../world.ts';

export function defineAudit(program: Command, world: World, end: (code: ExitCode) => void): void {
  const audit = program
    .command('audit')
    .summary('check the books of a server')
    .description('The audit log and the key logs of a server, on its host.');
  audit
    .command('verify')
    .description(
      'Checks every audit chain, every key log and the deletion ledger from the first entry on. Ends with 1 when anything was changed, taken out or cut off.',
    )
    .addOption(dataDirOption())
    .addHelpText('after', '\nExamples:\n  vivim audit verify\n  vivim audit verify --json --data-dir /srv/vivim')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions>();
      const client = await connectAdmin(options.dataDir);
      const report = await client.call('verifyAudit', {});
      show(world, options, report, reportText);
      if (!report.clean) end(exitCodes.unexpected);
    });
}
