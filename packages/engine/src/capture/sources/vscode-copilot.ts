/**
 * GitHub Copilot in VS Code: a chat as "Chat: Export Chat" saves it, or as the editor keeps it (`chatSessions/<id>.json`, since 2026
 * `.jsonl`) → canonical. Pure. Each request is a prompt and what was answered: words, thinking, tools, edits.
 */
import type { CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { rawPart, toolCallPart, unknownIssues, wordsPart } from './content-blocks.ts';
import { isEvent, readEvents } from './copilot-events.ts';
import { asArray, asId, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';
import { badLineIssues, jsonLines, madeFrom, notAConversation, skippedReading } from './reading.ts';
import { asideFields, claimWhere, type SourceModule } from './source-module.ts';
import { askedBack, attached, callParts, type ToldCalls, toldCalls, wordsIn } from './vscode-calls.ts';
import { isLogLine, type ReplayedChat, replayed } from './vscode-log.ts';

function readFile(bytes: Buffer, context: SourceContext): Reading {
  const lines = jsonLines(bytes);
  const { values, bad } = lines;
  const [first] = values;
  if (values.length === 0) return skippedReading('json_invalid', 'The entry is not valid JSON.');
  if (values.some((value) => isRecord(value) && isEvent(value))) return readEvents(lines, context);
  if (!isRecord(first) || 'requests' in first) return madeFrom(readChat(first, context), [first]);
  const log = replayed(values);
  if (log === null) return notAConversation('The log has no line that holds the whole chat.');
  const unfit: CanonicalIssue[] =
    log.unfit === 0
      ? []
      : [
          {
            severity: 'degraded',
            code: 'rows_not_read',
            path: '',
            detail: `${log.unfit} changes of the log fit nothing in its chat; they are kept in the raw record alone.`,
          },
        ];
  const reading = readChat(log.chat, context, log.removed);
  const issues = [...badLineIssues(bad), ...unfit];
  return madeFrom(reading.outcome === 'skipped' ? reading : { ...reading, issues: [...issues, ...reading.issues] }, [
    log.chat,
    log.removed,
  ]);
}

/** @param removed requests a log took out: branches of their own */
function readChat(value: unknown, context: SourceContext, removed: ReplayedChat['removed'] = []): Reading {
  const record = asRecord(value);
  const externalId = asId(record?.sessionId);
  const title = asName(record?.customTitle);
  if (record === null || !Array.isArray(record.requests) || record.requests.length === 0)
    return notAConversation('The chat has no `requests`.', { externalId, title });
  const issues: CanonicalIssue[] = [];
  const standing = record.requests.map((request: unknown, ix) => turnsOf(request, ix, issues));
  const answerOf = new Map(standing.map(([asked, answer]) => [asked?.id ?? null, answer?.id ?? null]));
  const gone = removed.flatMap(({ request, after }, ix) => {
    const [asked, ...rest] = turnsOf(request, standing.length + ix, issues);
    const turns =
      asked === undefined ? [] : [{ ...asked, parent: after === null ? null : (answerOf.get(after) ?? null) }, ...rest];
    answerOf.set(asked?.id ?? null, rest[0]?.id ?? null);
    return turns;
  });
  const [begin, ...others] = standing.flat();
  const turns = begin === undefined ? gone : [...gone, { ...begin, parent: null }, ...others];
  const requests = asRecords(record.requests);
  return buildConversation(
    {
      source: 'vscode-copilot',
      externalId,
      title,
      created: record.creationDate ?? requests[0]?.timestamp,
      updated: record.lastMessageDate ?? requests.at(-1)?.timestamp,
      model: asName(requests.findLast((request) => asName(request.modelId) !== null)?.modelId),
    },
    turns,
    context,
    'requests',
    issues,
  );
}

function turnsOf(value: unknown, ix: number, issues: CanonicalIssue[]): Turn[] {
  const request = asRecord(value);
  if (request === null) return [{ id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] }];
  const unknown: string[] = [];
  const told = toldCalls(request);
  const answer = joined(asArray(request.response).flatMap((part) => answerParts(part, told, unknown)));
  const error = asRecord(asRecord(request.result)?.errorDetails);
  issues.push(...unknownIssues(`requests/${ix}`, unknown));
  const id = asId(request.requestId);
  return [
    {
      id,
      role: 'user',
      kind: 'human',
      parts: [...asked(request.message), ...asRecords(asRecord(request.variableData)?.variables).flatMap(attached)],
      time: request.timestamp,
    },
    {
      id: asId(request.responseId) ?? (id === null ? null : `${id}/response`),
      role: 'assistant',
      kind: 'model',
      parts: [...answer, ...wordsPart(error?.message, 'error')],
      time: request.timestamp,
      model: asName(asRecord(asRecord(request.result)?.metadata)?.resolvedModel) ?? asName(request.modelId),
      status: request.isCanceled === true ? 'cancelled' : null,
    },
  ];
}

function asked(message: unknown): CanonicalPart[] {
  const record = asRecord(message);
  const parts = asRecords(record?.parts).flatMap((part) => asName(part.text) ?? []);
  return wordsPart(asName(message) ?? asName(record?.text) ?? parts.join(''));
}

/** Words come in pieces, cut where a file is named. */
function joined(parts: readonly CanonicalPart[]): CanonicalPart[] {
  const found: CanonicalPart[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (last?.kind === 'text' && part.kind === 'text')
      found[found.length - 1] = { ...last, text: `${last.text}${part.text}` };
    else found.push(part);
  }
  return found;
}

/** Of the window: nothing of it was said. */
const shownOnly = new Set([
  'progressMessage',
  'progressTaskSerialized',
  'codeblockUri',
  'undoStop',
  'mcpServersStarting',
  'prepareToolInvocation',
  'confirmation',
  'command',
  'clearToPreviousToolInvocation',
  'disabledClaudeHooks',
  'multiDiffData',
  'mcpServersStartingSerialized',
  'extensions',
  'treeData',
  'hook',
  'autoModeResolution',
]);

function answerParts(value: unknown, told: ToldCalls, unknown: string[]): CanonicalPart[] {
  const part = asRecord(value);
  if (part === null) return wordsPart(value);
  switch (part.kind) {
    case undefined:
    case null:
    case 'markdownContent':
    case 'markdownVuln':
      return wordsPart(wordsIn(part.value ?? part.content));
    case 'thinking':
      return wordsPart(wordsIn(part.value), 'reasoning');
    case 'inlineReference':
      return wordsPart(referenceOf(part));
    case 'toolInvocationSerialized':
    case 'toolInvocation':
      return callParts(part, told);
    case 'textEditGroup':
    case 'notebookEditGroup':
    case 'workspaceEdit':
      return [toolCallPart('edit', null, { uri: part.uri, edits: part.edits })];
    case 'elicitation':
    case 'elicitationSerialized':
    case 'elicitation2':
    case 'questionCarousel':
      return askedBack(part);
    case 'warning':
    case 'errorDetails':
      return wordsPart(wordsIn(part.content), 'error');
    default:
      if (typeof part.kind === 'string' && shownOnly.has(part.kind)) return [];
      unknown.push(asName(part.kind) ?? 'response');
      return [rawPart(part)];
  }
}

function referenceOf(part: JsonRecord): string | null {
  const target = asRecord(part.inlineReference);
  const uri = asRecord(target?.uri) ?? target;
  const name = asName(part.name) ?? asName(target?.name) ?? asName(uri?.path)?.split('/').at(-1) ?? null;
  return name === null ? null : `\`${name}\``;
}

const isChat = (record: JsonRecord): boolean =>
  Array.isArray(record.requests) &&
  ('responderUsername' in record || 'requesterUsername' in record || 'sessionId' in record) &&
  record.requests.slice(0, 3).every((request: unknown) => isRecord(request) && 'message' in request);

export const vscodeCopilot: SourceModule = {
  source: 'vscode-copilot',
  version: 3,
  formats: [
    {
      kind: 'json',
      cut: { kind: 'session' },
      claim: (look) =>
        look.rows && asRecords(look.values).filter(isEvent).length * 2 > look.values.length
          ? {
              confidence: 0.94,
              why: 'Its rows are events of a session, as the command line of GitHub Copilot logs them.',
            }
          : null,
    },
    {
      kind: 'json',
      cut: { kind: 'whole' },
      claim: claimWhere(
        (record) => isLogLine(record) || isChat(record),
        0.96,
        'It has `requests` with their responses, as chats of Copilot in VS Code have.',
      ),
    },
  ],
  // What the editor put around a prompt, and what it suggested.
  aside: asideFields(
    'responderUsername',
    'requesterUsername',
    'agent',
    'followups',
    'metadata',
    'inputState',
    'variableData',
    'usedContext',
    'editedFileEvents',
    'slashCommand',
  ),
  read: readFile,
};
