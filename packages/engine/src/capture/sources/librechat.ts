/**
 * LibreChat: one exported conversation, a tree of messages or a flat list → canonical. Pure. `exportAt` is no date, and the
 * conversation has none; a recursive export nests each answer in what it answers, as deep as the conversation is long.
 */
import type { CanonicalCitation, CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { contentOf, rawPart, toolCallPart, toolResultParts, unknownIssues, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, asRecords, asSize, isRecord, type JsonRecord } from './json-value.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { asideFields, type Claim, firstClaim, type Look, type SourceModule } from './source-module.ts';

/** What a first message names as its parent. */
const rootId = '00000000-0000-0000-0000-000000000000';

function readExport(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const externalId = asId(record?.conversationId);
  const title = asName(record?.title);
  const list = record?.messagesTree ?? record?.messages;
  if (record === null || !Array.isArray(list))
    return notAConversation('The export has no `messages`.', { externalId, title });
  const issues: CanonicalIssue[] = [];
  const turns = flat(list).map(({ value: message, parent }, ix) => turnOf(message, parent, ix, issues));
  const options = asRecord(record.options);
  return buildConversation(
    {
      source: 'librechat',
      externalId,
      title,
      created: record.createdAt ?? turns[0]?.time,
      updated: record.updatedAt ?? turns.at(-1)?.time,
      assistantId: asId(options?.agent_id) ?? asId(options?.assistant_id),
      model: asName(options?.model) ?? asName(record.model),
      flags: asName(record.endpoint) === null ? {} : { endpoint: asName(record.endpoint) },
    },
    turns,
    context,
    'messages',
    issues,
  );
}

/** Every message with the one it is nested in, parents first. A stack of its own: a tree may be deeper than the engine's. */
function flat(list: readonly unknown[]): { value: unknown; parent: string | null }[] {
  const all: { value: unknown; parent: string | null }[] = [];
  const stack = list.map((value) => ({ value, parent: null as string | null })).reverse();
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    all.push(at);
    const message = asRecord(at.value);
    const id = asId(message?.messageId);
    for (const child of asArray(message?.children).toReversed()) stack.push({ value: child, parent: id });
  }
  return all;
}

function turnOf(value: unknown, nested: string | null, ix: number, issues: CanonicalIssue[]): Turn {
  const message = asRecord(value);
  if (message === null) return { id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] };
  const sender = asName(message.sender);
  const human =
    message.isCreatedByUser === true || (message.isCreatedByUser === undefined && /^user$/i.test(sender ?? ''));
  const named = asId(message.parentMessageId);
  const parent = named === rootId ? null : (named ?? nested);
  const content = asArray(message.content);
  let parts: CanonicalPart[];
  if (content.length > 0) {
    parts = content.flatMap((block) => blockParts(block, `messages/${ix}`, issues));
    // The text counts where the blocks hold none: a request is written there alone.
    if (!parts.some((part) => part.kind === 'text')) parts.push(...wordsPart(message.text));
  } else parts = message.error === true ? wordsPart(message.text, 'error') : wordsPart(message.text);
  const files = [...asRecords(message.files), ...asRecords(message.attachments)];
  const citations = files.flatMap(citationsOf);
  const at = parts.findLastIndex((part) => part.kind === 'text');
  if (citations.length > 0 && at >= 0) parts = parts.with(at, { ...(parts[at] as CanonicalPart), citations });
  return {
    id: asId(message.messageId),
    ...(named === null && nested === null ? {} : { parent }),
    role: human ? 'user' : 'assistant',
    kind: human ? 'human' : 'model',
    name: human ? null : sender,
    // Words of an answer that were marked, to reply to them.
    parts: [
      ...asArray(message.quotes).flatMap((quote) => wordsPart(asName(quote) ?? asRecord(quote)?.text, 'context')),
      ...parts,
      ...files.flatMap(fileOf),
    ],
    time: message.createdAt,
    model: human ? null : asName(message.model),
    status: message.unfinished === true ? 'unfinished' : null,
  };
}

function blockParts(block: unknown, path: string, issues: CanonicalIssue[]): CanonicalPart[] {
  const record = asRecord(block);
  const call = asRecord(record?.tool_call);
  if (record?.type === 'tool_call' && call !== null) {
    const asked = asRecord(call.function) ?? call;
    const output = call.output ?? asRecord(call.function)?.output;
    const name = asked.name;
    return [
      toolCallPart(name, call.id, asked.args ?? asked.arguments ?? call.input),
      ...(output === undefined || output === null ? [] : toolResultParts(name, call.id, output)),
    ];
  }
  if (record?.type === 'think')
    return wordsPart(asName(record.think) ?? asName(asRecord(record.think)?.value), 'reasoning');
  // Marks where another agent took over; its name stands beside its words.
  if (record?.type === 'agent_update') return [];
  if (record?.type === 'error') return wordsPart(asName(record.error) ?? asName(record.text), 'error');
  const { parts, unknown } = contentOf([block]);
  issues.push(...unknownIssues(path, unknown));
  return parts;
}

function fileOf(file: JsonRecord): CanonicalPart[] {
  if (file.web_search !== undefined) return [];
  const text = asName(file.text);
  return [
    filePart({
      id: asId(file.file_id),
      name: asName(file.filename) ?? asName(file.name),
      mime: asName(file.type),
      size: asSize(file.bytes),
      status: text === null ? 'missing' : 'present',
      text,
    }),
  ];
}

function citationsOf(attachment: JsonRecord): CanonicalCitation[] {
  const found = asRecord(attachment.web_search);
  return [...asRecords(found?.organic), ...asRecords(found?.references)].flatMap((result): CanonicalCitation[] => {
    const url = asName(result.link) ?? asName(result.url);
    return url === null
      ? []
      : [{ start: null, end: null, url, title: asName(result.title), snippet: asName(result.snippet) }];
  });
}

const why = 'It has a `conversationId` and messages with `parentMessageId`, as LibreChat exports do.';

function claimOf(record: JsonRecord): Claim | null {
  if (typeof record.conversationId !== 'string') return null;
  if (Array.isArray(record.messagesTree)) return { confidence: 0.98, why };
  const [first] = asArray(record.messages);
  return isRecord(first) && 'messageId' in first ? { confidence: 0.98, why } : null;
}

/** One that is nested too deep to be looked into is known by how it begins. */
const begins = (head: string): boolean =>
  head.trimStart().startsWith('{') && head.includes('"conversationId"') && head.includes('"messagesTree"');
const claim = (look: Look): Claim | null =>
  firstClaim(claimOf)(look) ?? (begins(look.head) ? { confidence: 0.9, why } : null);

export const librechat: SourceModule = {
  source: 'librechat',
  version: 3,
  formats: [
    { kind: 'json', cut: { kind: 'whole' }, claim: (look) => (isList(look) || look.rows ? null : claim(look)) },
    {
      kind: 'json',
      cut: { kind: 'list' },
      claim: (look) => (isList(look) || look.rows ? firstClaim(claimOf)(look) : null),
    },
  ],
  aside: asideFields('exportAt'),
  read: jsonReader(readExport),
};

function isList(look: Look): boolean {
  return look.head.trimStart().startsWith('[');
}
