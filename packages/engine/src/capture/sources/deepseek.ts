/**
 * DeepSeek: its export (`mapping` of nodes with fragments, or older ones with plain content), and a conversation as the site's
 * own interface gives it → canonical. Pure. Nodes name no role: a fragment of the type REQUEST is the person's, and in older
 * exports person and model take turns. Ids of nodes are unique only within their conversation.
 */
import type { CanonicalCitation, CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { rawPart, unknownIssues, wordsPart } from './content-blocks.ts';
import {
  asArray,
  asId,
  asName,
  asNumber,
  asRecord,
  asRecords,
  asSize,
  isRecord,
  type JsonRecord,
} from './json-value.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { type Claim, firstClaim, type SourceModule } from './source-module.ts';

function readDeepSeek(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const live = record === null ? null : liveOf(record);
  if (live !== null) return readLive(live.session, live.messages, context);
  const mapping = asRecord(record?.mapping);
  const externalId = asId(record?.id);
  const title = asName(record?.title);
  if (record === null || mapping === null)
    return notAConversation('The conversation has no `mapping` of messages.', { externalId, title });
  const issues: CanonicalIssue[] = [];
  const parents = parentsOf(mapping);
  const depths = depthsOf(parents);
  const turns = Object.entries(mapping).flatMap(([key, node]): Turn[] => {
    const message = asRecord(node)?.message ?? null;
    return message === null ? [] : [turnOf(message, key, parents.get(key) ?? null, depths.get(key) ?? 0, issues)];
  });
  return buildConversation(
    {
      source: 'deepseek',
      externalId,
      title,
      created: record.inserted_at,
      updated: record.updated_at,
      model: turns.findLast((turn) => (turn.model ?? null) !== null)?.model ?? null,
      leaf: asName(record.current_node) ?? asId(record.current_message_id),
    },
    turns,
    context,
    'mapping',
    issues,
  );
}

/** The message each message answers: nodes that hold none are passed over. Null is a beginning; one not there keeps its name. */
function parentsOf(mapping: JsonRecord): ReadonlyMap<string, string | null> {
  const holds = (key: string) => (asRecord(mapping[key])?.message ?? null) !== null;
  const above = (key: string) => asId(asRecord(mapping[key])?.parent);
  /** Of a node that holds nothing: the nearest above it that does. */
  const holders = new Map<string, string | null>();
  const holderOf = (start: string | null): string | null => {
    const path = new Set<string>();
    let key = start;
    while (key !== null && Object.hasOwn(mapping, key) && !holds(key) && !holders.has(key) && !path.has(key)) {
      path.add(key);
      key = above(key);
    }
    const circle = key !== null && path.has(key);
    const found =
      key === null || circle || key === 'root' ? null : (holders.get(key) ?? (holders.has(key) ? null : key));
    for (const passed of path) holders.set(passed, found);
    return found;
  };
  return new Map(Object.keys(mapping).map((key) => [key, holderOf(above(key))]));
}

/** How many messages stand above each node. */
function depthsOf(parents: ReadonlyMap<string, string | null>): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  for (const start of parents.keys()) {
    const path = new Set<string>();
    let key: string | null = start;
    while (key !== null && !depths.has(key) && !path.has(key)) {
      path.add(key);
      key = parents.get(key) ?? null;
    }
    let depth = key === null ? -1 : (depths.get(key) ?? -1);
    for (const at of [...path].reverse()) {
      depth += 1;
      depths.set(at, depth);
    }
  }
  return depths;
}

const why = 'Its conversations have a `mapping` and `inserted_at`, as DeepSeek exports do.';

function turnOf(value: unknown, key: string, parent: string | null, depth: number, issues: CanonicalIssue[]): Turn {
  const message = asRecord(value);
  if (message === null) return { id: key, parent, role: 'system', kind: 'runtime', parts: [rawPart(value)] };
  const fragments = asRecords(message.fragments);
  const said = asName(message.role)?.toLowerCase();
  const human =
    said === undefined
      ? fragments.length > 0
        ? fragments.some((fragment) => fragment.type === 'REQUEST')
        : depth % 2 === 0
      : said === 'user';
  const { parts, unknown } = Array.isArray(message.fragments) ? fragmentParts(message.fragments) : plainParts(message);
  issues.push(...unknownIssues(`mapping/${key.toWellFormed()}`, unknown));
  return {
    id: key,
    parent,
    role: human ? 'user' : 'assistant',
    kind: human ? 'human' : 'model',
    parts: [...parts, ...asArray(message.files).map(fileOf)],
    time: message.inserted_at,
    model: human ? null : asName(message.model),
    status: asName(message.status),
  };
}

function fragmentParts(fragments: readonly unknown[]): { parts: CanonicalPart[]; unknown: string[] } {
  const unknown: string[] = [];
  const citations: CanonicalCitation[] = [];
  const parts = fragments.flatMap((value): CanonicalPart[] => {
    const fragment = asRecord(value);
    const type = asName(fragment?.type) ?? '';
    citations.push(...resultsOf(fragment?.results));
    switch (type) {
      case 'REQUEST':
      case 'RESPONSE':
      case 'TEMPLATE_RESPONSE':
        return wordsPart(fragment?.content);
      case 'THINK':
        return wordsPart(fragment?.content, 'reasoning');
      case 'SEARCH':
      case 'TOOL_SEARCH':
        return wordsPart(fragment?.content, 'tool_result');
      case 'TOOL_OPEN':
      case 'READ_LINK':
        citations.push(...resultsOf([fragment?.result]), ...asArray(fragment?.urls).flatMap(linkTo));
        return wordsPart(fragment?.content, 'tool_result');
      case 'ERROR':
      case 'TIP':
        return wordsPart(fragment?.content, 'error');
      default:
        unknown.push(type === '' ? 'fragment' : type);
        return [rawPart(value)];
    }
  });
  return { parts: cited(parts, citations), unknown: [...new Set(unknown)] };
}

function plainParts(message: JsonRecord): { parts: CanonicalPart[]; unknown: string[] } {
  const thought = wordsPart(message.reasoning_content ?? message.thinking_content, 'reasoning');
  return { parts: cited([...thought, ...wordsPart(message.content)], resultsOf(message.search_results)), unknown: [] };
}

const linkTo = (value: unknown): CanonicalCitation[] => {
  const url = asName(value);
  return url === null ? [] : [{ start: null, end: null, url, title: null, snippet: null }];
};

const resultsOf = (results: unknown): CanonicalCitation[] =>
  asRecords(results).flatMap((result) => {
    const url = asName(result.url);
    return url === null
      ? []
      : [{ start: null, end: null, url, title: asName(result.title), snippet: asName(result.snippet) }];
  });

/** What was found belongs to the answer that was written from it. */
function cited(parts: CanonicalPart[], citations: readonly CanonicalCitation[]): CanonicalPart[] {
  const at = parts.findLastIndex((part) => part.kind === 'text');
  return citations.length === 0 || at < 0 ? parts : parts.with(at, { ...(parts[at] as CanonicalPart), citations });
}

function fileOf(value: unknown): CanonicalPart {
  const file = asRecord(value);
  return filePart({
    id: asId(file?.id) ?? asId(file?.file_id) ?? asName(value),
    name: asName(file?.file_name) ?? asName(file?.name),
    size: asSize(file?.file_size) ?? asSize(file?.size),
  });
}

/** `{chat_session, chat_messages}`, bare or in the envelopes of the site's interface. */
function liveOf(record: JsonRecord): { session: JsonRecord; messages: readonly unknown[] } | null {
  const data = asRecord(record.data);
  for (const place of [record, data, asRecord(data?.biz_data)]) {
    const session = asRecord(place?.chat_session);
    if (session !== null && Array.isArray(place?.chat_messages)) return { session, messages: place.chat_messages };
  }
  return null;
}

function readLive(session: JsonRecord, messages: readonly unknown[], context: SourceContext): Reading {
  const issues: CanonicalIssue[] = [];
  const turns = messages.map((value): Turn => {
    const message = asRecord(value);
    const key = numbered(message?.message_id);
    if (key === null) return { id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] };
    return turnOf(value, key, numbered(message?.parent_id), 0, issues);
  });
  return buildConversation(
    {
      source: 'deepseek',
      externalId: asId(session.id),
      title: asName(session.title),
      created: session.inserted_at,
      updated: session.updated_at,
      leaf: numbered(session.current_message_id),
    },
    turns,
    context,
    'chat_messages',
    issues,
  );
}

const numbered = (value: unknown): string | null => asName(value) ?? asNumber(value)?.toString() ?? null;

function claimOf(record: JsonRecord): Claim | null {
  if (isRecord(record.mapping) && 'inserted_at' in record) return { confidence: 0.98, why };
  return liveOf(record) === null
    ? null
    : { confidence: 0.96, why: 'It has a `chat_session` with its messages, as the site of DeepSeek gives them.' };
}

export const deepseek: SourceModule = {
  source: 'deepseek',
  version: 2,
  formats: [{ kind: 'json', cut: { kind: 'list' }, claim: firstClaim(claimOf) }],
  sidecars: [
    {
      what: 'the account',
      content: false,
      fits: (record) => 'user_id' in record && ('email' in record || 'mobile_number' in record),
      account: (record) => asId(record.user_id),
    },
  ],
  read: jsonReader(readDeepSeek),
};
