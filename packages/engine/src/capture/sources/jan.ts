/**
 * Jan: the messages of one thread (`threads/<id>/messages.jsonl`), its title from the `thread.json` beside it where both come in one
 * archive → canonical. Pure.
 */
import type { CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { contentOf, rawPart, toolCallPart, toolResultParts, unknownIssues, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';
import { badLineIssues, jsonLines, madeFrom, notAConversation } from './reading.ts';
import { claimWhere, type SourceModule } from './source-module.ts';
import { speakerNamed } from './speakers.ts';
import { roleUnknown } from './tree-issues.ts';

function readThread(bytes: Buffer, context: SourceContext): Reading {
  const { values, bad, piece } = jsonLines(bytes);
  const [only] = values;
  const rows = values.length === 1 && Array.isArray(only) ? only : values;
  const messages = rows.filter(isRecord);
  if (messages.length === 0) return notAConversation('The thread has no messages.');
  const thread = asName(messages.find((message) => asId(message.thread_id) !== null)?.thread_id);
  const issues: CanonicalIssue[] = badLineIssues(bad);
  const turns = rows.map((row, ix) => turnOf(row, ix, issues));
  const reading = buildConversation(
    {
      source: 'jan',
      externalId: thread === null || piece === 1 ? thread : `${thread}#${piece}`,
      title: thread === null ? null : (context.titles.get(thread) ?? null),
      created: timeOf(messages[0]),
      updated: timeOf(messages.at(-1)),
      assistantId: asName(messages.find((message) => asId(message.assistant_id) !== null)?.assistant_id),
      model: turns.findLast((turn) => (turn.model ?? null) !== null)?.model ?? null,
    },
    turns,
    context,
    'rows',
    issues,
  );
  return madeFrom(reading, rows);
}

const timeOf = (message: JsonRecord | undefined): unknown => message?.created_at ?? message?.created;

function turnOf(value: unknown, ix: number, issues: CanonicalIssue[]): Turn {
  const message = asRecord(value);
  if (message === null) return { id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] };
  const said = asName(message.role);
  const { role, kind } = speakerNamed(said);
  if (role === 'system') issues.push(...roleUnknown(`rows/${ix}`, said));
  const { parts, unknown } = contentOf(message.content);
  issues.push(...unknownIssues(`rows/${ix}`, unknown));
  const metadata = asRecord(message.metadata);
  const files = asRecords(message.attachments).map((file) =>
    filePart({ id: asId(file.file_id), name: asName(file.name) }),
  );
  return {
    id: asId(message.id),
    role,
    kind,
    parts: [
      ...wordsPart(message.reasoning_content, 'reasoning'),
      ...parts,
      ...calledBeside(metadata, parts),
      ...files,
      ...wordsPart(message.error, 'error'),
    ],
    time: timeOf(message),
    model: role === 'assistant' ? (asName(message.model) ?? asName(asRecord(metadata?.assistant)?.model)) : null,
    status: asName(message.status),
  };
}

/** Calls and what they gave stand beside the message in most versions; one that stands among its parts too comes once. */
function calledBeside(metadata: JsonRecord | null, parts: readonly CanonicalPart[]): CanonicalPart[] {
  const shown = new Set(parts.map(({ toolCallId }) => toolCallId));
  return asRecords(metadata?.tool_calls).flatMap((call): CanonicalPart[] => {
    const named = asRecord(asRecord(call.tool)?.function) ?? asRecord(call.function) ?? call;
    const id = asId(call.id) ?? asId(asRecord(call.tool)?.id);
    if (id !== null && shown.has(id)) return [];
    const response = asRecord(call.response);
    const given =
      response === null ? [] : toolResultParts(named.name, id, response.content ?? response.error ?? response);
    return [toolCallPart(named.name, id, named.arguments ?? named.input), ...given];
  });
}

const isMessage = (record: JsonRecord): boolean =>
  record.object === 'thread.message' ||
  ('thread_id' in record && typeof record.role === 'string' && 'content' in record);

export const jan: SourceModule = {
  source: 'jan',
  version: 2,
  formats: [
    {
      kind: 'json',
      cut: { kind: 'session' },
      claim: claimWhere(isMessage, 0.95, 'Its rows are messages of a thread, as Jan keeps them.'),
    },
  ],
  sidecars: [
    {
      what: 'the name of a thread',
      content: false,
      fits: (record) => record.object === 'thread' || (Array.isArray(record.assistants) && 'created' in record),
      names: (record) => {
        const id = asId(record.id);
        const title =
          asName(record.title) ?? asName(asArray(record.metadata)[0]) ?? asName(asRecord(record.metadata)?.title);
        return id === null || title === null ? null : { id, title };
      },
    },
  ],
  read: readThread,
};
