/** `vivim devices join`: this machine asks an account to let it in, and waits for the answer. */
import type { Command } from 'commander';
import { type JoinOptions, join } from '../identity/join.ts';
import { print, say, show } from '../output/speak.ts';
import type { World } from '../world.ts';
import { enteredText, identityOf } from './identity.ts';
import { accountOption, deviceNameOption } from './options.ts';

export function defineJoin(devices: Command, world: World): void {
  devices
    .command('join')
    .description(
      'Asks an account to let this machine in as another device, and waits until one that is in has answered.',
    )
    .addOption(accountOption())
    .addOption(deviceNameOption())
    .addHelpText(
      'after',
      `
Example:
  vivim devices join --account did:key:z6Mk… --profile alice --name "old laptop"

Makes a profile with keys of its own; no key ever leaves its machine. Both machines show six words: only where
they are the same is it this machine that asks. Interrupted, it goes on when it is run again.
With --json the words come first, on a line of their own.`,
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<JoinOptions>();
      const connection = await join(world, options, (asked) => {
        if (options.json) return print(world, JSON.stringify(asked));
        say(world, `This machine shows:\n\n    ${asked.words}\n`);
        say(
          world,
          `Let it in on a device that is in and sees the same words:\n\n    vivim devices approve ${asked.id}\n`,
        );
      });
      show(world, options, await identityOf(world, connection), enteredText);
    });
}
