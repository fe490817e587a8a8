/** `vivim recovery key`: 24 words made on this machine and shown once. They are sent nowhere; their public halves are. */
import type { RecoveryKey } from '@vivim/contract/recovery-key';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import { newRecoveryWords, recoveryKeyOfWords } from '../identity/recovery-words.ts';
import { setRecoveryKey } from '../identity/set-recovery.ts';
import { askRecoveryWords } from '../identity/signers.ts';
import { print, say, show } from '../output/speak.ts';
import { table } from '../output/text.ts';
import { moment } from '../output/when.ts';
import { connectWithKey } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';

interface KeyOptions extends GlobalOptions {
  readonly force?: true;
  readonly replace?: true;
  readonly lost?: true;
}

export function defineRecoveryKey(recovery: Command, world: World): void {
  recovery
    .command('key')
    .description('Makes a recovery key and prints its 24 words, this once.')
    .option('--replace', 'make a new one in the place of the one there is')
    .option('--lost', 'with --replace, and without the old words: announces it, and makes it three days later')
    .option('--force', 'print the words even where that is no terminal')
    .addHelpText(
      'after',
      `
The words are a key that gets you back in after a wait of three days, and that can undo what a thief does with a
device of yours. Whoever reads them can try the same, so keep them on paper and away from your devices.

--replace asks for the old words, or reads them from standard input, and makes new ones at once. Who has lost them
runs it with --lost, and again three days later: until then the old ones can stop it.`,
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
      const old = recoveryKid === null || options.lost ? null : await oldKey(world, recoveryKid);
      const { words, key } = await newRecoveryWords();
      const notBefore = await setRecoveryKey(connection, key, old);
      if (notBefore !== null)
        return show(world, options, { announced: true, notBefore }, () => announcedText(notBefore));
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

/** The key of the words that are in force. @throws CliError `refused` for others */
async function oldKey(world: World, kid: string): Promise<RecoveryKey> {
  const key = await recoveryKeyOfWords(await askRecoveryWords(world));
  if (key.sign.kid !== kid)
    throw new CliError('refused', 'These are not the words that are in force. If you lost those: --lost');
  return key;
}

const announcedText = (notBefore: string): string =>
  `Announced. The words you lost stay in force until then; run the same command again after ${moment(notBefore)} to make new ones.`;

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
