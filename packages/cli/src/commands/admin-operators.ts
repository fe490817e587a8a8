/** `vivim admin operators`: whose account may look at this server in a browser. Named on the host alone. */
import type { OperatorIdentity, OperatorName } from '@vivim/contract/admin';
import { UserId } from '@vivim/contract/ids';
import { type Command, InvalidArgumentError } from 'commander';
import { connectAdmin } from '../admin/admin-client.ts';
import { type AdminOptions, dataDirOption } from '../admin/admin-options.ts';
import { show } from '../output/speak.ts';
import { day, table } from '../output/text.ts';
import type { World } from '../world.ts';

const introduction = `
Examples:
  vivim admin operators
  vivim admin operators add did:key:z6Mk…
  vivim admin operators remove 01935870-0000-7000-8000-000000000000

Whoever is named here finds the page Operator among their own: health, accounts by their ids, engines, jobs, versions,
disk and backups, to look at. There they can stop an engine nobody uses, and nothing more: locking, erasing, restoring,
quotas and keys stay on this host. What they look at is written to the audit log and to their own.`;

function nameOf(text: string): OperatorName {
  if (text.startsWith('did:')) return { did: text };
  const id = UserId.safeParse(text);
  if (!id.success)
    throw new InvalidArgumentError('Give the id of an account, as `vivim admin users` shows it, or its DID.');
  return { userId: id.data };
}

const operatorTable = (items: readonly OperatorIdentity[]): string =>
  items.length === 0
    ? 'Nobody looks at this server in a browser. `vivim admin operators add <did>` lets somebody.'
    : table([['id', 'since'], ...items.map(({ userId, addedAt }) => [userId, day(addedAt)])]);

export function defineOperators(admin: Command, world: World): void {
  const operators = admin
    .command('operators')
    .summary('who may look at this server in a browser: list, add, remove')
    .description('Lists whose account may look at this server in a browser.')
    .addOption(dataDirOption())
    .addHelpText('after', introduction)
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions>();
      const client = await connectAdmin(options.dataDir);
      show(world, options, await client.call('listOperators', {}), ({ items }) => operatorTable(items));
    });
  const change = (
    verb: 'add' | 'remove',
    description: string,
    operation: 'addOperator' | 'removeOperator',
    words: (who: OperatorIdentity) => string,
  ) =>
    operators
      .command(verb)
      .description(description)
      .argument('<who>', 'the DID of an account, or its id', nameOf)
      .addOption(dataDirOption())
      .action(async (who: OperatorName, _: unknown, command: Command) => {
        const options = command.optsWithGlobals<AdminOptions>();
        const client = await connectAdmin(options.dataDir);
        show(world, options, await client.call(operation, { body: who }), words);
      });
  change(
    'add',
    'Lets an account look at this server in a browser, with a fresh signature of its key each time.',
    'addOperator',
    ({ userId }) => `${userId} finds the page Operator at /operator now.`,
  );
  change(
    'remove',
    'Lets it no longer, from its next request on.',
    'removeOperator',
    ({ userId }) => `${userId} is answered like everybody else now.`,
  );
}
