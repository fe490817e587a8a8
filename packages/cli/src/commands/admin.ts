/** `vivim admin`: what the operator of a server does on its host. Reaches no content: the server has no way to hand any out. */
import type { Command } from 'commander';
import { type AdminClient, connectAdmin } from '../admin/admin-client.ts';
import { type AdminOptions, dataDirOption } from '../admin/admin-options.ts';
import { detailText, userTable, userText } from '../admin/admin-text.ts';
import { askLine } from '../ask/ask.ts';
import { CliError } from '../cli-error.ts';
import type { ExitCode } from '../output/exit-code.ts';
import { show } from '../output/speak.ts';
import { bytes, count } from '../output/text.ts';
import { collect } from '../session/collect.ts';
import type { World } from '../world.ts';
import { defineMigrate } from './admin-migrate.ts';
import { defineOperators } from './admin-operators.ts';
import { limitOption, quota } from './options.ts';

const introduction = `
Examples:
  vivim admin users
  vivim admin users --did did:key:z6Mk…
  vivim admin show 01935870-0000-7000-8000-000000000000
  vivim admin users --data-dir /srv/vivim
  vivim admin operators add did:key:z6Mk…
  vivim admin erase 01935870-0000-7000-8000-000000000000

Works on the host of a running server, for the user it runs as. Shows ids, sizes and times; what people wrote it
cannot show, because the server keeps no way to it here. Everything it changes is written to the audit log.`;

/** @returns the command, for nouns below it that have a file of their own */
export function defineAdmin(program: Command, world: World, end: (code: ExitCode) => void): Command {
  const admin = program
    .command('admin')
    .summary('run a server for others: look, lock, stop, erase')
    .description('What the operator of a server can do, on its host.')
    .addHelpText('after', introduction);

  /** A command with an id, its options, and the server to ask. */
  const define = (usage: string, description: string) =>
    admin.command(usage).description(description).addOption(dataDirOption());
  const about = (usage: string, description: string) =>
    define(usage, description).argument('<id>', 'id of an account, as `vivim admin users` shows it');

  /** Does one thing to an account and shows how it is afterwards. */
  const change = (usage: string, description: string, operation: 'lockUser' | 'unlockUser') =>
    about(usage, description).action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions>();
      const client = await connectAdmin(options.dataDir);
      show(world, options, await client.call(operation, { id }), userText);
    });

  define('users', 'Lists accounts: state, size, sessions, engine.')
    .addOption(limitOption(50))
    .option('--ids', 'ids alone, one a line, the oldest account first')
    .option('--did <did>', 'the account of this DID alone: what somebody who asks for help can tell you')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions & { limit: number; ids?: true; did?: string }>();
      const { did } = options;
      const client = await connectAdmin(options.dataDir);
      const page = await collect(options.limit, 200, ({ limit, cursor }) =>
        client.call('listUsers', {
          query: { limit, ...(cursor === undefined ? {} : { cursor }), ...(did === undefined ? {} : { did }) },
        }),
      );
      show(world, options, page, ({ items }) =>
        options.ids ? items.map(({ userId }) => userId).join('\n') : userTable(items),
      );
    });

  about('show', 'Shows one account, and where its space lies.').action(
    async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions>();
      const client = await connectAdmin(options.dataDir);
      show(world, options, await client.call('showUser', { id }), detailText);
    },
  );

  change('lock', 'Lets nobody in: every session ends, the engine stops. Nothing is lost.', 'lockUser');
  change('unlock', 'Lets its owner in again.', 'unlockUser');

  about('end-sessions', 'Signs an account out everywhere.').action(async (id: string, _: unknown, command: Command) => {
    const options = command.optsWithGlobals<AdminOptions>();
    const client = await connectAdmin(options.dataDir);
    const ended = await client.call('endSessions', { id });
    show(world, options, ended, (answer) => `${count(answer.ended, 'session')} ended.`);
  });

  about('evict', 'Stops the engine of an account now, if it is idle. The next request starts it again.')
    .option('--force', 'also when requests or jobs are under way; jobs go on at the next start')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions & { force?: true }>();
      const client = await connectAdmin(options.dataDir);
      show(world, options, await client.call('evictUser', { id, body: { force: options.force === true } }), userText);
    });

  about('quota', 'Sets how large a space may grow, from the next start of its engine on.')
    .argument('<size>', 'such as 500MB, 32GB or 1TB', quota)
    .action(async (id: string, size: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions>();
      const client = await connectAdmin(options.dataDir);
      show(world, options, await client.call('setQuota', { id, body: { bytes: size } }), userText);
    });

  defineMigrate(admin, world, end);
  defineOperators(admin, world);

  about('erase', 'Erases an account and its space for ever, now. Asks for the id once more.')
    .option('--confirm <id>', 'the id once more, instead of being asked')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions & { confirm?: string }>();
      const client = await connectAdmin(options.dataDir);
      const confirm = await confirmed(world, client, id, options.confirm);
      show(
        world,
        options,
        await client.call('eraseUser', { id, body: { confirm } }),
        ({ receipt, erasedAt }) => `Erased ${erasedAt}.\nReceipt ${receipt}`,
      );
    });
  return admin;
}

async function confirmed(world: World, admin: AdminClient, id: string, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const user = await admin.call('showUser', { id });
  const question = `${detailText(user)}\n\nThis erases ${bytes(user.diskBytes)} and every backup of it for ever. Type the id to go on: `;
  const typed = await askLine(
    world,
    question,
    'This erases everything; say that you mean it with --confirm and the id.',
  );
  if (typed !== user.userId) throw new CliError('refused', 'That is not the id of this account; nothing was erased.');
  return typed;
}
