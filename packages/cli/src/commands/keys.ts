/** `vivim keys`: the keys of the account, the signed chain they follow from, and undoing what a weaker key did. */
import { readFileSync } from 'node:fs';
import { KeyLog } from '@vivim/contract/key-log';
import type { Command } from 'commander';
import { CliError, systemCode } from '../cli-error.ts';
import { deviceNames } from '../identity/names.ts';
import { undoEntry } from '../identity/undo.ts';
import { type Verdict, verifyKeyLog } from '../identity/verify-key-log.ts';
import { keyTable } from '../output/access-text.ts';
import { type ExitCode, exitCodes } from '../output/exit-code.ts';
import { keyLogText } from '../output/key-log-text.ts';
import { show } from '../output/speak.ts';
import { count, plain } from '../output/text.ts';
import { connect, connectWithKey } from '../session/connect.ts';
import type { GlobalOptions, World } from '../world.ts';
import { wholeNumber } from './options.ts';

interface LogOptions extends GlobalOptions {
  readonly verify?: true;
  readonly from?: string;
}

export function defineKeys(program: Command, world: World, end: (code: ExitCode) => void): void {
  const keys = program
    .command('keys')
    .summary('list your keys, check the log they follow from')
    .description('Lists the keys of your account, the strongest first. A smaller number is stronger.')
    .addHelpText('after', '\nExamples:\n  vivim keys\n  vivim keys log --verify\n  vivim keys undo 7')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { client } = await connect(world, options);
      const { items } = await client.listKeys({});
      const names = options.json ? new Map<string, string>() : await deviceNames(world, options);
      show(world, options, { items }, () => keyTable(items, names));
    });

  keys
    .command('log')
    .description('Prints the chain of signed entries behind your keys, the first one first.')
    .option('--verify', 'check every entry again on this machine: hashes, rules, signatures')
    .option('--from <file>', 'a log that was saved with --json, instead of asking the server')
    .addHelpText(
      'after',
      '\nExamples:\n  vivim keys log --verify\n  vivim keys log --json > keys.json && vivim keys log --verify --from keys.json\n\nThe server can leave an entry out at the end and nowhere else: keep a log, and the next one must begin with it.',
    )
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<LogOptions>();
      const log = options.from === undefined ? await fetchLog(world, options) : readLog(options.from);
      if (!options.verify) return show(world, options, log, keyLogText);
      const verdict = verifyKeyLog(log);
      show(world, options, verdict, verdictText);
      if (verdict.problems.length > 0) end(exitCodes.unexpected);
    });

  keys
    .command('undo')
    .description('Undoes an entry of the last three days, and all after it, by a stronger key than signed it.')
    .argument('<seq>', 'number of the entry (vivim keys log)', wholeNumber(2, 1_000_000))
    .addHelpText(
      'after',
      '\nWhere this device is not stronger, the 24 words of the recovery key are asked for, or read from standard input.',
    )
    .action(async (seq: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const log = await undoEntry(world, await connectWithKey(world, options), seq);
      show(world, options, log, () => `Entry ${seq} is undone, and all that came after it. See: vivim keys log`);
    });
}

const fetchLog = async (world: World, options: GlobalOptions) => (await connect(world, options)).client.getKeyLog({});

/** @throws CliError `input` */
function readLog(file: string): KeyLog {
  try {
    return KeyLog.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const why = systemCode(cause) === undefined ? 'it holds no key log' : `it cannot be read (${systemCode(cause)})`;
    throw new CliError('input', `${file}: ${why}.`, { cause });
  }
}

function verdictText({ entries, head, account, problems, unchecked }: Verdict): string {
  const notes = (title: string, found: Verdict['problems']) =>
    found.map(({ seq, detail }) => `${title} ${seq}: ${plain(detail)}`);
  return [
    problems.length === 0
      ? `${count(entries, 'entry', 'entries')}, each in its place, signed by a key that could.`
      : `${count(problems.length, 'problem')} in ${count(entries, 'entry', 'entries')}. Keep this log, and trust no key of it.`,
    ...notes('  entry', problems),
    ...notes('  not to be seen from here, entry', unchecked),
    ...(account === null ? [] : [`  of ${plain(account)}`]),
    ...(head === null ? [] : [`  up to ${plain(head)}`]),
  ].join('\n');
}
