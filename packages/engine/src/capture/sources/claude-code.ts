/**
 * Claude Code: one session file (`~/.claude/projects/<folder>/<session>.jsonl`), or the session JSON of its web version →
 * canonical. Pure. A row is a message; most rows of the role `user` are results of tools. Rows name their parents; a
 * session that was compacted or resumed goes on where it says, and rows of other kinds only lead from one to the next.
 */
import type { AuthorKind } from '@vivim/contract/conversation';
import type { CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { inOneLine } from './claude-code-chain.ts';
import { isQueueRow, queueOf, withQueued } from './claude-code-queue.ts';
import { contentOf, rawPart, unknownIssues } from './content-blocks.ts';
import { contentParts } from './gemini-cli-parts.ts';
import { asId, asName, asRecord, asRecords, isRecord, type JsonRecord, toJson } from './json-value.ts';
import { badLineIssues, jsonLines, madeFrom, notAConversation } from './reading.ts';
import { asideFields, type Claim, firstClaim, type SourceModule } from './source-module.ts';

/** The third is of Qwen Code, which writes such a log with messages as Gemini's interface has them. */
const isMessage = (row: JsonRecord): boolean =>
  row.type === 'user' || row.type === 'assistant' || (row.type === 'tool_result' && isRecord(row.message));

function readSession(bytes: Buffer, context: SourceContext): Reading {
  const { values, bad, piece } = jsonLines(bytes);
  const [only] = values;
  const web = values.length === 1 && isRecord(only) && Array.isArray(only.loglines) ? only : null;
  const given = web === null ? values : [...(web.loglines as unknown[])];
  const rows = withQueued(given.filter(isRecord));
  const said = rows.filter(isMessage);
  if (said.length === 0) return notAConversation('The session holds no messages.');
  const { turns, issues } = turnsOf(rows, piece > 1);
  const queue = queueOf(rows);
  const last = said.at(-1) ?? {};
  const session = asId(last.sessionId) ?? asId(web?.sessionId) ?? asId(web?.id);
  const agent = said.every((row) => row.isSidechain === true) ? (asId(last.agentId) ?? 'sidechain') : null;
  const externalId = session === null || agent === null ? session : `${session}/${agent}`;
  const id = externalId === null || piece === 1 ? externalId : `${externalId}#${piece}`;
  const times = said.map((row) => asName(row.timestamp)).filter((time) => time !== null);
  const reading = buildConversation(
    {
      source: 'claude-code',
      externalId: id,
      title: titleOf(rows, web),
      created: times[0],
      // Not of the last row: a log that went on is the newer one, though what it went on with says that it came before.
      updated: latestOf(times),
      projectId: asName(said.find((row) => asName(row.cwd) !== null)?.cwd),
      model: asName(asRecord(said.find((row) => row.type === 'assistant')?.message)?.model),
      flags: { ...flagsOf(said, piece), ...(queue.drafts.length > 0 ? { drafts: queue.drafts } : {}) },
      // What an agent did stands beside the session, not at its end.
      leaf: turns.findLast((turn) => turn.channel === null)?.id ?? null,
    },
    turns,
    context,
    'rows',
    [...badLineIssues(bad), ...otherRows(given, rows), ...queue.issues, ...issues],
  );
  return madeFrom(
    reading,
    rows.filter((row) => isMessage(row) || row.type === 'summary'),
  );
}

const latestOf = (times: readonly string[]): string | undefined =>
  times.reduce<string | undefined>(
    (latest, time) => (latest === undefined || Date.parse(time) >= Date.parse(latest) ? time : latest),
    undefined,
  );

/** A title the person or the program gave, else the summary written last. */
function titleOf(rows: readonly JsonRecord[], web: JsonRecord | null): string | null {
  const last = (type: string, field: string) => asName(rows.findLast((row) => row.type === type)?.[field]);
  return (
    last('custom-title', 'customTitle') ??
    last('ai-title', 'aiTitle') ??
    last('summary', 'summary') ??
    asName(web?.title)
  );
}

/** Of the branch and program. */
function flagsOf(said: readonly JsonRecord[], piece: number): Record<string, unknown> {
  const named = (field: string) => asName(said.find((row) => asName(row[field]) !== null)?.[field]);
  const forked = said.find((row) => row.forkedFrom !== undefined && row.forkedFrom !== null)?.forkedFrom;
  const branch = named('gitBranch');
  const version = named('version');
  return {
    ...(branch === null ? {} : { git_branch: branch }),
    ...(version === null ? {} : { version }),
    ...(forked === undefined ? {} : { forked_from: asName(asRecord(forked)?.sessionId) ?? asName(forked) }),
    ...(piece === 1 ? {} : { piece }),
  };
}

/** @param goesOn what the first rows answer stands in another piece of the session */
function turnsOf(rows: readonly JsonRecord[], goesOn: boolean): { turns: Turn[]; issues: CanonicalIssue[] } {
  const issues: CanonicalIssue[] = [];
  const turns = new Map<string, Turn & { row: JsonRecord }>();
  /** The message above each row, whatever the row is. */
  const above = new Map<string, string | null>();
  let before: string | null = null;
  rows.forEach((row, ix) => {
    const uuid = asId(row.uuid);
    const named = asId(row.parentUuid) ?? asId(row.logicalParentUuid);
    // A row without a parent goes on from the one before; an agent's first row is a beginning.
    const parent: string | null =
      named === null
        ? row.isSidechain === true
          ? null
          : before
        : above.has(named)
          ? (above.get(named) ?? null)
          : named;
    if (!isMessage(row)) {
      if (uuid !== null) above.set(uuid, parent);
      return;
    }
    const key = uuid ?? `#${ix}`;
    const known = turns.get(key);
    const { turn, unknown } = turnOf(row, uuid, parent);
    issues.push(...unknownIssues(`rows/${key.toWellFormed()}`, unknown));
    if (known === undefined) turns.set(key, { ...turn, row });
    else if (toJson(known.row.message) !== toJson(row.message)) {
      turns.set(key, { ...known, ...(known.parts.length === 0 ? turn : {}), parts: [...known.parts, ...turn.parts] });
      issues.push({
        severity: 'note',
        code: 'row_repeated',
        path: `rows/${key.toWellFormed()}`,
        detail: 'Two rows have one id and say different things; both are kept in one message.',
      });
    }
    if (uuid !== null) above.set(uuid, uuid);
    if (row.isSidechain !== true) before = uuid;
  });
  const all = inOneLine([...turns.values()]);
  if (!goesOn) return { turns: all, issues };
  const elsewhere = (turn: Turn) => typeof turn.parent === 'string' && !turns.has(turn.parent);
  return { turns: all.map((turn) => (elsewhere(turn) ? { ...turn, parent: null } : turn)), issues };
}

function turnOf(row: JsonRecord, uuid: string | null, parent: string | null): { turn: Turn; unknown: string[] } {
  const message = asRecord(row.message);
  const { parts, unknown } = partsOf(row, message);
  const human = row.type !== 'assistant';
  const kind: AuthorKind = human ? authorOf(row, parts) : 'model';
  const hidden = row.isMeta === true ? 'meta' : row.isCompactSummary === true ? 'compact_summary' : null;
  const turn: Turn = {
    id: uuid,
    // Without ids there are no parents either: the order of the file is all there is.
    ...(uuid === null && asId(row.parentUuid) === null ? {} : { parent }),
    role: human ? 'user' : 'assistant',
    kind,
    parts,
    time: row.timestamp,
    model: human ? null : (asName(message?.model) ?? asName(row.model)),
    channel: row.isSidechain === true ? 'sidechain' : null,
    hidden,
    status: asName(message?.stop_reason),
  };
  return { turn, unknown };
}

function partsOf(row: JsonRecord, message: JsonRecord | null): { parts: CanonicalPart[]; unknown: string[] } {
  if (message === null) return { parts: row.message === undefined ? [] : [rawPart(row.message)], unknown: ['message'] };
  if (message.content === undefined && Array.isArray(message.parts)) return contentParts(message.parts, 'text');
  if (message.content === undefined) {
    const { role: _, ...rest } = message;
    return {
      parts: [rawPart(Object.keys(rest).length > 0 ? rest : (row.toolUseResult ?? null))],
      unknown: ['message'],
    };
  }
  return contentOf(message.content);
}

const ofCommands =
  /^\s*(?:<(?:local-command-|command-|bash-|user-memory-input|system-reminder|task-notification|teammate-message|cross-session-message|tick>)|\[Request interrupted by user)/;
/** Who handed a row to the model, where the row says so: these are people. */
const byPeople: ReadonlySet<unknown> = new Set([undefined, null, 'human', 'channel']);

/** Who really wrote a row of the role `user`. */
function authorOf(row: JsonRecord, parts: readonly CanonicalPart[]): AuthorKind {
  // A tool may answer with pictures and files as well.
  const ofTool = parts.some(({ kind }) => kind === 'tool_result' || kind === 'error');
  if (ofTool && parts.every(({ kind }) => kind !== 'text')) return 'tool';
  if (row.isCompactSummary === true) return 'context';
  if (row.isMeta === true || !byPeople.has(asRecord(row.origin)?.kind)) return 'runtime';
  const words = parts.find((part) => part.kind === 'text')?.text;
  return words !== undefined && words !== null && ofCommands.test(words) ? 'runtime' : 'human';
}

/** Rows that are no messages are counted by kind in the report; the raw record keeps them. */
function otherRows(given: readonly unknown[], rows: readonly JsonRecord[]): CanonicalIssue[] {
  const values = [...given.filter((value) => !isRecord(value)), ...rows];
  const kinds = new Map<string, number>();
  for (const value of values) {
    if (isRecord(value) && (isMessage(value) || isQueueRow(value) || value.type === 'summary')) continue;
    const kind = isRecord(value) ? (asName(value.type) ?? 'without a type') : 'that are no objects';
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  if (kinds.size === 0) return [];
  const list = [...kinds].slice(0, 20).map(([kind, count]) => `${count} ${kind.slice(0, 40)}`);
  const detail = `Rows that are no messages are kept only as they came: ${list.join(', ')}.`;
  return [{ severity: 'note', code: 'rows_not_messages', path: '', detail }];
}

function claimOf(row: JsonRecord): Claim | null {
  const why = 'Its rows are messages with a session and a parent, as Claude Code writes them.';
  if (isMessage(row) && isRecord(row.message) && ('sessionId' in row || 'uuid' in row || 'parentUuid' in row))
    return { confidence: 0.98, why };
  const ofLog =
    (row.type === 'summary' && 'leafUuid' in row) ||
    (row.type === 'file-history-snapshot' && 'messageId' in row) ||
    (typeof row.type === 'string' && 'sessionId' in row && ('uuid' in row || 'operation' in row));
  if (ofLog) return { confidence: 0.85, why };
  const [first] = asRecords(row.loglines);
  return first !== undefined && isMessage(first)
    ? { confidence: 0.95, why: 'It has `loglines` of a session, as Claude Code on the web writes them.' }
    : null;
}

export const claudeCode: SourceModule = {
  source: 'claude-code',
  version: 6,
  forks: true,
  formats: [{ kind: 'json', cut: { kind: 'session' }, claim: firstClaim(claimOf) }],
  sidecars: [
    {
      what: 'a history of prompts',
      content: true,
      fits: (record) => 'display' in record && 'pastedContents' in record,
    },
  ],
  // What a tool answered, again for the window of the program.
  aside: asideFields('toolUseResult', 'todos', 'thinkingMetadata'),
  read: readSession,
};
