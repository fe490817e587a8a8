/** `vivim restore`: one person back to a backup while the server runs, or a whole server into an empty directory. */
import type { Command } from 'commander';
import { type AdminClient, connectAdmin } from '../admin/admin-client.ts';
import { type AdminOptions, dataDirOption } from '../admin/admin-options.ts';
import { restoredText } from '../admin/backup-text.ts';
import { confirm } from '../ask/ask.ts';
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

/** @throws CliError `usage` where the answer is no, or nobody can be asked */
async function ask(
  world: World,
  client: AdminClient,
  id: string,
  at: string | null,
  from: string | null,
): Promise<void> {
  const copy =
    from === null
      ? (await client.call('listCopies', { id })).items.find(({ createdAt }) => at === null || createdAt <= at)
      : undefined;
  if (from === null && copy === undefined)
    throw new CliError(
      'not_there',
      at === null ? 'There is no backup of this space.' : `There is no backup of this space from ${at} or before.`,
    );
  const what =
    copy === undefined
      ? `the newest copy in ${from}${at === null ? '' : ` at or before ${at}`}`
      : `the copy of ${copy.createdAt}`;
  world.stderr.write(
    `The space of ${id} is put back to ${what}. What was written since is kept beside it for a week and is not in it; everybody signed in to it is let go.\n`,
  );
  const sure = await confirm(world, 'Put it back?', 'Say --yes to put it back without being asked.');
  if (!sure) throw new CliError('usage', 'Nothing was put back.');
}

/** A day alone is all of it, in UTC. @throws CliError `usage` */
export function parseTime(text: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const time = isDay ? `${text}T23:59:59.999Z` : text;
  if (!/^\d{4}-\d\d-\d\dT/.test(time) || Number.isNaN(Date.parse(time)))
    throw new CliError('usage', `${text} is no time. Write one such as 2026-11-01T12:00:00Z, or a day: 2026-11-01.`);
  return new Date(time).toISOString();
}

export function defineRestore(program: Command, world: World, end: (code: ExitCode) => void): void {
  program
    .command('restore')
    .summary('put one person, or a whole server, back to a backup')
    .description('Restores from a backup, on the host of the server.')
    .option('--user <id>', 'this account, on a running server')
    .option('--all', 'everybody and master, into an empty data directory')
    .option('--at <time>', 'the newest backup at or before it; a day means its end, UTC (the newest)', parseTime)
    .option('--from <place>', 'a folder or s3://bucket/prefix (for --user: where the server keeps its backups)')
    .option('--keys <file>', 'with --all: an archive that `vivim backup keys` made')
    .option('--passphrase-file <file>', 'whose first line opens --keys')
    .option('--yes', 'with --user: do not ask')
    .option('--without-ledger', 'with --all: go on though no deletion ledger is found')
    .addOption(dataDirOption())
    .addHelpText('after', introduction)
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<
        AdminOptions & RestoreOptions & { user?: string; all?: true; yes?: true }
      >();
      if ((options.user === undefined) === (options.all === undefined))
        throw new CliError('usage', 'Name one account with --user, or say --all.');
      if (options.user === undefined) return end(await restoreServer(world, options));
      const client = await connectAdmin(options.dataDir);
      const { at, from } = options;
      if (options.yes === undefined) await ask(world, client, options.user, at ?? null, from ?? null);
      const body = { ...(at === undefined ? {} : { at }), ...(from === undefined ? {} : { from }) };
      show(world, options, await client.call('restoreUser', { id: options.user, body }), restoredText);
    });
}
