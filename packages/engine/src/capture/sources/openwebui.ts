/**
 * Open WebUI: its export of all chats, a single chat, or the `chat` table of its database → canonical. Pure. The messages stand
 * in `history.messages` with parents; what a model did stands in `output`, and again as `<details>` in the content, which
 * counts only where there is no `output`.
 */
import type { CanonicalCitation, CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart, linkedPart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { contentOf, rawPart, toolCallPart, toolResultParts, unknownIssues, wordsPart } from './content-blocks.ts';
import { unescapeHtml } from './html-text.ts';
import { asArray, asId, asName, asRecord, asRecords, asSize, isRecord, type JsonRecord } from './json-value.ts';
import { besidesChats, openWebUiSidecars } from './openwebui-kept.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { claimWhere, type SourceModule, type UploadedTables } from './source-module.ts';
import { speakerNamed } from './speakers.ts';
import { roleUnknown } from './tree-issues.ts';

const historyOf = (record: JsonRecord): JsonRecord | null => {
  const chat = asRecord(record.chat) ?? record;
  return asRecord(asRecord(chat.history)?.messages) !== null || Array.isArray(chat.messages) ? chat : null;
};

function readChat(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const chat = record === null ? null : historyOf(record);
  const externalId = asId(record?.id) ?? asId(chat?.id);
  const title = asName(record?.title) ?? asName(chat?.title);
  if (record === null || chat === null)
    return notAConversation('The chat has no `history` of messages.', { externalId, title });
  const history = asRecord(chat.history);
  const placed = asRecord(history?.messages);
  // Its first versions kept the list alone, beside a history that was empty.
  const mapped = Object.keys(placed ?? {}).length === 0 && asArray(chat.messages).length > 0 ? null : placed;
  // A message that names no parent hangs on the one that lists it among its children.
  const listedBy = new Map<unknown, string>();
  for (const [key, message] of Object.entries(mapped ?? {}))
    for (const child of asArray(asRecord(message)?.childrenIds)) if (child !== key) listedBy.set(child, key);
  const issues: CanonicalIssue[] = [];
  const list = asRecords(chat.messages);
  const named = list.length > 0 && list.every((message) => asId(message.id) !== null && 'parentId' in message);
  const turns =
    mapped === null
      ? asArray(chat.messages).map((message, ix) =>
          turnOf(message, named ? asId(asRecord(message)?.id) : null, `messages/${ix}`, issues),
        )
      : Object.entries(mapped).map(([key, message]) => {
          const turn = turnOf(message, key, `messages/${key.toWellFormed()}`, issues);
          return { ...turn, parent: turn.parent ?? listedBy.get(key) ?? null };
        });
  const [model] = asArray(chat.models);
  // What the person set for this chat alone is handed to the model in front of it.
  const setting = wordsPart(asRecord(chat.params)?.system ?? chat.system, 'context');
  const first = turns.findIndex(({ role, id }) => role === 'user' && id !== null);
  const spoken = turns.map((turn, ix) => (ix === first ? { ...turn, parts: [...setting, ...turn.parts] } : turn));
  return buildConversation(
    {
      source: 'openwebui',
      externalId,
      title,
      created: record.created_at ?? chat.timestamp,
      updated: record.updated_at,
      projectId: asId(record.folder_id),
      model: asName(model),
      leaf: asId(history?.currentId),
      flags: {
        ...(record.archived === true || record.archived === 1 ? { is_archived: true } : {}),
        ...(record.pinned === true || record.pinned === 1 ? { is_starred: true } : {}),
        ...tagsOf(record),
      },
    },
    spoken,
    context,
    'messages',
    issues,
  );
}

const tagsOf = (record: JsonRecord): { tags?: string[] } => {
  const tags = asArray(asRecord(record.meta)?.tags).flatMap((tag) => asName(tag) ?? []);
  return tags.length === 0 ? {} : { tags };
};

function turnOf(value: unknown, key: string | null, path: string, issues: CanonicalIssue[]): Turn {
  const message = asRecord(value);
  const said = asName(message?.role);
  const { role, kind } = speakerNamed(said);
  if (role === 'system') issues.push(...roleUnknown(path, said));
  const parts = message === null ? [rawPart(value)] : partsOf(message, path, issues);
  return {
    id: key ?? asId(message?.id),
    ...(key === null ? {} : { parent: asId(message?.parentId) }),
    role,
    kind,
    parts,
    time: message?.timestamp,
    model: role === 'assistant' ? (asName(message?.model) ?? asName(message?.modelName)) : null,
    status: message?.done === false ? 'unfinished' : null,
  };
}

function partsOf(message: JsonRecord, path: string, issues: CanonicalIssue[]): CanonicalPart[] {
  const output = asArray(message.output);
  // Qwen leaves the text empty, and lists one for each phase of its answer.
  const phases = asArray(message.content_list);
  const content = message.content === '' && phases.length > 0 ? phases : message.content;
  const words = typeof content === 'string' ? withDetails(content) : null;
  let parts: CanonicalPart[];
  if (output.length > 0) parts = output.flatMap((item) => outputParts(item, path, issues));
  else if (words !== null) parts = words;
  else {
    const read = contentOf(content);
    issues.push(...unknownIssues(path, read.unknown));
    parts = read.parts;
  }
  const citations = citationsOf(message);
  const at = parts.findLastIndex((part) => part.kind === 'text');
  if (citations.length > 0 && at >= 0) parts = parts.with(at, { ...(parts[at] as CanonicalPart), citations });
  const thought = asName(message.reasoning_content);
  if (thought !== null && !parts.some(({ kind }) => kind === 'reasoning'))
    parts = [{ kind: 'reasoning', text: thought }, ...parts];
  const error = asName(asRecord(message.error)?.content) ?? asName(message.error);
  // What several models answered, made into one answer.
  const merged = wordsPart(asRecord(message.merged)?.content);
  return [...parts, ...merged, ...asArray(message.files).map(fileOf), ...wordsPart(error, 'error')];
}

function outputParts(item: unknown, path: string, issues: CanonicalIssue[]): CanonicalPart[] {
  const record = asRecord(item);
  if (record?.type === 'message') {
    const { parts, unknown } = contentOf(record.content);
    issues.push(...unknownIssues(path, unknown));
    return parts;
  }
  const { parts, unknown } = contentOf([item]);
  issues.push(...unknownIssues(path, unknown));
  return parts;
}

const attribute = (attributes: string, name: string): string | null => {
  const match = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes);
  return match === null ? null : unescapeHtml(match[1] ?? '');
};

const opening = '<details';
const closing = '</details>';
/** The type stands first in the tag. */
const nearBytes = 200;

/** Reasoning and tools as older versions wrote them into the text. */
function withDetails(content: string): CanonicalPart[] {
  const parts: CanonicalPart[] = [];
  let from = 0;
  let end = -1;
  for (let at = content.indexOf(opening); at >= 0; at = content.indexOf(opening, at + 1)) {
    // Found once for all that open before it.
    if (end < at) end = content.indexOf(closing, at);
    if (end < 0) break;
    const type = attribute(content.slice(at, Math.min(at + nearBytes, end)), 'type');
    if (type !== 'reasoning' && type !== 'tool_calls' && type !== 'code_interpreter') continue;
    const tagEnd = content.indexOf('>', at);
    parts.push(...wordsPart(content.slice(from, at).trim()));
    from = end + closing.length;
    const attributes = content.slice(at, Math.min(tagEnd, end));
    parts.push(...detailParts(type, attributes, content.slice(Math.min(tagEnd + 1, end), end)));
    at = from - 1;
  }
  return [...parts, ...wordsPart(content.slice(from).trim())];
}

function detailParts(type: string, attributes: string, inner: string): CanonicalPart[] {
  const summaryEnd = inner.indexOf('</summary>');
  const body = unescapeHtml(summaryEnd < 0 ? inner : inner.slice(summaryEnd + '</summary>'.length)).trim();
  if (type === 'reasoning') return wordsPart(body.replace(/^> ?/gm, ''), 'reasoning');
  const name = attribute(attributes, 'name') ?? (type === 'code_interpreter' ? type : null);
  const id = attribute(attributes, 'id');
  const asked = attribute(attributes, 'arguments');
  const result =
    attribute(attributes, 'result') ??
    attribute(attributes, 'output') ??
    (asked === null && type !== 'code_interpreter' ? body : null);
  return [
    ...(asked === null && name === null ? [] : [toolCallPart(name, id, asked ?? body)]),
    ...(result === null || result === '' ? [] : toolResultParts(name, id, result)),
  ];
}

function fileOf(value: unknown): CanonicalPart {
  const entry = asRecord(value);
  if (entry === null) return rawPart(value);
  const url = asName(entry.url);
  if (entry.type === 'image' && url !== null) return linkedPart(url, 'image', asName(entry.name));
  const file = asRecord(entry.file) ?? entry;
  const meta = asRecord(file.meta);
  const text = asName(asRecord(file.data)?.content);
  return filePart({
    id: asId(entry.id) ?? asId(file.id),
    name: asName(entry.name) ?? asName(file.filename) ?? asName(meta?.name),
    mime: asName(meta?.content_type),
    size: asSize(meta?.size) ?? asSize(entry.size),
    status: text === null ? 'missing' : 'present',
    text,
  });
}

function citationsOf(message: JsonRecord): CanonicalCitation[] {
  const sources = [...asRecords(message.sources), ...asRecords(message.citations)];
  return sources.flatMap((source): CanonicalCitation[] => {
    const from = asRecord(source.source);
    const [snippet] = asArray(source.document);
    const [meta] = asRecords(source.metadata);
    const url = [from?.url, meta?.source, meta?.url].map(asName).find((found) => found?.startsWith('http')) ?? null;
    const title = asName(from?.name) ?? asName(meta?.title) ?? asName(meta?.name);
    if (url === null && title === null) return [];
    return [{ start: null, end: null, url, title, snippet: asName(snippet)?.slice(0, 1000) ?? null }];
  });
}

/** The `chat` table: the same record, its body as text. */
function* chatsOf(database: UploadedTables): Iterable<unknown> {
  const columns = ['id', 'title', 'chat', 'created_at', 'updated_at', 'archived', 'pinned', 'folder_id'];
  for (const row of database.rows('chat', columns)) {
    let chat: unknown = row.chat;
    try {
      chat = JSON.parse(String(row.chat));
    } catch {
      // Kept as it is: the reader says that it is no chat.
    }
    yield { ...row, chat };
  }
}

const isChat = (record: JsonRecord): boolean => {
  const chat = asRecord(record.chat) ?? record;
  const history = asRecord(chat.history);
  if (isRecord(history?.messages) && ('currentId' in history || 'current_id' in history)) return true;
  if (!isRecord(record.chat) || !Array.isArray(chat.messages)) return false;
  // A chat that was shared has no history beside its list, which names parents.
  return 'user_id' in record || asRecords(chat.messages).some((one) => 'parentId' in one && 'childrenIds' in one);
};

export const openwebui: SourceModule = {
  source: 'openwebui',
  version: 4,
  formats: [
    {
      kind: 'json',
      cut: { kind: 'list' },
      claim: claimWhere(isChat, 0.98, 'Its chats have a `history` of messages with parents, as Open WebUI exports do.'),
    },
    {
      kind: 'sqlite',
      cut: { kind: 'database', records: chatsOf },
      claim: ({ tables }) => {
        const columns = tables.get('chat');
        return columns?.includes('chat') && columns.includes('user_id')
          ? { confidence: 0.95, why: 'It is a database with a table of chats, as Open WebUI keeps them.' }
          : null;
      },
    },
  ],
  sidecars: openWebUiSidecars,
  besides: besidesChats,
  aside: (field, holder) =>
    // Beside what the model put out it says the same; with details in it, it was taken apart.
    field === 'content' &&
    typeof holder.content === 'string' &&
    (holder.content.includes(opening) || asArray(holder.output).length > 0),
  read: jsonReader(readChat),
};
