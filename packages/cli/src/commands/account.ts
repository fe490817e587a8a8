/** `vivim account`: what happened to it, locking it, taking everything along, having it erased. */
import type { AccountEvent } from '@vivim/contract/account';
import { type Command, Option } from 'commander';
import { askLine, confirm } from '../ask/ask.ts';
import { CliError } from '../cli-error.ts';
import { actorNames } from '../identity/actors.ts';
import { markTold } from '../identity/news.ts';
import { recoveryKeyOfWords } from '../identity/recovery-words.ts';
import { askRecoveryWords } from '../identity/signers.ts';
import { unlockAccount } from '../identity/unlock.ts';
import { eventText } from '../output/account-event-text.ts';
import { show } from '../output/speak.ts';
import { plain, table } from '../output/text.ts';
import { usageText } from '../output/usage-text.ts';
import { brief, moment } from '../output/when.ts';
import { changeProfile, readProfile } from '../profile/profile.ts';
import { collect } from '../session/collect.ts';
import { connect, connectWithKey, serverOf } from '../session/connect.ts';
import { tokenAsked } from '../session/token.ts';
import { type GlobalOptions, profileName, type World } from '../world.ts';
import { defineExport } from './account-export.ts';
import { limitOption, wholeNumber } from './options.ts';

type Sure = GlobalOptions & { readonly yes?: true };

export function defineAccount(program: Command, world: World): void {
  const account = program
    .command('account')
    .summary('what happened to it; lock it, export it, erase it')
    .description('The account itself: what happened to it, locking it, taking everything along, having it erased.')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim account log -n 20\n  vivim account usage --days 7\n  vivim account lock\n  vivim account export ~/vivim-2026.db\n  vivim account delete',
    );

  account
    .command('log')
    .description('Shows what happened to your account, newest first: sign-ins, keys, devices, tokens, recoveries.')
    .addOption(limitOption(30))
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { limit: number }>();
      const { client } = await connect(world, options);
      const page = await collect(options.limit, 200, (query) => client.listAccountEvents({ query }));
      const names = options.json ? new Map<string, string>() : await actorNames(world, options, page.items);
      show(world, options, page, ({ items }) => eventTable(items, names));
      const [newest] = page.items;
      if (newest !== undefined && tokenAsked(world, options) === null)
        await markTold(world, profileName(world, options), newest.seq);
    });

  account
    .command('usage')
    .description('Shows what your space takes on disk, and what your engine used day by day.')
    .addOption(new Option('--days <number>', 'how far back').argParser(wholeNumber(1, 400)).default(30))
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { days: number }>();
      const { client } = await connect(world, options);
      show(world, options, await client.getUsage({ query: { days: options.days } }), usageText);
    });

  account
    .command('lock')
    .description('Ends every session and token and lets nobody in, until you unlock it with the recovery key.')
    .option('--yes', 'do not ask')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Sure>();
      const { client, name } = await connectWithKey(world, options);
      const sure =
        options.yes ??
        (await confirm(
          world,
          'Only the 24 words unlock it again. Do you have them at hand?',
          'Only the 24 words of the recovery key unlock it again; say that you have them with --yes.',
        ));
      if (!sure) throw new CliError('refused', 'Nothing was locked.');
      await client.lockAccount({});
      await changeProfile(world.environment.configDirectory, name, (profile) => ({ ...profile, session: null }));
      show(world, options, { locked: true }, () => 'Locked. Unlock it with: vivim account unlock');
    });

  account
    .command('unlock')
    .description('Unlocks the account with the 24 words of the recovery key, asked for or read from standard input.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const profile = await readProfile(world.environment.configDirectory, profileName(world, options));
      const key = await recoveryKeyOfWords(await askRecoveryWords(world));
      await unlockAccount(serverOf(world, options, profile ?? undefined), key);
      show(world, options, { locked: false }, () => 'Unlocked. Sign in with: vivim login');
    });

  account
    .command('delete')
    .description('Has the account and all that is in it erased, after a time of grace in which you can keep it.')
    .option('--yes', 'do not ask for the DID')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Sure>();
      const { client, profile } = await connectWithKey(world, options);
      if (!options.yes) await assertMeant(world, profile.account);
      show(
        world,
        options,
        await client.deleteAccount({}),
        ({ eraseAt, receipt }) =>
          `Everything will be erased at ${moment(eraseAt)}; other sessions and tokens have ended.\nUntil then you can keep it: vivim account keep\nAfterwards the server says that it was done at /v1/erasures/${receipt}`,
      );
    });

  account
    .command('keep')
    .description('Keeps an account that was to be erased.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      await (await connectWithKey(world, options)).client.cancelDeletion({});
      show(world, options, { kept: true }, () => 'The account is kept.');
    });

  defineExport(account, world);
}

async function assertMeant(world: World, did: string): Promise<void> {
  const typed = await askLine(
    world,
    `This erases ${did}\nand every conversation in it. Type the DID to go on: `,
    'This erases everything; say that you mean it with --yes.',
  );
  if (typed !== did) throw new CliError('refused', 'That is not the DID of this account; nothing was changed.');
}

const eventTable = (items: readonly AccountEvent[], names: ReadonlyMap<string, string>): string =>
  table(
    items.map(({ seq, at, event, actor, ref, meta }) => [
      String(seq),
      moment(at),
      eventText[event],
      Object.values(meta).map(String).map(plain).join(' '),
      `by ${plain(names.get(actor) ?? brief(actor))}`,
      ref ?? '',
    ]),
  );
