/**
 * Where programs that talk to an AI keep what was said on this kind of system. Names folders; reads nothing.
 */
import path from 'node:path';
import type { Source } from '@vivim/contract/conversation';
import { programFiles, type WatchedForm, type WatchedSource } from '@vivim/contract/folder/program-files';

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

/** Where the programs keep their files on this system when nobody told them otherwise. Aider keeps its history in each project. */
export function usualPlaces(home: string, platform: NodeJS.Platform): WatchedPlace[] {
  const application = (name: string): string =>
    platform === 'darwin'
      ? path.join(home, 'Library/Application Support', name)
      : platform === 'win32'
        ? path.join(home, 'AppData/Roaming', name)
        : path.join(home, '.config', name);
  const users = [
    ...editors.map((name) => path.join(application(name), 'User')),
    // Of an editor that works on this machine from another one.
    path.join(home, '.vscode-server/data/User'),
  ];
  return [
    placeOf('claude-code', path.join(home, '.claude/projects')),
    placeOf('codex', path.join(home, '.codex/sessions')),
    placeOf('gemini-cli', path.join(home, '.gemini/tmp')),
    placeOf('cursor', path.join(application('Cursor'), 'User')),
    placeOf('cursor', path.join(home, '.cursor/chats')),
    placeOf('vscode-copilot', path.join(home, '.copilot/session-state')),
    ...users.flatMap((user) => [
      // An extension may keep thousands of files in there, deeper.
      placeOf('vscode-copilot', path.join(user, 'workspaceStorage'), { depth: 2 }),
      placeOf('vscode-copilot', path.join(user, 'globalStorage'), { depth: 1 }),
    ]),
    placeOf('cline', path.join(home, '.cline/data')),
    ...users.flatMap((user) =>
      extensions.map((name) => placeOf('cline', path.join(user, 'globalStorage', name, 'tasks'))),
    ),
    placeOf('opencode', path.join(home, '.local/share/opencode')),
    placeOf('opencode', path.join(home, '.local/share/kilo')),
    placeOf('lmstudio', path.join(home, '.lmstudio/conversations')),
    // Until version 0.3.
    placeOf('lmstudio', path.join(home, '.cache/lm-studio/conversations')),
    placeOf('llm', application('io.datasette.llm')),
  ];
}
