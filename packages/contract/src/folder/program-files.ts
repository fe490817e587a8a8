/**
 * How programs that talk to an AI name the files they keep, and how those files change. Names alone: what a file is in the end is
 * found by its shape, at the server. Reads nothing.
 */
import type { Source } from '../conversation.ts';

/** Sources whose programs keep files on a person's machine. */
export const watchedSources = [
  'claude-code',
  'codex',
  'gemini-cli',
  'cursor',
  'vscode-copilot',
  'cline',
  'opencode',
  'lmstudio',
  'llm',
  'aider',
] as const;
export type WatchedSource = (typeof watchedSources)[number] & Source;

/**
 * `lines`: a log that grows by whole lines. `whole`: written anew at each change. `database`: SQLite, with what is not folded in
 * yet beside it. `pieces`: a session whose messages and their parts are small files beside it, each written anew.
 */
export type WatchedKind = 'lines' | 'whole' | 'database' | 'pieces';

/** Files of one kind. */
export interface WatchedForm {
  /** Which files of the program's own folder, by their path within it, `/` between names. */
  readonly files: RegExp;
  readonly kind: WatchedKind;
}

export interface ProgramFiles {
  /** The first that fits a file says how it changes. */
  readonly forms: readonly WatchedForm[];
  /** Names of folders within it that hold none of them. */
  readonly passOver?: RegExp;
  /** By which names its files are told apart wherever they lie, and in words. */
  readonly told: { readonly by: RegExp; readonly why: string };
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** A program whose files are called alike wherever they lie. */
const called = (files: RegExp, kind: WatchedKind, why: string): ProgramFiles => ({
  forms: [{ files, kind }],
  told: { by: files, why },
});

/** In the order in which a name is asked about: one may look like that of several. */
export const programFiles: Readonly<Record<WatchedSource, ProgramFiles>> = {
  codex: called(/(?:^|\/)rollout-[^/]*\.jsonl$/, 'lines', 'rollout-….jsonl'),
  'vscode-copilot': {
    forms: [
      { files: new RegExp(`(?:^|/)events\\.jsonl$|^${uuid}\\.jsonl$`), kind: 'lines' },
      { files: /(?:^|\/)(?:chatSessions|emptyWindowChatSessions)\/[^/]+\.jsonl?$/, kind: 'whole' },
    ],
    told: {
      by: /(?:^|\/)events\.jsonl$|(?:^|\/)session-state\/[^/]+\.jsonl$|(?:^|\/)(?:chatSessions|emptyWindowChatSessions)\/[^/]+\.jsonl?$/,
      why: 'events.jsonl, or chats in chatSessions',
    },
  },
  'gemini-cli': called(/(?:^|\/)chats\/session-[^/]*\.jsonl?$/, 'whole', 'chats/session-….json'),
  'claude-code': {
    forms: [{ files: /\.jsonl$/, kind: 'lines' }],
    // A session is called by its id, or lies in the folder of a project, whose path is written with dashes.
    told: {
      by: new RegExp(`(?:^|/)(?:${uuid}|agent-[0-9a-f-]+)\\.jsonl$|(?:^|/)-[^/]*/(?:[^/]+/)*[^/]+\\.jsonl$`),
      why: '….jsonl, by session or in the folder of a project',
    },
  },
  cursor: called(/(?:^|\/)(?:state\.vscdb|store\.db)$/, 'database', 'state.vscdb, store.db'),
  cline: called(
    /(?:^|\/)api_conversation_history\.json$|(?:^|\/)[^/]+\.messages\.json$/,
    'whole',
    'api_conversation_history.json, ….messages.json',
  ),
  opencode: {
    forms: [
      { files: /(?:^|\/)session\/[^/]+\/ses_[^/]+\.json$/, kind: 'pieces' },
      { files: /(?:^|\/)(?:opencode|kilo)[^/]*\.db$/, kind: 'database' },
    ],
    // What a session says is gathered by its names; the rest is what the program saw of the person's own files.
    passOver: /^(?:message|part|snapshot|bin|log|tool-output|session_diff|todo)$/,
    told: {
      by: /(?:^|\/)(?:session|message|part)\/(?:[^/]+\/){1,2}(?:ses|msg|prt)_[^/]+\.json$|(?:^|\/)(?:opencode|kilo)[^/]*\.db$/,
      why: 'sessions, messages and parts by their ids, or opencode.db',
    },
  },
  lmstudio: called(/\.conversation\.json$/, 'whole', '….conversation.json'),
  llm: called(/(?:^|\/)logs\.db$/, 'database', 'logs.db'),
  aider: called(/(?:^|\/)\.aider\.chat\.history\.md$/, 'whole', '.aider.chat.history.md'),
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
