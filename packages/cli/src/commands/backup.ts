/** `vivim backup`: copies of everybody and of master, made, listed, tried out; and of the keys, apart. For the operator of a server. */
import type { Command } from 'commander';
import { connectAdmin } from '../admin/admin-client.ts';
import { type AdminOptions, dataDirOption } from '../admin/admin-options.ts';
import { copiesText, overviewText, runText, verifyText } from '../admin/backup-text.ts';
import { CliError } from '../cli-error.ts';
import { type ExitCode, exitCodes } from '../output/exit-code.ts';
import { show } from '../output/speak.ts';
import type { World } from '../world.ts';
import { defineBackupKeys } from './backup-keys.ts';
import { wholeNumber } from './options.ts';

const introduction = `
Examples:
  vivim backup run                     everybody and master, as one set
  vivim backup list                    last success, failures, next run, sets
  vivim backup verify --sample 20      restore master and 20 spaces into a scratch place and compare
  vivim backup keys --to /mnt/keys --passphrase-file /root/keys.pass
  vivim restore --user 01935870-0000-7000-8000-000000000000 --at 2026-11-01T12:00:00Z

Works on the host of a running server, for the user it runs as. Where backups go and when is set by VIVIM_BACKUP_TO and
VIVIM_BACKUP_EVERY. A backup of spaces is noise without the keys, and holds none.`;

export function defineBackup(program: Command, world: World, end: (code: ExitCode) => void): void {
  const backup = program
    .command('backup')
    .summary('back up a server, and try the backups out')
    .description('Backups of a server, on its host.')
    .addHelpText('after', introduction);

  backup
    .command('run')
    .description(
      'Copies every space that was written to since its last copy, then master. Ends with 1 when one could not be copied.',
    )
    .option('--user <id>', 'this account alone; no set is made')
    .option('--all', 'everybody (as without options)')
    .addOption(dataDirOption())
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions & { user?: string; all?: true }>();
      if (options.user !== undefined && options.all) throw new CliError('usage', 'Name one account, or say --all.');
      const client = await connectAdmin(options.dataDir);
      const body = options.user === undefined ? {} : { userId: options.user };
      const run = await client.call('runBackup', { body: body as { userId?: never } });
      show(world, options, run, runText);
      if (run.code !== null || run.failed.length > 0) end(exitCodes.unexpected);
    });

  backup
    .command('list')
    .description(
      'Where backups go, how the last run went, when the next is, and which sets there are. Ends with 1 when they are overdue.',
    )
    .option('--user <id>', 'the copies of one account instead')
    .addOption(dataDirOption())
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions & { user?: string }>();
      const client = await connectAdmin(options.dataDir);
      if (options.user !== undefined)
        return show(world, options, await client.call('listCopies', { id: options.user }), copiesText);
      const overview = await client.call('listBackups', {});
      show(world, options, overview, overviewText);
      if (overview.overdue) end(exitCodes.unexpected);
    });

  backup
    .command('verify')
    .description(
      'Restores a set into a scratch place: master into a schema of its own, each space opened with its key by an engine, read whole, counted. Ends with 1 when anything is not as its manifest says.',
    )
    .option('--set <id>', 'which one, as `vivim backup list` shows it (the newest)')
    .option('--user <id>', 'the newest copy of one account instead')
    .option('--sample <number>', 'so many spaces, by chance, instead of all', wholeNumber(1, 1_000_000))
    .addOption(dataDirOption())
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions & { user?: string; set?: string; sample?: number }>();
      const { set, user, sample } = options;
      const body = {
        ...(set === undefined ? {} : { set }),
        ...(user === undefined ? {} : { userId: user }),
        ...(sample === undefined ? {} : { sample }),
      };
      const client = await connectAdmin(options.dataDir);
      const report = await client.call('verifyBackups', { body: body as { userId?: never } });
      show(world, options, report, verifyText);
      if (!report.sound) end(exitCodes.unexpected);
    });

  defineBackupKeys(backup, world);
}
