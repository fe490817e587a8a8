/** `vivim backup keys`: the keys of a server as one encrypted file, kept apart from its backups and for a shorter time. */
import path from 'node:path';
import { isoTime } from '@vivim/contract/clock';
import type { Command } from 'commander';
import { type AdminOptions, dataDirOption } from '../admin/admin-options.ts';
import { CliError } from '../cli-error.ts';
import { show } from '../output/speak.ts';
import { count } from '../output/text.ts';
import type { World } from '../world.ts';
import { wholeNumber } from './options.ts';

/** The first line of a file. @throws CliError `input` */
export async function readPassphrase(file: string): Promise<string> {
  const { readPassphraseFile } = await import('@vivim/gateway/keys/kek-passphrase');
  const text = await readPassphraseFile(file, '--passphrase-file').catch((cause: Error) => {
    throw new CliError('input', cause.message, { cause });
  });
  return text.split(/\r?\n/)[0] ?? '';
}

export function defineBackupKeys(backup: Command, world: World): void {
  backup
    .command('keys')
    .description(
      'Writes the wrapped keys of all spaces, the deletion ledger, and the key-encryption key where it lies with them, to one encrypted file. Works whether the server runs or not.',
    )
    .requiredOption('--to <folder>', 'where these archives are kept: not where the backups go')
    .requiredOption('--passphrase-file <file>', 'whose first line is the passphrase; 16 characters or more')
    .option('--keep <number>', 'how many archives are kept there', wholeNumber(1, 1_000), 3)
    .addOption(dataDirOption())
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<AdminOptions & { to: string; passphraseFile: string; keep: number }>();
      const [{ dataDirOf }, { writeKeysArchive }] = await Promise.all([
        import('@vivim/gateway/config/config'),
        import('@vivim/gateway/keys/keys-archive'),
      ]);
      const passphrase = await readPassphrase(options.passphraseFile);
      const keys = path.join(dataDirOf(options.dataDir), 'keys');
      const now = isoTime(world.clock());
      const written = await writeKeysArchive(keys, options.to, { passphrase, keep: options.keep, now }).catch(
        (error: Error) => {
          throw new CliError('refused', error.message, { cause: error });
        },
      );
      show(world, options, written, ({ path: file, spaces, kek, removed }) =>
        [
          `${file}: the keys of ${count(spaces, 'space')}`,
          kek
            ? 'The key-encryption key is in it: with the passphrase and a backup it opens everything.'
            : 'The key-encryption key is NOT in it, because it lies elsewhere: keep your own copy of it.',
          ...(removed > 0 ? [`${count(removed, 'older archive')} removed`] : []),
        ].join('\n'),
      );
    });
}
