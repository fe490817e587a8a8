/**
 * Where programs that talk to an AI keep what was said on this kind of system. Names folders; reads nothing.
 */
import path from 'node:path';
import type { Source } from '@vivim/contract/conversation';
import { programFiles, type WatchedForm, type WatchedSource } from '@vivim/contract/folder/program-files';
import type { ProgramHomes } from '../config/environment.ts';

export interface WatchedPlace {
  readonly source: Source;
  /** Absolute. */
  readonly folder: string;
  /** Which files of it, by their path within the folder, `/` between names, and how they change. */
  readonly forms: readonly WatchedForm[];
  /** Names of folders in it that are not looked into. */
  readonly passOver: RegExp | null;
  /** How many folders deep it is looked at. */
  readonly depth: number;
  /** A person named it: that it is not there is worth a word. */
  readonly named: boolean;
}

/** Folders within folders are looked at down to here. */
const deepest = 12;

interface How {
  /** By the person, and not where the program usually keeps its files. */
  readonly named?: boolean;
  readonly depth?: number;
}

export const placeOf = (
  source: WatchedSource,
  folder: string,
  { named = false, depth = deepest }: How = {},
): WatchedPlace => ({
  source,
  folder: path.resolve(folder),
  forms: programFiles[source].forms,
  passOver: programFiles[source].passOver ?? null,
  depth,
  named,
});

/** Editors of one make; each keeps what its extensions store in a folder of its name. */
const editors = ['Code', 'Code - Insiders', 'VSCodium', 'Cursor', 'Windsurf'];
/** Cline, Roo Code, Kilo Code. */
const extensions = ['saoudrizwan.claude-dev', 'rooveterinaryinc.roo-cline', 'kilocode.kilo-code'];

/**
 * Where the programs keep their files on this system: where a variable says so, and where they do when nobody told them otherwise (what
 * they kept before lies there still). Aider keeps its history in each project.
 */
export function usualPlaces(home: string, platform: NodeJS.Platform, homes: ProgramHomes = {}): WatchedPlace[] {
  const config = homes.XDG_CONFIG_HOME ?? path.join(home, '.config');
  const settings =
    platform === 'darwin'
      ? path.join(home, 'Library/Application Support')
      : platform === 'win32'
        ? (homes.APPDATA ?? path.join(home, 'AppData/Roaming'))
        : config;
  const application = (name: string): string => path.join(settings, name);
  /** Of a program with a variable of its own, that folder first. */
  const either = (own: string | undefined, usual: string, within: string): string[] => [
    ...(own === undefined ? [] : [path.join(own, within)]),
    path.join(home, usual, within),
  ];
  const data = homes.XDG_DATA_HOME ?? path.join(home, '.local/share');
  const users = [
    ...editors.map((name) => path.join(application(name), 'User')),
    // Of an editor that works on this machine from another one.
    path.join(home, '.vscode-server/data/User'),
  ];
  const places = [
    ...either(homes.CLAUDE_CONFIG_DIR, '.claude', 'projects').map((folder) => placeOf('claude-code', folder)),
    // Some versions keep them among the settings of the account, on every system.
    placeOf('claude-code', path.join(config, 'claude/projects')),
    ...either(homes.CODEX_HOME, '.codex', 'sessions').map((folder) => placeOf('codex', folder)),
    ...either(homes.GEMINI_CLI_HOME, '', '.gemini/tmp').map((folder) => placeOf('gemini-cli', folder)),
    placeOf('cursor', path.join(application('Cursor'), 'User')),
    placeOf('cursor', path.join(home, '.cursor/chats')),
    ...either(homes.COPILOT_HOME, '.copilot', 'session-state').map((folder) => placeOf('vscode-copilot', folder)),
    ...users.flatMap((user) => [
      // An extension may keep thousands of files in there, deeper.
      placeOf('vscode-copilot', path.join(user, 'workspaceStorage'), { depth: 2 }),
      placeOf('vscode-copilot', path.join(user, 'globalStorage'), { depth: 1 }),
    ]),
    placeOf('cline', path.join(home, '.cline/data')),
    ...users.flatMap((user) =>
      extensions.map((name) => placeOf('cline', path.join(user, 'globalStorage', name, 'tasks'))),
    ),
    // Of the account's data on every system, as the program has it.
    placeOf('opencode', path.join(data, 'opencode')),
    placeOf('opencode', path.join(data, 'kilo')),
    placeOf('lmstudio', path.join(home, '.lmstudio/conversations')),
    // Until version 0.3.
    placeOf('lmstudio', path.join(home, '.cache/lm-studio/conversations')),
    placeOf('llm', homes.LLM_USER_PATH ?? application('io.datasette.llm')),
  ];
  return places.filter(({ folder }, ix) => places.findIndex((one) => one.folder === folder) === ix);
}
