/** What the CLI takes from its surroundings. The only place of this package that reads `process.env`. */
import { homedir } from 'node:os';
import path from 'node:path';

export interface Environment {
  /** Name of the profile to use when `--profile` is not given. */
  readonly profile: string;
  /** `VIVIM_SERVER`, or undefined to use the profile's own. */
  readonly server: string | undefined;
  /** `VIVIM_TOKEN`: a token used instead of a profile; undefined to use the key of one. */
  readonly token: string | undefined;
  /** Where profiles lie; made when first needed. */
  readonly configDirectory: string;
  /** Where is kept what can be lost; made when first needed. */
  readonly stateDirectory: string;
  /** The person's home. */
  readonly home: string;
  /** Where programs keep their files, as far as variables say so: absolute folders by the name of the variable. */
  readonly programHomes: ProgramHomes;
}

/** Of the system, and of Claude Code, Codex, Gemini CLI, Copilot's command line and llm. */
const programVariables = [
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'APPDATA',
  'CLAUDE_CONFIG_DIR',
  'CODEX_HOME',
  'GEMINI_CLI_HOME',
  'COPILOT_HOME',
  'LLM_USER_PATH',
] as const;
export type ProgramHomes = Readonly<Partial<Record<(typeof programVariables)[number], string>>>;

const programHomes = (env: NodeJS.ProcessEnv): ProgramHomes =>
  Object.fromEntries(
    programVariables.flatMap((name) => {
      const folder = env[name];
      return folder !== undefined && path.isAbsolute(folder) ? [[name, folder]] : [];
    }),
  );

export const defaultServer = 'http://localhost:7717';

const filled = (value: string | undefined) => (value === undefined || value === '' ? undefined : value);

/** @see https://specifications.freedesktop.org/basedir-spec/latest/ — a relative path in a variable is to be ignored */
const baseDirectory = (variable: string | undefined, fallback: string): string =>
  variable !== undefined && path.isAbsolute(variable) ? variable : path.join(homedir(), fallback);

export const readEnvironment = (env: NodeJS.ProcessEnv = process.env): Environment => ({
  profile: filled(env.VIVIM_PROFILE) ?? 'default',
  server: filled(env.VIVIM_SERVER),
  token: filled(env.VIVIM_TOKEN),
  configDirectory: path.join(baseDirectory(env.XDG_CONFIG_HOME, '.config'), 'vivim'),
  stateDirectory: path.join(baseDirectory(env.XDG_STATE_HOME, '.local/state'), 'vivim'),
  home: homedir(),
  programHomes: programHomes(env),
});

/** `VIVIM_WATCH`: profiles that are watched for beside a server that is run, with commas between them. */
export const profilesToWatch = (env: NodeJS.ProcessEnv = process.env): string[] =>
  (env.VIVIM_WATCH ?? '').split(',').flatMap((name) => filled(name.trim()) ?? []);

/** What a watcher beside a server is given of its surroundings: where its profile lies, and none of the server's secrets. */
export const watcherEnvironment = (env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ['HOME', 'PATH', 'LANG', 'TZ', 'TMPDIR', 'USERPROFILE', 'XDG_STATE_HOME', 'XDG_CACHE_HOME', ...programVariables]
      .map((name) => [name, env[name]])
      .filter(([, value]) => value !== undefined),
  );

/** Where Node may keep compiled code, so that the next command starts in half the time. */
export const compileCacheDirectory = (env: NodeJS.ProcessEnv = process.env): string =>
  path.join(baseDirectory(env.XDG_CACHE_HOME, '.cache'), 'vivim', 'compiled');
