/** `vivim admin migrate`: the way of all spaces to the schema the server knows. */
import type { Command } from 'commander';
import { connectAdmin } from '../admin/admin-client.ts';
import { type AdminOptions, dataDirOption } from '../admin/admin-options.ts';
import { migrationText } from '../admin/migration-text.ts';
import { type ExitCode, exitCodes } from '../output/exit-code.ts';
import { show } from '../output/speak.ts';
import type { World } from '../world.ts';

const introduction = `
Examples:
  vivim admin migrate status
  vivim admin migrate resume --data-dir /srv/vivim
  vivim admin migrate retry 01935870-0000-7000-8000-000000000000

After an upgrade a server does this by itself (VIVIM_MIGRATE=auto): one space in a hundred first, the others when all of
those went well. It stops when spaces fail. Each is copied before; one that fails is left as it was and answers its
owner with a 503, and nobody else notices.`;

export function defineMigrate(admin: Command, world: World, end: (code: ExitCode) => void): void {
  const migrate = admin
    .command('migrate')
    .description('Brings all spaces to the schema this server knows, and tells how far that is.')
    .addHelpText('after', introduction);
  const define = (
    usage: string,
    description: string,
    operation: 'showMigration' | 'runMigration' | 'resumeMigration',
  ) =>
    migrate
      .command(usage)
      .description(description)
      .addOption(dataDirOption())
      .action(async (_: unknown, command: Command) => {
        const options = command.optsWithGlobals<AdminOptions>();
        const client = await connectAdmin(options.dataDir);
        const status = await client.call(operation, {});
        show(world, options, status, migrationText);
        if (status.sweep?.state === 'stopped') end(exitCodes.unexpected);
      });

  define(
    'status',
    'Tells how many spaces are where, and which were set aside. Ends with 1 when it was stopped.',
    'showMigration',
  );
  define('run', 'Begins over all spaces, those that were set aside included, with a few first.', 'runMigration');
  define('resume', 'Goes on after a stop; what failed stays set aside.', 'resumeMigration');
  migrate
    .command('retry')
    .description('Tries one space again, and tells why where it fails.')
    .argument('<id>', 'id of an account, as `vivim admin users` shows it')
    .addOption(dataDirOption())
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions>();
      const client = await connectAdmin(options.dataDir);
      show(world, options, await client.call('migrateUser', { id }), migrationText);
    });
}
