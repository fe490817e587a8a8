/** `vivim admin kek`: which key wraps the keys of spaces, moving them to another, and whether each one opens. Shows no key. */
import { setTimeout as wait } from 'node:timers/promises';
import type { KekStatus } from '@vivim/contract/admin-kek';
import { type KekTarget, kekSetting, parseKekCommand } from '@vivim/contract/kek';
import { type Command, InvalidArgumentError } from 'commander';
import { type AdminClient, connectAdmin } from '../admin/admin-client.ts';
import { type AdminOptions, dataDirOption } from '../admin/admin-options.ts';
import { kekText, reportText, rotatedText } from '../admin/kek-text.ts';
import { askSecret, confirm } from '../ask/ask.ts';
import { CliError } from '../cli-error.ts';
import { type ExitCode, exitCodes } from '../output/exit-code.ts';
import { say, show } from '../output/speak.ts';
import { count } from '../output/text.ts';
import type { World } from '../world.ts';

const introduction = `
Examples:
  vivim admin kek status
  vivim admin kek rotate                                      a new key where the one of now lies
  vivim admin kek rotate --to file:/etc/vivim/kek             a key in another file, made where there is none
  vivim admin kek rotate --to "command:/usr/bin/pass show vivim"
  vivim admin kek rotate --to passphrase                      asks for it twice; a program sends it on standard input
  vivim admin kek verify

The key-encryption key wraps the key of each space. Rotating it replaces the wraps and leaves the spaces, and every
backup of a space, as they are. Everybody works on meanwhile. A rotation that is cut short goes on at the next start.`;

type Destination = { readonly kind: 'passphrase' } | Exclude<KekTarget, { kind: 'passphrase' }>;

function destination(text: string): Destination {
  if (text === 'passphrase') return { kind: 'passphrase' };
  const [, kind, rest = ''] = /^(file|command):(.+)$/s.exec(text) ?? [];
  if (kind === 'file' && rest.startsWith('/')) return { kind, path: rest };
  const command = kind === 'command' ? parseKekCommand(rest) : null;
  if (command !== null) return { kind: 'command', command };
  throw new InvalidArgumentError(
    'Write file:/path, command:/program arguments, or passphrase, each path from the root on.',
  );
}

async function withPassphrase(world: World, to: Destination): Promise<KekTarget> {
  if (to.kind !== 'passphrase') return to;
  const first = (await askSecret(world, 'New passphrase of the key-encryption key: ')).replace(/\r?\n$/, '');
  if (world.stdin.isTTY && (await askSecret(world, 'Once more: ')) !== first)
    throw new CliError('usage', 'The two were not the same. Nothing was changed.');
  return { kind: 'passphrase', passphrase: first };
}

/** Looks until nothing is moved any more. */
async function follow(world: World, options: AdminOptions, client: AdminClient, begun: KekStatus): Promise<KekStatus> {
  let status = begun;
  for (let said = -1; status.rotation?.running === true; ) {
    const { moved, from } = status.rotation;
    if (!options.json && moved !== said) {
      const left = status.wraps.find(({ id }) => id === from)?.wraps ?? 0;
      say(world, `${count(moved, 'wrap')} moved, ${left} to go`);
    }
    said = moved;
    await wait(200);
    status = await client.call('showKek', {});
  }
  return status;
}

export function defineAdminKek(admin: Command, world: World, end: (code: ExitCode) => void): void {
  const kek = admin
    .command('kek')
    .summary('the key-encryption key: status, rotate, verify')
    .description('The key that wraps the key of each space.')
    .addHelpText('after', introduction);
  const define = (usage: string, description: string) =>
    kek.command(usage).description(description).addOption(dataDirOption());

  define('status', 'Shows where the key comes from, its id, and how many wraps each key made.').action(
    async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions>();
      const client = await connectAdmin(options.dataDir);
      show(world, options, await client.call('showKek', {}), kekText);
    },
  );

  define(
    'rotate',
    'Moves every wrap to a new key, and retires the old one when that is done. Goes on where it was cut short.',
  )
    .option('--to <source>', 'where the new key comes from; without it the source of now gives one', destination)
    .option('--yes', 'do not ask, where the next start needs another setting')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions & { to?: Destination; yes?: true }>();
      const client = await connectAdmin(options.dataDir);
      const { source, setting, rotation } = await client.call('showKek', {});
      const chosen = options.to ?? (source.kind === 'passphrase' && rotation === null ? source : undefined);
      const needed = chosen === undefined ? setting : kekSetting(chosen);
      if (needed !== setting && options.yes === undefined) {
        const question = `From now on the server starts with ${needed} alone. Can you set that before its next start?`;
        if (
          !(await confirm(world, question, `From the first step on the server starts with ${needed} alone; say --yes.`))
        )
          throw new CliError('refused', 'Nothing was changed.');
      }
      const to = chosen === undefined ? null : await withPassphrase(world, chosen);
      const status = await follow(world, options, client, await client.call('rotateKek', { body: { to } }));
      show(world, options, status, status.rotation === null ? rotatedText : kekText);
      if (status.rotation !== null) end(exitCodes.unexpected);
    });

  define(
    'verify',
    'Unwraps the key of every space, opens none, and names the accounts whose key fails. Ends with 1 when one does.',
  ).action(async (_: unknown, command: Command) => {
    const options = command.optsWithGlobals<AdminOptions>();
    const client = await connectAdmin(options.dataDir);
    const report = await client.call('verifyKek', {});
    show(world, options, report, reportText);
    if (report.failed > 0) end(exitCodes.unexpected);
  });
}
