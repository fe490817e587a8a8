/**
 * Claude Design: one chat of it, as Claude's export holds it in a file of its own (`design_chats/…`) → canonical. Pure. Another
 * product than Claude's conversations, with a source of its own: beside those it is only named.
 */
import type { CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { claudeParts } from './claude-blocks.ts';
import { rawPart, toolCallPart, toolResultParts, unknownIssues, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { claimWhere, type SourceModule } from './source-module.ts';

function readDesignChat(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const externalId = asId(record?.uuid);
  const title = asName(record?.title) ?? asName(record?.name);
  if (record === null || !Array.isArray(record.messages))
    return notAConversation('The chat has no `messages`.', { externalId, title });
  const issues: CanonicalIssue[] = [];
  const turns = record.messages.map((message: unknown, ix) => turnOf(message, ix, issues));
  const project = asRecord(record.project);
  return buildConversation(
    {
      source: 'claude-design',
      externalId,
      title,
      created: record.created_at,
      updated: record.updated_at,
      projectId: asId(project?.uuid),
      flags: asName(project?.name) === null ? {} : { project: asName(project?.name) },
    },
    turns,
    context,
    'messages',
    issues,
  );
}

function turnOf(value: unknown, ix: number, issues: CanonicalIssue[]): Turn {
  const message = asRecord(value);
  if (message === null) return { id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] };
  const human = message.role === 'user' || message.role === 'human';
  const known = human || message.role === 'assistant';
  // The words of a person stand in `content.content`, those of the model in blocks.
  const content = asRecord(message.content) ?? { content: message.content };
  const { parts, unknown } = partsOf(content);
  issues.push(...unknownIssues(`messages/${ix}`, unknown));
  return {
    id: asId(message.uuid),
    role: human ? 'user' : known ? 'assistant' : 'system',
    kind: human ? 'human' : known ? 'model' : 'runtime',
    parts,
    time: content.timestamp ?? message.created_at,
    name: human ? asName(content.authorName) : null,
  };
}

function partsOf(content: JsonRecord): { parts: CanonicalPart[]; unknown: string[] } {
  const unknown: string[] = [];
  const blocks = Array.isArray(content.contentBlocks) ? content.contentBlocks : asArray(content.content);
  const parts = [
    ...(typeof content.content === 'string' ? wordsPart(content.content) : []),
    ...blocks.flatMap((block: unknown): CanonicalPart[] => {
      const call = asRecord(asRecord(block)?.toolCall);
      if (call !== null) return callParts(call);
      const read = claudeParts({ content: [block] });
      unknown.push(...read.unknown);
      return read.parts;
    }),
    ...claudeParts({ content: [], attachments: content.attachments, files: content.files }).parts,
  ];
  const changes = asRecord(content.turnChanges);
  const changed = changes !== null && Object.values(changes).some((list) => asArray(list).length > 0);
  return { parts: changed ? [...parts, rawPart({ turnChanges: changes })] : parts, unknown };
}

const callParts = (call: JsonRecord): CanonicalPart[] => [
  toolCallPart(call.name, call.id, call.input),
  ...(call.output === undefined || call.output === null
    ? []
    : toolResultParts(call.name, call.id, call.output, call.is_error === true || call.isError === true)),
];

const isDesignChat = (record: JsonRecord): boolean =>
  typeof record.uuid === 'string' &&
  isRecord(record.project) &&
  Array.isArray(record.messages) &&
  asRecords(record.messages).every((message) => isRecord(message.content) || typeof message.content === 'string');

export const claudeDesign: SourceModule = {
  source: 'claude-design',
  formats: [
    {
      kind: 'json',
      cut: { kind: 'list' },
      apart: 'It is a chat of Claude Design, another product. To bring it in, import this file by itself.',
      claim: claimWhere(isDesignChat, 0.93, 'It has a `project` and `messages`, as chats of Claude Design have.'),
    },
  ],
  keepsRaw: true,
  read: jsonReader(readDesignChat),
};
