/**
 * AnythingLLM: the log of a workspace's chats as CSV, JSON or JSON lines (`prompt`, `response`, `sent_at`) → canonical. Pure. Threads
 * are not in it: all of a workspace, or of one person in it, is one conversation, and the report says so.
 */
import type { CanonicalCitation, CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { linkedPart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { rawPart, wordsPart } from './content-blocks.ts';
import { contentKey } from './content-key.ts';
import { csvTable } from './csv.ts';
import { asId, asName, asRecord, asRecords, asText, fromJson, type JsonRecord, toJson } from './json-value.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { claimWhere, type SourceModule } from './source-module.ts';
import { writtenTime } from './written-time.ts';

const isExchange = (record: JsonRecord): boolean =>
  typeof record.prompt === 'string' && 'response' in record && ('sent_at' in record || 'workspace' in record);

const nameOf = (value: unknown): string | null => asName(value) ?? asName(asRecord(value)?.name);

/** The workspace and who spoke in it; with a thread where a log names one. */
const holderOf = (record: JsonRecord): readonly string[] =>
  [record.workspace, record.thread ?? record.thread_slug, record.username ?? record.user].map(
    (name) => nameOf(name) ?? '',
  );

function keyOf(value: unknown): string | null {
  const record = asRecord(value);
  return record !== null && isExchange(record) ? JSON.stringify(holderOf(record)) : null;
}

/** Rows of a table as lists of records, one for each workspace and person. */
function splitTable(text: string): string[] {
  const [header, ...rows] = csvTable(text).rows;
  const names = header?.fields.map((name) => name.trim().toLowerCase()) ?? [];
  const groups = new Map<string, JsonRecord[]>();
  for (const { fields } of rows) {
    const record = Object.fromEntries(names.map((name, ix) => [name, fields[ix] ?? '']));
    const key = JSON.stringify(holderOf(record));
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return groups.size === 0 ? [text] : [...groups.values()].map((group) => toJson(group) ?? '[]');
}

function readExchanges(value: unknown, context: SourceContext): Reading {
  const exchanges = asRecords(Array.isArray(value) ? value : [value]).filter(isExchange);
  const [first] = exchanges;
  if (first === undefined) return notAConversation('The log has no exchanges of a prompt and a response.');
  const times = exchanges.map((exchange) => writtenTime(exchange.sent_at));
  const [begin, end] = [times[0]?.time.ms ?? null, times.at(-1)?.time.ms ?? null];
  // The newest may stand first.
  const backwards = begin !== null && end !== null && begin > end;
  const turns = exchanges.map((exchange, ix) => turnsOf(exchange, times[ix]));
  const [workspace, thread, user] = holderOf(first);
  return buildConversation(
    {
      source: 'anythingllm',
      externalId: null,
      key: `#${contentKey(['anythingllm', ...holderOf(first)])}`,
      title: [workspace, thread].filter((name) => name !== '').join(' / ') || null,
      created: backwards ? times.at(-1) : times[0],
      updated: backwards ? times[0] : times.at(-1),
      projectId: workspace || null,
      flags: user ? { user } : {},
    },
    (backwards ? turns.toReversed() : turns).flat(),
    context,
    'rows',
    exchanges.length > 1 && !thread ? [uncertain] : [],
  );
}

const uncertain: CanonicalIssue = {
  severity: 'note',
  code: 'conversation_uncertain',
  path: '',
  detail: 'AnythingLLM names no threads here: all chats of this workspace are one conversation, and may be several.',
};

function turnsOf(exchange: JsonRecord, time: unknown): Turn[] {
  const id = asId(exchange.id) ?? (typeof exchange.id === 'number' ? String(exchange.id) : null);
  const rating = exchange.rating ?? exchange.feedback ?? exchange.feedbackScore;
  const rated =
    rating === null || rating === undefined || rating === '' ? null : `rated ${asText(rating) ?? toJson(rating)}`;
  return [
    {
      id: id === null ? null : `${id}/prompt`,
      role: 'user',
      kind: 'human',
      name: nameOf(exchange.username),
      parts: [...wordsPart(exchange.prompt), ...filesOf(exchange)],
      time,
    },
    {
      id: id === null ? null : `${id}/response`,
      role: 'assistant',
      kind: 'model',
      parts: answerParts(exchange.response),
      model: modelOf(exchange),
      time,
      status: rated,
    },
  ];
}

/** Newer logs say what answered, among the measures of the answer. */
function modelOf(exchange: JsonRecord): string | null {
  const response = responseOf(exchange);
  return asName(asRecord(response?.metrics)?.model) ?? asName(asRecord(exchange.metrics)?.model);
}

/** What is kept of a response, where that is more than its words: as it is, or as JSON in a text. */
function responseOf({ response }: JsonRecord): JsonRecord | null {
  const text = asName(response);
  return asRecord(response) ?? (text?.startsWith('{') ? parsed(text) : null);
}

/** Pictures that came with the prompt: beside it, or in what is kept of the response. */
function filesOf(exchange: JsonRecord): CanonicalPart[] {
  const response = responseOf(exchange);
  const files = [...asRecords(exchange.attachments), ...asRecords(response?.attachments)];
  const seen = new Set<string>();
  return files.flatMap((file) => {
    const address = asName(file.image) ?? asName(file.contentString) ?? asName(file.url);
    if (address === null || seen.has(address)) return [];
    seen.add(address);
    return [linkedPart(address, file.type === 'image' ? 'image' : undefined, asName(file.name))];
  });
}

/** The words alone, or JSON in a text: `{text, sources}`. */
function answerParts(response: unknown): CanonicalPart[] {
  const text = asName(response);
  const record = asRecord(response) ?? (text?.startsWith('{') ? parsed(text) : null);
  if (record === null || typeof record.text !== 'string') return text === null ? [] : wordsPart(text);
  const citations = asRecords(record.sources).map(
    (source): CanonicalCitation => ({
      start: null,
      end: null,
      url: asName(source.url),
      title: asName(source.title),
      snippet: asName(source.text),
    }),
  );
  const words = wordsPart(record.text);
  if (words.length === 0) return citations.length === 0 ? [] : [rawPart(record)];
  return words.map((part) => (citations.length > 0 ? { ...part, citations } : part));
}

const parsed = (text: string): JsonRecord | null => asRecord(fromJson(text));

const why = 'It has a `prompt`, a `response` and when it was sent, as logs of AnythingLLM have.';

export const anythingllm: SourceModule = {
  source: 'anythingllm',
  version: 3,
  formats: [
    { kind: 'json', cut: { kind: 'grouped', keyOf }, claim: claimWhere(isExchange, 0.9, why) },
    {
      kind: 'text',
      cut: { kind: 'pieces', split: splitTable },
      claim: ({ head }) => {
        const [header] = csvTable(head.slice(0, 2_000)).rows;
        const names = header?.fields.map((name) => name.trim().toLowerCase()) ?? [];
        return ['prompt', 'response', 'sent_at'].every((name) => names.includes(name))
          ? { confidence: 0.93, why }
          : null;
      },
    },
  ],
  read: jsonReader(readExchanges),
};
