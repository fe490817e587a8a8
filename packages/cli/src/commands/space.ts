/** `vivim space`: who holds the key of your space, taking it along, bringing it in. */
import type { SpaceSeal } from '@vivim/contract/sealed-space';
import type { Command } from 'commander';
import { confirm } from '../ask/ask.ts';
import { CliError } from '../cli-error.ts';
import { recoveryKeyOfWords } from '../identity/recovery-words.ts';
import { askRecoveryWords } from '../identity/signers.ts';
import type { ExitCode } from '../output/exit-code.ts';
import { show } from '../output/speak.ts';
import { count } from '../output/text.ts';
import { moment } from '../output/when.ts';
import { connect, connectWithKey } from '../session/connect.ts';
import type { KeyConnection } from '../session/connection.ts';
import { type Opener, openerOfDevice, openerOfWords, unlockWith, unsealWith } from '../session/space-key.ts';
import type { GlobalOptions, World } from '../world.ts';
import { defineSpaceExport } from './space-export.ts';
import { defineSpaceImport } from './space-import.ts';

type ByWords = GlobalOptions & { readonly words?: true };

export function defineSpace(program: Command, world: World, end: (code: ExitCode) => void): void {
  const space = program
    .command('space')
    .summary('take everything along, bring it in elsewhere; who holds its key')
    .description(
      'Your space as a whole, and its key. Of a sealed space the server keeps no key: your devices hand it in.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  vivim space export ~/vivim-2026.zip\n  vivim space import ~/vivim-2026.zip\n  vivim space status\n  vivim space seal              the server destroys its own key\n  vivim space lock              it forgets the key until you unlock\n  vivim space unlock --words    with the 24 words of the recovery key\n  vivim space unseal            the server may keep a key again',
    );

  /** Opens the key with what this device has, or the words, and hands it to the server. */
  const defineHandingIn = (name: string, description: string, handIn: typeof unlockWith) =>
    space
      .command(name)
      .description(description)
      .option('--words', 'open it with the 24 words of the recovery key, asked for or read from standard input')
      .action(async (_: unknown, command: Command) => {
        const options = command.optsWithGlobals<ByWords>();
        const connection = await connectWithKey(world, options);
        const opener = await openerFor(world, options, connection);
        show(world, options, await handIn(connection.client, opener), sealText);
      });

  defineSpaceExport(space, world);
  defineSpaceImport(space, world, end);

  space
    .command('status')
    .description('Shows whether the space is sealed, whether it is unlocked now, and what opens it.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      show(world, options, await client.getSpaceSeal({}), sealText);
    });

  space
    .command('seal')
    .description('Has the server destroy its own key to your space.')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
From then on only your devices, passkeys that can, and the recovery key open the space; two of them must be there. A
server that is stopped, or locked, holds nothing it can read: not the operator, not whoever takes its disks. Copies of
the server's keys that were made before still open what was there then.

If you lose all of them, everything in the space is lost for good, backups included. Guardians can bring your account
back, and cannot open the space. Applications and tokens work only while it is unlocked, and jobs wait.`,
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { yes?: true }>();
      const { client } = await connectWithKey(world, options);
      const before = await client.getSpaceSeal({});
      if (before.state === 'open' && before.sealable && !options.yes && !(await isMeant(world, before)))
        throw new CliError('refused', 'Nothing was sealed.');
      show(world, options, await client.sealSpace({}), sealText);
    });

  defineHandingIn(
    'unlock',
    'Hands the key of your sealed space in. Any other command of this device does so by itself.',
    unlockWith,
  );

  space
    .command('lock')
    .description('Has the server forget the key of your sealed space now. What is under way is cut; jobs wait.')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connectWithKey(world, options);
      show(world, options, await client.lockSpace({}), sealText);
    });

  defineHandingIn(
    'unseal',
    'Lets the server keep a key of its own again, so that it opens the space without you.',
    unsealWith,
  );
}

const isMeant = (world: World, { openers }: SpaceSeal): Promise<boolean> =>
  confirm(
    world,
    `Only ${openersText(openers)} will open the space. If you lose all of them, everything in it is lost for good; guardians cannot open it. Seal it?`,
    `Only ${openersText(openers)} will open the space, and who loses them loses everything in it; say that you mean it with --yes.`,
  );

const openerFor = async (world: World, { words }: ByWords, { profile }: KeyConnection): Promise<Opener> =>
  words ? openerOfWords(await recoveryKeyOfWords(await askRecoveryWords(world))) : openerOfDevice(profile);

function openersText(openers: SpaceSeal['openers']): string {
  const number = (by: SpaceSeal['openers'][number]['by']) => openers.filter((one) => one.by === by).length;
  const parts = [
    ...(number('device') > 0 ? [count(number('device'), 'device')] : []),
    ...(number('passkey') > 0 ? [count(number('passkey'), 'passkey')] : []),
    ...(number('recovery-key') > 0 ? ['the recovery key on paper'] : []),
  ];
  return parts.length === 0 ? 'nothing of yours' : parts.join(' and ');
}

function sealText({ state, sealedAt, idleMinutes, openers, sealable }: SpaceSeal): string {
  const opens = `  opened by ${openersText(openers)}`;
  if (state === 'open')
    return [
      'Not sealed: the server holds a key of its own to your space.',
      opens,
      sealable
        ? '  seal it with: vivim space seal'
        : '  before it can be sealed, make a second opener: vivim recovery key',
    ].join('\n');
  const since = sealedAt === null ? '' : ` since ${moment(sealedAt)}`;
  return [
    state === 'locked'
      ? `Sealed${since}, and locked: the server cannot open your space.`
      : `Sealed${since}, and unlocked: the server has the key in memory, until ${count(idleMinutes, 'minute')} pass without a request.`,
    opens,
  ].join('\n');
}
