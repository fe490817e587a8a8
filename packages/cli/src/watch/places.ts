/**
 * Where programs that talk to an AI keep what was said on this kind of system. Names folders; reads nothing.
 */
import path from 'node:path';
import type { Source } from '@vivim/contract/conversation';
import { programFiles, type WatchedKind, type WatchedSource } from '@vivim/contract/folder/program-files';

export interface WatchedPlace {
  readonly source: Source;
  /** Absolute. */
  readonly folder: string;
  /** Which files of it, by their path within the folder, `/` between names. */
  readonly files: RegExp;
  readonly kind: WatchedKind;
  /** A person named it: that it is not there is worth a word. */
  readonly named: boolean;
}

/** @param named by the person, and not where the program usually keeps its files */
export const placeOf = (source: WatchedSource, folder: string, named = false): WatchedPlace => ({
  source,
  folder: path.resolve(folder),
  files: programFiles[source].files,
  kind: programFiles[source].kind,
  named,
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
