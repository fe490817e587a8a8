/**
 * Gemini CLI: one session file (`~/.gemini/tmp/<project>/chats/session-*.json`, or the same as JSON lines) → canonical. Pure.
 */
import type { AuthorKind, Role } from '@vivim/contract/conversation';
import type { CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { inlinePart, linkedPart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { contentOf, rawPart, toolCallPart, toolResultParts, unknownIssues, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';
import { badLineIssues, jsonLines, madeFrom, notAConversation } from './reading.ts';
import { asideFields, firstClaim, type SourceModule } from './source-module.ts';

function readSession(bytes: Buffer, context: SourceContext): Reading {
  const { values, bad, piece, first } = jsonLines(bytes);
  const rows = [isHead(first) ? first : null, ...values].filter(isRecord);
  const head = rows.find(isHead) ?? rows[0];
  const list = head === undefined ? null : messagesOf(head, rows);
  const externalId = asId(head?.sessionId);
  if (head === undefined || list === null) return notAConversation('The session has no messages.', { externalId });
  const issues: CanonicalIssue[] = badLineIssues(bad);
  const turns = list.map((message, ix) => turnOf(message, ix, issues));
  const reading = buildConversation(
    {
      source: 'gemini-cli',
      externalId: externalId === null || piece === 1 ? externalId : `${externalId}#${piece}`,
      title: asName(asRecord(written(rows, 'summary'))?.summary) ?? asName(head.summary) ?? asName(head.title),
      created: head.startTime,
      updated: asRecord(written(rows, 'lastUpdated'))?.lastUpdated ?? head.lastUpdated,
      projectId: asName(asArray(head.directories)[0]) ?? asName(head.projectHash),
      model: turns.findLast((turn) => (turn.model ?? null) !== null)?.model ?? null,
      flags: head.kind === 'subagent' ? { kind: 'subagent' } : {},
    },
    turns,
    context,
    'messages',
    issues,
  );
  return madeFrom(reading, [head, list]);
}

const isHead = (row: unknown): boolean => isRecord(row) && 'sessionId' in row && !('type' in row);

/**
 * The messages of the file, or its rows. A row that comes again replaces the one before, and so does what a `$set` row
 * writes; nothing is taken out.
 */
function messagesOf(head: JsonRecord, rows: readonly JsonRecord[]): readonly unknown[] | null {
  if (Array.isArray(head.messages)) return head.messages;
  const byId = new Map<string, JsonRecord>();
  const put = (row: JsonRecord, place: string): void => {
    byId.set(asId(row.id) ?? `#${place}`, row);
  };
  rows.forEach((row, ix) => {
    if (row !== head && 'type' in row) put(row, `${ix}`);
    const set = asRecords(asRecord(row.$set)?.messages);
    for (const [at, message] of set.entries()) put(message, `${ix}/${at}`);
  });
  return byId.size === 0 ? null : [...byId.values()];
}

/** What a `$set` row wrote last of a field of the session. */
const written = (rows: readonly JsonRecord[], field: string): unknown =>
  rows.findLast((row) => asRecord(row.$set)?.[field] !== undefined)?.$set;

/** What the program puts in front of a session in the person's name. */
const ofProgram = /^\s*<session_context>/;

const speakers: ReadonlyMap<string, { role: Role; kind: AuthorKind }> = new Map([
  ['user', { role: 'user', kind: 'human' }],
  ['gemini', { role: 'assistant', kind: 'model' }],
  ['model', { role: 'assistant', kind: 'model' }],
]);

function turnOf(value: unknown, ix: number, issues: CanonicalIssue[]): Turn {
  const message = asRecord(value);
  if (message === null) return { id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] };
  const speaker = speakers.get(asName(message.type) ?? '') ?? { role: 'system' as const, kind: 'runtime' as const };
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

/** Parts as the interface of Gemini writes them name no type: what they hold says it. */
function contentParts(content: unknown, kind: 'text' | 'error') {
  if (!Array.isArray(content)) return contentOf(isRecord(content) ? [content] : content, kind);
  const unknown = new Set<string>();
  const parts = content.flatMap((value): CanonicalPart[] => {
    const part = asRecord(value);
    const inline = asRecord(part?.inlineData);
    const file = asRecord(part?.fileData);
    const call = asRecord(part?.functionCall);
    const answer = asRecord(part?.functionResponse);
    if (inline !== null) return [inlinePart(inline.data, asName(inline.mimeType))];
    if (file !== null) return [linkedPart(file.fileUri)];
    if (call !== null) return [toolCallPart(call.name, call.id, call.args)];
    if (answer !== null) return toolResultParts(answer.name, answer.id, outputOf(answer.response));
    const read = contentOf([value], kind);
    for (const type of read.unknown) unknown.add(type);
    return read.parts;
  });
  return { parts, unknown: [...unknown] };
}

function callParts(call: JsonRecord): CanonicalPart[] {
  const asked = toolCallPart(call.name, call.id, call.args);
  const results = asRecords(call.result).map((entry) => asRecord(entry.functionResponse)?.response ?? entry);
  const output = results.length > 0 ? results.map(outputOf) : asName(call.resultDisplay);
  if (output === null) return [asked];
  const failed = call.status === 'error' || call.status === 'cancelled';
  return [
    asked,
    ...toolResultParts(call.name, call.id, Array.isArray(output) && output.length === 1 ? output[0] : output, failed),
  ];
}

/** `{output: "…"}` or `{error: "…"}`; anything else as it is. */
const outputOf = (response: unknown): unknown => {
  const record = asRecord(response);
  return asName(record?.output) ?? asName(record?.error) ?? response;
};

export const geminiCli: SourceModule = {
  source: 'gemini-cli',
  version: 2,
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
  ],
  sidecars: [
    {
      what: 'a history of prompts',
      content: true,
      fits: (record) => 'sessionId' in record && 'messageId' in record && typeof record.message === 'string',
    },
  ],
  // What the window says of a tool and its answer.
  aside: asideFields('displayName', 'description', 'resultDisplay', 'displayContent'),
  read: readSession,
};
