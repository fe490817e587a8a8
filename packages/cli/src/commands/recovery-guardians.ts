/** `vivim recovery guardians`: people of this server who can together vouch for a new key of yours. They hold nothing of yours. */
import { type Command, Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { setGuardians } from '../identity/set-recovery.ts';
import { show } from '../output/speak.ts';
import { count } from '../output/text.ts';
import { connectWithKey } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { givenDid, wholeNumber } from './options.ts';

const guardiansAtMost = 16;

export function defineGuardians(recovery: Command, world: World): void {
  const guardians = recovery
    .command('guardians')
    .description('People of this server who can together vouch for a new key of yours. They hold nothing of yours.');

  guardians
    .command('set')
    .description('Names your guardians, in the place of those there were.')
    .argument('<did...>', 'their DIDs (vivim identity did)', (text, before: string[] | undefined) => [
      ...(before ?? []),
      givenDid(text),
    ])
    .addOption(
      new Option('--threshold <number>', 'how many of them have to vouch')
        .argParser(wholeNumber(1, guardiansAtMost))
        .makeOptionMandatory(),
    )
    .addHelpText(
      'after',
      '\nExample:\n  vivim recovery guardians set did:key:z6Mka… did:key:z6Mkb… did:key:z6Mkc… --threshold 2\n\nTell them. A guardian sees that you ask to get back in and under which DID; nothing of what you keep here.\nThey bring the account back, not the key of a sealed space: for that keep a second device or a recovery key.',
    )
    .action(async (dids: string[], _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { threshold: number }>();
      const { threshold } = options;
      const distinct = [...new Set(dids)];
      if (distinct.length > guardiansAtMost)
        throw new CliError('usage', `There can be ${guardiansAtMost} guardians at most.`);
      if (threshold > distinct.length)
        throw new CliError('usage', `${threshold} have to vouch, and there are only ${distinct.length}.`);
      const connection = await connectWithKey(world, options);
      const { dids: mine } = await connection.client.getMe({});
      if (distinct.some((did) => mine.includes(did)))
        throw new CliError('usage', 'You cannot be a guardian of your own: name somebody else.');
      await setGuardians(connection, { dids: distinct, threshold });
      show(
        world,
        options,
        { dids: distinct, threshold },
        () => `${threshold} of ${count(distinct.length, 'guardian')} can vouch for a new key of yours.`,
      );
    });

  guardians
    .command('clear')
    .description('Dismisses all guardians.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      await setGuardians(await connectWithKey(world, options), null);
      show(world, options, { dids: [] }, () => 'There are no guardians any more.');
    });
}
