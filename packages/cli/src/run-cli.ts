/** One run of the command: arguments in, exit code out. Builds the program anew each time and ends no process. */
import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { CliError } from './cli-error.ts';
import { defineAccount } from './commands/account.ts';
import { defineAdmin } from './commands/admin.ts';
import { defineAdminKek } from './commands/admin-kek.ts';
import { defineAttachments } from './commands/attachments.ts';
import { defineAudit } from './commands/audit.ts';
import { defineBackup } from './commands/backup.ts';
import { defineContext } from './commands/context.ts';
import { defineConversations } from './commands/conversations.ts';
import { defineDevices } from './commands/devices.ts';
import { defineEntities } from './commands/entities.ts';
import { defineErase } from './commands/erase.ts';
import { defineEval } from './commands/eval.ts';
import { defineExclusions } from './commands/exclusions.ts';
import { defineIdentity } from './commands/identity.ts';
import { defineImport } from './commands/import.ts';
import { defineImports } from './commands/imports.ts';
import { defineKeys } from './commands/keys.ts';
import { defineLogin } from './commands/login.ts';
import { defineMcp } from './commands/mcp.ts';
import { defineMemories } from './commands/memories.ts';
import { defineModels } from './commands/models.ts';
import { defineNote } from './commands/note.ts';
import { definePresence } from './commands/presence.ts';
import { defineProjects } from './commands/projects.ts';
import { defineRecipes } from './commands/recipes.ts';
import { defineRecords } from './commands/records.ts';
import { defineRecovery } from './commands/recovery.ts';
import { defineReparse } from './commands/reparse.ts';
import { defineRestore } from './commands/restore.ts';
import { defineSearch } from './commands/search.ts';
import { defineSecrets } from './commands/secrets.ts';
import { defineServe } from './commands/serve.ts';
import { defineSessions } from './commands/sessions.ts';
import { defineSpace } from './commands/space.ts';
import { defineStatus } from './commands/status.ts';
import { defineTokens } from './commands/tokens.ts';
import { defineTopics } from './commands/topics.ts';
import { defineUpstreams } from './commands/upstreams.ts';
import { defineWatch } from './commands/watch.ts';
import { defineWatchers } from './commands/watchers.ts';
import { tellNews } from './identity/news.ts';
import { type ExitCode, exitCodeHelp, exitCodeOf, exitCodes } from './output/exit-code.ts';
import { sayError } from './output/speak.ts';
import type { GlobalOptions, World } from './world.ts';

const introduction = `
Start here:
  vivim serve                                 run the server (or: npm start)
  vivim identity create                       make a key, register it, sign in
  vivim import ~/Downloads/export.zip         bring an export in: ChatGPT, Claude, Gemini, …
  vivim search what I said about the roof     find it again
  vivim context "Plan the next step" -b 4000  compile cited context for an AI
  vivim mcp                                   the same for a program that speaks MCP
  vivim recovery key                          a second way in, for the day this machine is lost

Environment:
  VIVIM_PROFILE    profile to use (default)
  VIVIM_SERVER     server to use (the profile's, or http://localhost:7717)
  VIVIM_TOKEN      a token to use instead of a profile (vivim tokens create)
  XDG_CONFIG_HOME  profiles lie in its vivim/profiles (~/.config)
  XDG_STATE_HOME   what vivim watch remembers lies in its vivim/watch (~/.local/state)

With --json a result is JSON on standard output and an error is JSON on standard error.

${exitCodeHelp}`;

/** @param args without program and script name */
export async function runCli(args: readonly string[], given: World): Promise<ExitCode> {
  const world: World = { ...given, verbose: args.includes('--verbose') };
  const json = args.includes('--json');
  let code: ExitCode = exitCodes.ok;
  const program = createProgram(world, json, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    const reason = error instanceof CommanderError ? usageError(error) : error;
    if (reason === null) return exitCodes.ok;
    // Commander has told the person what was wrong with the command line; a program is told here.
    if (json || !(error instanceof CommanderError)) sayError(world, json, reason);
    return exitCodeOf(reason);
  }
}

/** Help and version end a run the same way as a mistake does, with 0. */
const usageError = (error: CommanderError): CliError | null =>
  error.exitCode === 0 ? null : new CliError('usage', error.message.replace(/^error: /, ''));

/** Commands nobody reads the end of: of whoever keeps the server, which act for no account, and the one a program speaks to. */
const withoutNews: ReadonlySet<string> = new Set(['serve', 'admin', 'audit', 'backup', 'restore', 'mcp']);

/** The first word of a command: `devices` of `devices approve`. */
function nounOf(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : nounOf(parent);
}

function createProgram(world: World, json: boolean, end: (code: ExitCode) => void): Command {
  const program = new Command('vivim')
    .description('The memory of your life with AI, on your own server.')
    .version(manifest.version)
    .option('--profile <name>', 'which identity to use')
    .option('--server <url>', 'which server to use')
    .option('--json', 'print results as JSON')
    .option('--verbose', 'say the trace of every error')
    .addHelpText('after', introduction)
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('Run with --help for examples.')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void world.stdout.write(text),
      writeErr: (text) => void (json || world.stderr.write(text)),
    });
  defineServe(program, world);
  defineIdentity(program, world);
  defineLogin(program, world);
  defineDevices(program, world);
  defineSessions(program, world);
  defineTokens(program, world);
  defineKeys(program, world, end);
  defineRecovery(program, world);
  defineAccount(program, world);
  defineImport(program, world, end);
  defineSpace(program, world, end);
  defineImports(program, world);
  defineUpstreams(program, world, end);
  defineModels(program, world, end);
  defineNote(program, world);
  defineSearch(program, world);
  defineContext(program, world);
  definePresence(program, world);
  defineEval(program, world, end);
  defineMcp(program, world);
  defineMemories(program, world);
  defineProjects(program, world);
  defineTopics(program, world);
  defineEntities(program, world);
  defineConversations(program, world);
  defineAttachments(program, world);
  defineErase(program, world);
  defineReparse(program, world);
  defineRecipes(program, world);
  defineExclusions(program, world);
  defineRecords(program, world);
  defineSecrets(program, world);
  defineWatch(program, world, end);
  defineWatchers(program, world);
  defineStatus(program, world);
  defineAdminKek(defineAdmin(program, world, end), world, end);
  defineAudit(program, world, end);
  defineBackup(program, world, end);
  defineRestore(program, world, end);
  program.hook('postAction', async (_, command) => {
    if (!withoutNews.has(nounOf(command))) await tellNews(world, command.optsWithGlobals<GlobalOptions>());
  });
  return program;
}
