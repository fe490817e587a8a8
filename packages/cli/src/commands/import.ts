/** `vivim import`: send exports, wait for each to be taken in, and account for every conversation. */

import path from 'node:path';
import { hasEnded } from '@vivim/client/follow-import';
import { sourceNames, sources } from '@vivim/contract/conversation';
import type { ImportRun, ImportSource } from '@vivim/contract/imports';
import { uploadIdleMs } from '@vivim/contract/tus';
import { type Command, Option } from 'commander';
import { CliError } from '../cli-error.ts';
import { type ExitCode, exitCodeOf, exitCodeOfImportError, exitCodes } from '../output/exit-code.ts';
import { importReport } from '../output/import-report.ts';
import { createProgress } from '../output/progress.ts';
import { print, say, sayError } from '../output/speak.ts';
import { bytes, count } from '../output/text.ts';
import { connect } from '../session/connect.ts';
import type { Connection } from '../session/connection.ts';
import { ifAllowed } from '../session/token.ts';
import { followImport } from '../transfer/follow-import.ts';
import { HeldBack, type ImportFile, importFile, upload } from '../transfer/upload.ts';
import type { GlobalOptions, World } from '../world.ts';

interface ImportOptions extends GlobalOptions {
  readonly source?: ImportSource;
  readonly sendKeys?: true;
}

const keptDays = uploadIdleMs / 86_400_000;
const listed = sources.map((source) => `${source} (${sourceNames[source]})`).join(', ');

export function defineImport(program: Command, world: World, end: (code: ExitCode) => void): void {
  program
    .command('import')
    .summary('bring exports in')
    .description(
      'Sends exports and waits until they are in: the .zip, .json, .jsonl, .md, .csv, .html or database as it came, or a folder of them, which goes as one zip. What each is is found by its shape, and the report says what and why.',
    )
    .argument('<file...>', 'files or folders to import; - reads standard input')
    .addOption(new Option('--source <source>', 'say what it is instead of having it recognised').choices(sources))
    .option('--send-keys', 'send files you name even where they are for sign-ins or keys (.pem, .env, auth.json …)')
    .addHelpText(
      'after',
      `
Examples:
  vivim import ~/Downloads/chatgpt-export.zip
  vivim import claude-*.zip --json | jq .conversations
  vivim import ~/.claude/projects ~/.codex/sessions
  vivim import notes.md --source markdown
  curl -s https://example.org/chats.json | vivim import -

Sources: ${listed}.

Of a folder nothing is sent that is a link, a sign-in or the system's own; links and sign-ins are named. A sign-in or key you name
yourself is not sent either, unless you say --send-keys.
A file that did not get through whole is gone on with: give the same command again, within seven days.
The import is the server's job: after the file is sent, Ctrl-C or a lost connection does not stop it.
How to stop one is in: vivim imports --help
The same file again changes nothing. With --json the report of each file is one line.`,
    )
    .action(async (files: string[], _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ImportOptions>();
      const connection = await connect(world, options);
      // Before gigabytes are read: are we signed in?
      await ifAllowed(connection.client.getMe({}));
      end(await importAll(world, connection, files, options));
    });
}

/** Imports one file after the other; a bad one does not keep the next out. @returns the exit code of the first that failed */
export async function importAll(
  world: World,
  connection: Connection,
  files: readonly string[],
  options: ImportOptions,
): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok;
  let heldBack = 0;
  const onHeldBack = () => {
    heldBack += 1;
  };
  for (const file of files) {
    const outcome = await importOne(world, connection, file, options, onHeldBack);
    if (code === exitCodes.ok) code = outcome;
    if (outcome === exitCodes.interrupted) break;
  }
  if (heldBack > 0) say(world, `vivim: Not sent: ${count(heldBack, 'file')} for sign-ins or keys.`);
  return code;
}

async function importOne(
  world: World,
  connection: Connection,
  argument: string,
  options: ImportOptions,
  onHeldBack: () => void,
): Promise<ExitCode> {
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  let accepted: ImportRun | null = null;
  let sent = 0;
  const progress = createProgress(world, argument === '-' ? 'stdin' : path.basename(argument));
  try {
    const file = await importFile(argument, world.stdin, options.sendKeys);
    for (const line of folderLines(file)) say(world, `vivim: ${line}`);
    accepted = await upload(connection, file, {
      source: options.source,
      onSent(bytes) {
        sent = bytes;
        progress.sending(bytes, file.size);
      },
      signal: interrupt.signal,
    });
    const run = hasEnded(accepted)
      ? accepted
      : await followImport(connection.client, accepted.id, progress.importing, interrupt.signal);
    progress.stop();
    return report(world, options, run);
  } catch (error) {
    progress.stop();
    if (error instanceof HeldBack) onHeldBack();
    const reason = interrupt.signal.aborted ? interrupted(accepted, argument, sent) : error;
    sayError(world, options.json === true, reason);
    return exitCodeOf(reason);
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

/** What of a folder goes and what does not, before anything is sent. */
const folderLines = ({ recognised = [], left = [] }: ImportFile): string[] => [
  ...recognised.map(({ source, why, files, bytes: size }) =>
    source === null
      ? `Sending ${count(files, 'file')} (${bytes(size)}) whose names say nothing; the report says what they are.`
      : `Sending ${count(files, 'file')} (${bytes(size)}) of ${sourceNames[source]}, by their names (${why}).`,
  ),
  ...left.map((line) => `Left out: ${line}.`),
];

/** What became of it, and the command that goes on. */
function interrupted(accepted: ImportRun | null, argument: string, sent: number): CliError {
  if (accepted !== null) {
    const { id } = accepted;
    return new CliError(
      'interrupted',
      `Stopped watching; the server goes on. Look with: vivim imports ${id} (or stop it: vivim imports pause ${id})`,
    );
  }
  return new CliError(
    'interrupted',
    argument === '-' || sent === 0
      ? 'Interrupted before the file was sent; nothing was imported.'
      : `Stopped sending at ${bytes(sent)}, which the server keeps for ${keptDays} days. Go on with: vivim import ${quoted(argument)}`,
  );
}

/** As a shell takes it. */
const quoted = (argument: string): string =>
  /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;

function report(world: World, options: ImportOptions, run: ImportRun): ExitCode {
  print(world, options.json ? JSON.stringify(run.report) : importReport(run));
  if (run.state === 'done') return exitCodes.ok;
  if (run.state === 'cancelled') {
    const cancelled = new CliError(
      'cancelled',
      `The import of ${run.fileName} was cancelled from somewhere else. What had come in until then stays.`,
    );
    sayError(world, options.json === true, cancelled);
    return exitCodeOf(cancelled);
  }
  if (run.error === null) throw new Error(`The import ended as ${run.state}, and without a reason.`);
  if (options.json) say(world, JSON.stringify(run.error));
  return exitCodeOfImportError(run.error.code);
}
