/**
 * The `llm` command: its `logs.db` → canonical. Pure: rows come in, records go out. The older tables hold a prompt with its
 * response (those of 2023 in one table, `llm-old-log.ts`); the newer ones (2026) hold messages known by their hash, in threads. Whichever is there is read.
 */
import type { CanonicalCitation, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart, inlinePart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { rawPart, toolCallPart, toolResultParts, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, asRecords, fromJson, type JsonRecord, toJson } from './json-value.ts';
import { hasOldLog } from './llm-old-log.ts';
import { logsOf } from './llm-tables.ts';
import { jsonReader, notAConversation } from './reading.ts';
import type { SourceModule } from './source-module.ts';

function readLog(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  if (record !== null && Array.isArray(record.messages)) return readThread(record, context);
  if (record === null || !Array.isArray(record.responses)) return notAConversation('The record has no responses.');
  const head = asRecord(record.conversation);
  const responses = asRecords(record.responses);
  const turns = responses.flatMap(turnsOf);
  const [first] = responses;
  const last = responses.at(-1);
  return buildConversation(
    {
      source: 'llm',
      externalId: asId(head?.id) ?? asId(first?.id),
      title: asName(head?.name),
      created: first?.datetime_utc,
      updated: last?.datetime_utc,
      model: asName(head?.model) ?? asName(first?.model),
    },
    turns,
    context,
    'responses',
  );
}

/** A prompt and its response. What tools answered before the prompt was sent stands with the prompt. */
function turnsOf(row: JsonRecord): Turn[] {
  const id = asId(row.id);
  const results = asRecords(row.tool_results).flatMap((result) => [
    ...toolResultParts(
      result.name,
      result.tool_call_id,
      asName(result.exception) ?? result.output,
      asName(result.exception) !== null,
    ),
    ...asRecords(result.attachments).map(attachmentPart),
  ]);
  const asked = [
    ...wordsPart(row.system, 'context'),
    ...asArray(row.system_fragments).flatMap((fragment) => wordsPart(fragment, 'context')),
    ...asArray(row.fragments).flatMap(fragmentPart),
    ...results,
    ...wordsPart(row.prompt),
    ...asRecords(row.attachments).map(attachmentPart),
  ];
  const calls = asRecords(row.tool_calls).map((call) => toolCallPart(call.name, call.tool_call_id, call.arguments));
  // A prompt without words goes on after tools were called: nobody wrote it.
  const human = asName(row.prompt) !== null || results.length === 0;
  return [
    {
      id: id === null ? null : `${id}/prompt`,
      role: 'user',
      kind: human ? 'human' : 'tool',
      parts: asked,
      time: row.datetime_utc,
    },
    {
      id,
      role: 'assistant',
      kind: 'model',
      parts: [
        ...thoughtsOf(row),
        ...asRecords(row.ran_there).flatMap(ranTherePart),
        ...wordsPart(row.response),
        ...calls,
      ],
      time: row.datetime_utc,
      model: asName(row.resolved_model) ?? asName(row.model),
    },
  ];
}

/** A tool that ran at the provider, while it answered. */
function ranTherePart(row: JsonRecord): CanonicalPart[] {
  const said = asRecord(fromJson(asName(row.content_json) ?? '')) ?? {};
  if (row.part_type === 'tool_call')
    return [toolCallPart(said.name, row.tool_call_id, said.arguments ?? row.content ?? said)];
  const output = asName(row.content) ?? said.output ?? said.content ?? said;
  return row.part_type === 'tool_result' ? toolResultParts(said.name, row.tool_call_id, output) : [rawPart(row)];
}

const thoughtsOf = (row: JsonRecord): CanonicalPart[] =>
  asName(row.reasoning) === null
    ? asArray(row.thoughts).flatMap((thought) => wordsPart(thought, 'reasoning'))
    : wordsPart(row.reasoning, 'reasoning');

const fragmentPart = (value: unknown): CanonicalPart[] => {
  const fragment = asRecord(value);
  const source = asName(fragment?.source);
  const url = source !== null && /^https?:/.test(source) ? source : null;
  const citations: CanonicalCitation[] =
    url === null ? [] : [{ start: null, end: null, url, title: null, snippet: null }];
  return wordsPart(fragment?.content ?? value, 'source').map((part) =>
    citations.length > 0 ? { ...part, citations } : part,
  );
};

const attachmentPart = (row: JsonRecord): CanonicalPart =>
  asName(row.base64) !== null ? inlinePart(row.base64, asName(row.type)) : pointedPart(row);

const pointedPart = (row: JsonRecord): CanonicalPart =>
  filePart({
    id: asId(row.id),
    name: asName(row.path) ?? asName(row.url),
    mime: asName(row.type),
    status: row.held === true ? 'skipped' : 'missing',
  });

function readThread(record: JsonRecord, context: SourceContext): Reading {
  const thread = asRecord(record.thread);
  const turns = asRecords(record.messages).map(threadTurn);
  const models = asRecords(record.turns).flatMap((turn) => asName(turn.resolved_model) ?? asName(turn.model) ?? []);
  return buildConversation(
    {
      source: 'llm',
      externalId: asId(thread?.id),
      title: asName(thread?.name),
      created: thread?.datetime_utc,
      model: models[0] ?? null,
      leaf: asName(thread?.tip_message_hash),
      flags: asName(thread?.forked_from) === null ? {} : { forked_from: asName(thread?.forked_from) },
    },
    turns,
    context,
  );
}

function threadTurn(message: JsonRecord): Turn {
  const said = asName(message.role);
  const role = said === 'user' || said === 'assistant' || said === 'tool' ? said : 'system';
  const kind = ({ user: 'human', assistant: 'model', tool: 'tool', system: 'runtime' } as const)[role];
  return {
    id: asId(message.hash),
    parent: asId(message.parent_hash),
    role,
    kind,
    parts: asRecords(message.parts).flatMap((part) => threadPart(part)),
    time: message.datetime_utc,
    model: role === 'assistant' ? asName(message.model) : null,
  };
}

function threadPart(part: JsonRecord): CanonicalPart[] {
  const payload = asRecord(part.payload);
  switch (part.type) {
    case 'text':
      return wordsPart(part.text);
    case 'reasoning':
      return wordsPart(part.text, 'reasoning');
    case 'tool_call':
      return [toolCallPart(part.tool_name, payload?.tool_call_id ?? payload?.id, payload?.arguments ?? part.text)];
    case 'tool_result':
      return toolResultParts(part.tool_name, payload?.tool_call_id, asName(part.text) ?? payload?.output);
    case 'attachment':
      return asRecords(part.attachments).map(attachmentPart);
    default:
      return [{ ...rawPart(part), json: toJson(part) ?? 'null' }];
  }
}

export const llm: SourceModule = {
  source: 'llm',
  version: 3,
  formats: [
    {
      kind: 'sqlite',
      cut: { kind: 'database', records: logsOf },
      claim: ({ tables }) => {
        const responses = tables.get('responses');
        const fits = responses?.includes('prompt') && responses.includes('response') && tables.has('conversations');
        return fits || (tables.has('threads') && tables.has('turns') && tables.has('parts')) || hasOldLog(tables)
          ? { confidence: 0.96, why: 'It is a database of prompts and responses, as the llm command logs them.' }
          : null;
      },
    },
  ],
  read: jsonReader(readLog),
};
