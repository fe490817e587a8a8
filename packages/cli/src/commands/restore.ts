/** `vivim restore`: one person back to a backup while the server runs, or a whole server into an empty directory. */
import type { Command } from 'commander';
import { connectAdmin } from '../admin/admin-client.ts';
import { type AdminOptions, dataDirOption } from '../admin/admin-options.ts';
import { restoredText } from '../admin/backup-text.ts';
import { CliError } from '../cli-error.ts';
import type { ExitCode } from '../output/exit-code.ts';
import { show } from '../output/speak.ts';
import type { World } from '../world.ts';
import { type RestoreOptions, restoreServer } from './restore-all.ts';

const introduction = `
Examples:
  vivim restore --user 01935870-0000-7000-8000-000000000000
  vivim restore --user 01935870-0000-7000-8000-000000000000 --at 2026-11-01T12:00:00Z
  vivim restore --all --from s3://bucket/vivim --data-dir /srv/vivim \\
    --keys /mnt/keys/2026-11-01T00-00-00.000Z.vivim-keys --passphrase-file /root/keys.pass

A moment between two backups cannot be had: --at takes the newest backup at or before it, and what was written after that
backup is lost. One person is restored on a running server, everybody on a stopped one into an empty data directory.`;

function parseTime(text: string): string {
  if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(Date.parse(text)))
    throw new CliError('usage', `${text} is no time. Write one such as 2026-11-01T12:00:00Z.`);
  return new Date(text).toISOString();
}

export function defineRestore(program: Command, world: World, end: (code: ExitCode) => void): void {
  program
    .command('restore')
    .summary('put one person, or a whole server, back to a backup')
    .description('Restores from a backup, on the host of the server.')
    .option('--user <id>', 'this account, on a running server')
    .option('--all', 'everybody and master, into an empty data directory')
    .option('--at <time>', 'the newest backup at or before it (the newest)', parseTime)
    .option('--from <place>', 'a folder or s3://bucket/prefix (for --user: where the server keeps its backups)')
    .option('--keys <file>', 'with --all: an archive that `vivim backup keys` made')
    .option('--passphrase-file <file>', 'whose first line opens --keys')
    .option('--without-ledger', 'with --all: go on though no deletion ledger is found')
    .addOption(dataDirOption())
    .addHelpText('after', introduction)
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions & RestoreOptions & { user?: string; all?: true }>();
      if ((options.user === undefined) === (options.all === undefined))
        throw new CliError('usage', 'Name one account with --user, or say --all.');
      if (options.user === undefined) return end(await restoreServer(world, options));
      const client = await connectAdmin(options.dataDir);
      const { at, from } = options;
      const body = { ...(at === undefined ? {} : { at }), ...(from === undefined ? {} : { from }) };
      show(world, options, await client.call('restoreUser', { id: options.user, body }), restoredText);
    });
}
