/** `vivim recovery start` and `finish`: back in with a new key, when every device is lost. */
import type { Command } from 'commander';
import { finishRecovery, progressText, type StartOptions, startRecovery } from '../identity/recover.ts';
import { recoveryKeyOfWords } from '../identity/recovery-words.ts';
import { askRecoveryWords } from '../identity/signers.ts';
import { say, show } from '../output/speak.ts';
import { type GlobalOptions, profileName, type World } from '../world.ts';
import { enteredText, identityOf } from './identity.ts';
import { accountOption, deviceNameOption } from './options.ts';

export function defineRecoveryStart(recovery: Command, world: World): void {
  recovery
    .command('start')
    .description('Asks to get back into an account with a new key: with the 24 words, or by guardians.')
    .addOption(accountOption().makeOptionMandatory())
    .option('--guardians', 'without the words: people who vouch for you')
    .addOption(deviceNameOption())
    .addHelpText(
      'after',
      `
Examples:
  vivim recovery start --account did:key:z6Mk… --profile new
  vivim recovery start --account did:key:z6Mk… --guardians --profile new

The words are asked for, or read from standard input. Then everybody waits, three days unless the server says
otherwise, and any device that is still in can say no. Guardians are asked by nobody but you: call them.`,
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<StartOptions & { guardians?: true }>();
      const paper = options.guardians ? null : await recoveryKeyOfWords(await askRecoveryWords(world));
      const started = await startRecovery(world, options, paper);
      show(world, options, started, (state) =>
        [
          progressText(state),
          ...(paper === null ? [`Call each guardian and read them these six words:\n\n    ${state.words}\n`] : []),
          `Then finish with: vivim recovery finish --profile ${profileName(world, options)}`,
        ].join('\n'),
      );
    });

  recovery
    .command('finish')
    .description('Puts the new key in force once the wait is over, and signs in.')
    .option('--revoke-others', 'shut out every other device and passkey: they were stolen')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { revokeOthers?: true }>();
      const connection = await finishRecovery(world, options);
      show(world, options, await identityOf(world, connection), enteredText);
      if (!options.json)
        say(world, 'For three days nothing can be deleted, exported or widened. See what happened: vivim account log');
    });
}
