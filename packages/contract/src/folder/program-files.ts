/**
 * How programs that talk to an AI name the files they keep, and how those files change. Names alone: what a file is in the end is
 * found by its shape, at the server. Reads nothing.
 */
import type { Source } from '../conversation.ts';

/** Sources whose programs keep files on a person's machine. */
export const watchedSources = ['claude-code', 'codex', 'gemini-cli', 'cursor', 'lmstudio', 'llm', 'aider'] as const;
export type WatchedSource = (typeof watchedSources)[number] & Source;

/**
 * `lines`: a log that grows by whole lines. `whole`: written anew at each change. `database`: SQLite, with what is not folded in
 * yet beside it.
 */
export type WatchedKind = 'lines' | 'whole' | 'database';

export interface ProgramFiles {
  /** Which files of the program's own folder, by their path within it, `/` between names. */
  readonly files: RegExp;
  readonly kind: WatchedKind;
  /** By which names its files are told apart wherever they lie, and in words. */
  readonly told: { readonly by: RegExp; readonly why: string };
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

export const programFiles: Readonly<Record<WatchedSource, ProgramFiles>> = {
  codex: {
    files: /(?:^|\/)rollout-[^/]*\.jsonl$/,
    kind: 'lines',
    told: { by: /(?:^|\/)rollout-[^/]*\.jsonl$/, why: 'rollout-….jsonl' },
  },
  'claude-code': {
    files: /\.jsonl$/,
    kind: 'lines',
    // A session is called by its id, or lies in the folder of a project, whose path is written with dashes.
    told: {
      by: new RegExp(`(?:^|/)(?:${uuid}|agent-[0-9a-f-]+)\\.jsonl$|(?:^|/)-[^/]*/(?:[^/]+/)*[^/]+\\.jsonl$`),
      why: '….jsonl, by session or in the folder of a project',
    },
  },
  'gemini-cli': {
    files: /(?:^|\/)chats\/session-[^/]*\.json$/,
    kind: 'whole',
    told: { by: /(?:^|\/)chats\/session-[^/]*\.json$/, why: 'chats/session-….json' },
  },
  cursor: {
    files: /(?:^|\/)state\.vscdb$/,
    kind: 'database',
    told: { by: /(?:^|\/)state\.vscdb$/, why: 'state.vscdb' },
  },
  lmstudio: {
    files: /\.conversation\.json$/,
    kind: 'whole',
    told: { by: /\.conversation\.json$/, why: '….conversation.json' },
  },
  llm: { files: /(?:^|\/)logs\.db$/, kind: 'database', told: { by: /(?:^|\/)logs\.db$/, why: 'logs.db' } },
  aider: {
    files: /(?:^|\/)\.aider\.chat\.history\.md$/,
    kind: 'whole',
    told: { by: /(?:^|\/)\.aider\.chat\.history\.md$/, why: '.aider.chat.history.md' },
  },
};

export interface Recognised {
  /** Null: by their names they are nothing that is known; the server tells by their shape. */
  readonly source: WatchedSource | null;
  /** What their names look like; null where the source is. */
  readonly why: string | null;
  readonly files: number;
  /** Of all of them. */
  readonly bytes: number;
}

/** What lies in a folder, told by names, the most files first. */
export function recogniseFiles(files: Iterable<{ readonly name: string; readonly size: number }>): Recognised[] {
  const found = new Map<WatchedSource | null, { files: number; bytes: number }>();
  for (const { name, size } of files) {
    const source = tellSource(name);
    const sum = found.get(source) ?? { files: 0, bytes: 0 };
    found.set(source, { files: sum.files + 1, bytes: sum.bytes + size });
  }
  return [...found]
    .map(([source, sum]) => ({ source, why: source === null ? null : programFiles[source].told.why, ...sum }))
    .toSorted((a, b) => Number(a.source === null) - Number(b.source === null) || b.files - a.files);
}

const tellSource = (name: string): WatchedSource | null =>
  (Object.keys(programFiles) as WatchedSource[]).find((source) => programFiles[source].told.by.test(name)) ?? null;
