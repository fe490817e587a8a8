/**
 * Where programs that talk to an AI keep what was said, and how those files change. Names folders and shapes of names; reads
 * nothing.
 */
import path from 'node:path';
import type { Source } from '@vivim/contract/conversation';

/**
 * `lines`: a log that grows by whole lines. `whole`: written anew at each change. `database`: SQLite, with what is not folded in
 * yet beside it.
 */
export type WatchedKind = 'lines' | 'whole' | 'database';

export interface WatchedPlace {
  readonly source: Source;
  /** Absolute. */
  readonly folder: string;
  /** Which files of it, by their path within the folder, `/` between names. */
  readonly files: RegExp;
  readonly kind: WatchedKind;
}

/** Sources whose programs keep files on a person's machine. */
export const watchedSources = ['claude-code', 'codex', 'gemini-cli', 'cursor', 'lmstudio', 'llm', 'aider'] as const;
export type WatchedSource = (typeof watchedSources)[number];

type Habit = Pick<WatchedPlace, 'files' | 'kind'>;

const habits: Readonly<Record<WatchedSource, Habit>> = {
  'claude-code': { files: /\.jsonl$/, kind: 'lines' },
  codex: { files: /(?:^|\/)rollout-[^/]*\.jsonl$/, kind: 'lines' },
  'gemini-cli': { files: /(?:^|\/)chats\/session-[^/]*\.json$/, kind: 'whole' },
  cursor: { files: /(?:^|\/)state\.vscdb$/, kind: 'database' },
  lmstudio: { files: /\.conversation\.json$/, kind: 'whole' },
  llm: { files: /(?:^|\/)logs\.db$/, kind: 'database' },
  aider: { files: /(?:^|\/)\.aider\.chat\.history\.md$/, kind: 'whole' },
};

/** A folder the person named. */
export const placeOf = (source: WatchedSource, folder: string): WatchedPlace => ({
  source,
  folder: path.resolve(folder),
  ...habits[source],
});

/** Where the programs keep their files on this system when nobody told them otherwise. Aider keeps its history in each project. */
export function usualPlaces(home: string, platform: NodeJS.Platform): WatchedPlace[] {
  const application = (name: string): string =>
    platform === 'darwin'
      ? path.join(home, 'Library/Application Support', name)
      : platform === 'win32'
        ? path.join(home, 'AppData/Roaming', name)
        : path.join(home, '.config', name);
  return [
    placeOf('claude-code', path.join(home, '.claude/projects')),
    placeOf('codex', path.join(home, '.codex/sessions')),
    placeOf('gemini-cli', path.join(home, '.gemini/tmp')),
    placeOf('cursor', path.join(application('Cursor'), 'User')),
    placeOf('lmstudio', path.join(home, '.lmstudio/conversations')),
    placeOf('llm', application('io.datasette.llm')),
  ];
}
