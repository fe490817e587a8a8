/** `vivim recovery key`: 24 words made on this machine and shown once. They are sent nowhere; their public halves are. */
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { newRecoveryWords } from '../identity/recovery-words.ts';
import { setRecoveryKey } from '../identity/set-recovery.ts';
import { print, say } from '../output/speak.ts';
import { table } from '../output/text.ts';
import { connectWithKey } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';

interface KeyOptions extends GlobalOptions {
  readonly force?: true;
  readonly replace?: true;
}

export function defineRecoveryKey(recovery: Command, world: World): void {
  recovery
    .command('key')
    .description('Makes a recovery key and prints its 24 words, this once.')
    .option('--replace', 'make a new one in the place of the one there is')
    .option('--force', 'print the words even where that is no terminal')
    .addHelpText(
      'after',
      `
The words are a key that gets you back in after a wait of three days, and that can undo what a thief does with a
device of yours. Whoever reads them can try the same, so keep them on paper and away from your devices.`,
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<KeyOptions>();
      if (!world.stdout.isTTY && !options.json && !options.force) {
        throw new CliError(
          'usage',
          'The words would go into a file or a program instead of a terminal. If that is what you want: --force, or --json.',
        );
      }
      const connection = await connectWithKey(world, options);
      const { recoveryKid } = await connection.client.getRecovery({});
      if (recoveryKid !== null && !options.replace) {
        throw new CliError(
          'already_there',
          'There is a recovery key already. With --replace its words stop working and new ones are made.',
        );
      }
      const { words, key } = await newRecoveryWords();
      await setRecoveryKey(connection, key);
      if (options.json) return print(world, JSON.stringify({ words: words.join(' '), kid: key.sign.kid }));
      print(world, world.stdout.isTTY ? numbered(words) : words.join(' '));
      say(
        world,
        [
          '',
          'Write these 24 words down, in this order, and keep the paper where no device of yours is. They are shown this once.',
          'They get you back in, after three days, when every device is lost: vivim recovery start --account DID',
          `Write the account down with them: ${connection.profile.account}`,
          ...(recoveryKid === null ? [] : ['The words before these have stopped working.']),
        ].join('\n'),
      );
    });
}

const columns = 4;

/** Down the columns, as one writes. */
function numbered(words: readonly string[]): string {
  const rows = Math.ceil(words.length / columns);
  return table(
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => {
        const at = column * rows + row;
        return `${String(at + 1).padStart(2)} ${words[at] ?? ''}`;
      }),
    ),
  );
}
