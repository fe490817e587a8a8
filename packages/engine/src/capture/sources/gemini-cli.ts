/**
 * Gemini CLI: one session file (`~/.gemini/tmp/<project>/chats/session-*.json`, or the same as JSON lines) → canonical. Pure.
 */
import type { CanonicalIssue, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { rawPart, unknownIssues, wordsPart } from './content-blocks.ts';
import { callParts, contentParts } from './gemini-cli-parts.ts';
import { isContents, isOfAgent, isPrompt, readPrompts, readSaved, savedIn } from './gemini-cli-saved.ts';
import { asArray, asId, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';
import { badLineIssues, jsonLines, madeFrom, notAConversation } from './reading.ts';
import { asideFields, firstClaim, type SourceModule } from './source-module.ts';
import { model, person, program, type Speaker } from './speakers.ts';

function readSession(bytes: Buffer, context: SourceContext): Reading {
  const lines = jsonLines(bytes);
  const { values, bad, piece, first } = lines;
  const saved = savedIn(values);
  if (saved !== null) return readSaved(saved, context);
  if (values.length > 0 && values.every(isPrompt)) return readPrompts(lines, context);
  const rows = [isHead(first) ? first : null, ...values].filter(isRecord);
  const head = rows.find(isHead) ?? rows[0];
  const session = head === undefined ? null : messagesOf(head, rows);
  const externalId = asId(head?.sessionId);
  if (head === undefined || session === null) return notAConversation('The session has no messages.', { externalId });
  const issues: CanonicalIssue[] = badLineIssues(bad);
  const turns = session.placed.map(({ message, parent }, ix): Turn => {
    const turn = turnOf(message, ix, issues);
    return parent === undefined ? turn : { ...turn, parent };
  });
  const reading = buildConversation(
    {
      source: 'gemini-cli',
      externalId: externalId === null || piece === 1 ? externalId : `${externalId}#${piece}`,
      title: asName(asRecord(written(rows, 'summary'))?.summary) ?? asName(head.summary) ?? asName(head.title),
      created: head.startTime,
      updated: asRecord(written(rows, 'lastUpdated'))?.lastUpdated ?? head.lastUpdated,
      projectId: asName(asArray(head.directories)[0]) ?? asName(head.projectHash),
      model: turns.findLast((turn) => (turn.model ?? null) !== null)?.model ?? null,
      leaf: session.leaf,
      flags: head.kind === 'subagent' ? { kind: 'subagent' } : {},
    },
    turns,
    context,
    'messages',
    issues,
  );
  return madeFrom(reading, [head, session.placed.map(({ message }) => message)]);
}

const isHead = (row: unknown): boolean => isRecord(row) && 'sessionId' in row && !('type' in row);

interface Session {
  readonly placed: readonly Placed[];
  /** Id of the last message that stands, where it was gone back. */
  readonly leaf: string | null;
}

interface Placed {
  readonly message: unknown;
  /** Id of the message it answers, where that is not the one before it. */
  readonly parent?: string | null;
}

/**
 * The messages of the file, or its rows. A row that comes again replaces the one before, and so does what a `$set` row
 * writes; nothing is taken out. What a `$rewindTo` row goes back behind stays as a branch of its own.
 */
function messagesOf(head: JsonRecord, rows: readonly JsonRecord[]): Session | null {
  const list = Array.isArray(head.messages) ? head.messages.map((message: unknown) => ({ message })) : [];
  const byId = new Map<string, Placed>(
    list.map((placed, ix) => [asId(asRecord(placed.message)?.id) ?? `#${ix}`, placed]),
  );
  if (rows.length === 1) return Array.isArray(head.messages) ? { placed: list, leaf: null } : null;
  /** The messages that stand, and where the next one hangs after going back. */
  let standing = [...byId.keys()];
  let gone = false;
  let back: { readonly parent: string | null } | null = null;
  const put = (message: JsonRecord, place: string): void => {
    const id = asId(message.id) ?? `#${place}`;
    const known = byId.get(id);
    byId.set(id, { ...known, ...(known === undefined ? back : {}), message });
    if (known !== undefined) return;
    standing.push(id);
    back = null;
  };
  rows.forEach((row, ix) => {
    if (row !== head && 'type' in row) put(row, `${ix}`);
    const set = asRecords(asRecord(row.$set)?.messages);
    for (const [at, message] of set.entries()) put(message, `${ix}/${at}`);
    if (!('$rewindTo' in row)) return;
    // One that is not there leaves nothing standing, as the program itself reads it.
    standing = standing.slice(0, Math.max(0, standing.indexOf(asId(row.$rewindTo) ?? '')));
    const last = standing.at(-1) ?? null;
    back = last?.startsWith('#') ? null : { parent: last };
    gone = true;
  });
  const leaf = gone ? (standing.at(-1) ?? null) : null;
  return byId.size === 0 ? null : { placed: [...byId.values()], leaf: leaf?.startsWith('#') ? null : leaf };
}

/** What a `$set` row wrote last of a field of the session. */
const written = (rows: readonly JsonRecord[], field: string): unknown =>
  rows.findLast((row) => asRecord(row.$set)?.[field] !== undefined)?.$set;

/** What the program puts in front of a session in the person's name. */
const ofProgram = /^\s*<session_context>/;

const speakers: ReadonlyMap<string, Speaker> = new Map([
  ['user', person],
  ['gemini', model],
  ['model', model],
]);

function turnOf(value: unknown, ix: number, issues: CanonicalIssue[]): Turn {
  const message = asRecord(value);
  if (message === null) return { id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] };
  const speaker = speakers.get(asName(message.type) ?? '') ?? program;
  const thoughts = asRecords(message.thoughts).flatMap((thought) =>
    wordsPart(
      [asName(thought.subject), asName(thought.description)].filter((line) => line !== null).join('\n\n'),
      'reasoning',
    ),
  );
  const { parts, unknown } = contentParts(message.content, message.type === 'error' ? 'error' : 'text');
  issues.push(...unknownIssues(`messages/${ix}`, unknown));
  const context = speaker.kind === 'human' && ofProgram.test(parts[0]?.text ?? '');
  return {
    id: asId(message.id),
    ...speaker,
    ...(context ? { kind: 'context', hidden: 'context' } : {}),
    parts: [...thoughts, ...parts, ...asRecords(message.toolCalls).flatMap(callParts)],
    time: message.timestamp,
    model: asName(message.model),
    channel: speaker.role === 'system' ? asName(message.type) : null,
  };
}

export const geminiCli: SourceModule = {
  source: 'gemini-cli',
  version: 4,
  forks: true,
  formats: [
    {
      kind: 'json',
      cut: { kind: 'session' },
      claim: firstClaim((record) =>
        typeof record.sessionId === 'string' &&
        ('projectHash' in record || 'startTime' in record) &&
        (Array.isArray(record.messages) || 'startTime' in record)
          ? { confidence: 0.96, why: 'It is a session with a `projectHash`, as Gemini CLI writes them.' }
          : null,
      ),
    },
    {
      kind: 'json',
      cut: { kind: 'whole', alsoLists: true },
      claim: ({ values, rows }) =>
        !rows && savedIn(values) !== null && (!isContents(values) || values.some(isOfAgent))
          ? { confidence: 0.85, why: 'It is a list of `role` and `parts`, as `/chat save` of Gemini CLI writes them.' }
          : null,
    },
    {
      kind: 'json',
      cut: { kind: 'grouped', keyOf: (value) => asId(asRecord(value)?.sessionId) },
      apart:
        'It holds the prompts alone; the sessions beside it hold them with their answers. Import it by itself where those are gone.',
      claim: firstClaim((record) =>
        isPrompt(record) ? { confidence: 0.9, why: 'It is the history of prompts that Gemini CLI keeps.' } : null,
      ),
    },
  ],
  // What the window says of a tool and its answer.
  aside: asideFields('displayName', 'description', 'resultDisplay', 'displayContent'),
  read: readSession,
};
