/** `vivim restore --all`: the one command beside `vivim serve` that works on a data directory itself, because no server may run there. */
import type { RestoredServer } from '@vivim/gateway/restore-all';
import { CliError, type LocalFailure } from '../cli-error.ts';
import { type ExitCode, exitCodes } from '../output/exit-code.ts';
import { show } from '../output/speak.ts';
import { bytes, count } from '../output/text.ts';
import type { GlobalOptions, World } from '../world.ts';
import { readPassphrase } from './backup-keys.ts';

export interface RestoreOptions extends GlobalOptions {
  readonly dataDir?: string;
  readonly at?: string;
  readonly from?: string;
  readonly keys?: string;
  readonly passphraseFile?: string;
  readonly withoutLedger?: true;
}

/** @throws CliError */
export async function restoreServer(world: World, options: RestoreOptions): Promise<ExitCode> {
  const { from, keys, passphraseFile } = options;
  if (from === undefined) throw new CliError('usage', 'Say where the backups are, with --from.');
  if ((keys === undefined) !== (passphraseFile === undefined))
    throw new CliError('usage', '--keys and --passphrase-file go together.');
  const [{ restoreAll }, { loadConfig }] = await Promise.all([
    import('@vivim/gateway/restore-all'),
    import('@vivim/gateway/config/config'),
  ]);
  const archive =
    keys === undefined || passphraseFile === undefined
      ? null
      : { archive: keys, passphrase: await readPassphrase(passphraseFile) };
  const config = loadConfig(options.dataDir === undefined ? {} : { dataDir: options.dataDir });
  const restored = await restoreAll(config, {
    from,
    atMs: options.at === undefined ? null : Date.parse(options.at),
    keys: archive,
    withoutLedger: options.withoutLedger === true,
  }).catch((error: Error) => {
    throw new CliError(failureOf(error), error.message, { cause: error });
  });
  show(world, options, restored, (answer) => restoredText(answer, config.dataDir));
  return restored.failed.length > 0 ? exitCodes.unexpected : exitCodes.ok;
}

/** A backup that is not there, a place that does not answer, and everything the command itself refuses are three things to a script. */
function failureOf(error: Error): LocalFailure {
  const code = 'code' in error ? error.code : null;
  if (code === 'place_unreachable' || code === 'copy_altered') return 'unreachable';
  if (code === 'nothing_there' || code === 'copy_missing') return 'not_there';
  return 'refused';
}

const restoredText = (restored: RestoredServer, dataDir: string): string => {
  const {
    set,
    accounts,
    spaces,
    bytes: size,
    erased,
    erasuresRepeated,
    without,
    withoutKey,
    failed,
    keysFrom,
  } = restored;
  return [
    `Restored the set ${set} into ${dataDir}: ${count(accounts, 'account')}, ${count(spaces, 'space')} (${bytes(size)}).`,
    ...(keysFrom === null ? [] : [`The keys are of ${keysFrom}.`]),
    `What was written after the set was made is lost. Everybody has to sign in again.`,
    ...(erased > 0 ? [`${count(erased, 'account')} erased since then ${erased === 1 ? 'stays' : 'stay'} erased.`] : []),
    ...(erasuresRepeated > 0
      ? [
          `${count(erasuresRepeated, 'erasure')} inside of spaces ${erasuresRepeated === 1 ? 'is' : 'are'} younger than the copies: repeated when each space is opened, before anything of it is served.`,
        ]
      : []),
    ...(without > 0
      ? [`${count(without, 'account')} had no copy and ${without === 1 ? 'begins' : 'begin'} with an empty space.`]
      : []),
    ...(withoutKey > 0
      ? [`NO KEY for ${count(withoutKey, 'space')}: made after the archive of keys; they cannot be read.`]
      : []),
    ...failed.map(
      ({ userId, code }) => `NOT RESTORED: ${userId}: ${code}. Try \`vivim restore --user\` with an earlier --at.`,
    ),
    `Start it with: vivim serve --data-dir ${dataDir}`,
  ].join('\n');
};
