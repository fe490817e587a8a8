/**
 * Chat messages as the interfaces of OpenAI and Anthropic take and give them, in fine-tuning sets, batch files and logs of requests: a
 * conversation a line, or a list of them → canonical. Pure. There are no ids and no times; a conversation is known by all it holds.
 */
import type { CanonicalIssue, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn, wholeKey } from './build-conversation.ts';
import { contentOf, openAiCalls, toolResultParts, unknownIssues, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';
import { answerOf, isLogged, listsMessages, messagesOf, requestOf } from './openai-requests.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { asideFields, type Claim, firstClaim, type Look, type SourceModule } from './source-module.ts';
import { chatSpeakers, model, person, tool } from './speakers.ts';

function readOpenAi(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const found = record === null ? null : messagesOf(record);
  if (record === null || found === null) return notAConversation('The entry has no list of `messages`.');
  const issues: CanonicalIssue[] = [];
  const { asked: before, rejected, answered } = found;
  const names = toolNames([...before, ...rejected, ...answered]);
  let ix = 0;
  const read = (entry: unknown): Turn => {
    const { turn, unknown } = turnOf(entry, names);
    issues.push(...unknownIssues(`messages/${ix++}`, unknown));
    return turn;
  };
  // An answer that was passed over stands beside the one that was taken.
  const parent = rejected.length === 0 || before.length === 0 ? null : 'asked';
  const beside = (turn: Turn, at: number): Turn => (rejected.length > 0 && at === 0 ? { ...turn, parent } : turn);
  const turns = [
    ...before
      .map(read)
      .map((turn, at) => (parent !== null && at === before.length - 1 ? { ...turn, key: parent } : turn)),
    ...rejected.map(read).map(beside),
    ...answered.map(read).map(beside),
  ];
  const answer = answerOf(record);
  const asked = requestOf(record);
  return buildConversation(
    {
      source: 'openai',
      externalId: asId(record.custom_id),
      key: wholeKey('openai', record),
      title: asName(asRecord(record.metadata)?.title) ?? asName(record.title),
      created: answer.created ?? record.created_at ?? record.timestamp,
      model: asName(answer.model) ?? asName(asked.model),
      flags: asArray(asked.tools).length > 0 ? { tools: asArray(asked.tools).length } : {},
    },
    turns,
    context,
    'messages',
    issues,
  );
}

/** The names of tools by the id of the call: an answer carries only the id. */
function toolNames(list: readonly unknown[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const message of asRecords(list)) {
    for (const call of asRecords(message.tool_calls)) {
      const id = asId(call.id);
      const name = asName(asRecord(call.function)?.name);
      if (id !== null && name !== null) names.set(id, name);
    }
  }
  return names;
}

/** One message of the chat interface. @param names of tools by the id of the call */
export function turnOf(entry: unknown, names: ReadonlyMap<string, string>): { turn: Turn; unknown: string[] } {
  const message = asRecord(entry) ?? { content: entry };
  const said = asName(message.role) ?? '';
  if (said === '' && typeof message.type === 'string' && message.content === undefined) return itemOf(message);
  // A role that is none is somebody's name.
  const speaker = chatSpeakers.get(said) ?? person;
  const name = asName(message.name) ?? (chatSpeakers.has(said) ? null : asName(message.role));
  if (speaker.kind === 'tool') {
    const id = asId(message.tool_call_id);
    const parts = toolResultParts(message.name ?? (id === null ? null : names.get(id)), id, message.content);
    return { turn: { id: null, ...speaker, name, parts }, unknown: [] };
  }
  const { parts, unknown } = contentOf(message.content);
  const thought = wordsPart(message.reasoning_content ?? message.reasoning, 'reasoning');
  const refused = wordsPart(message.refusal);
  return {
    turn: { id: null, ...speaker, name, parts: [...thought, ...parts, ...refused, ...openAiCalls(message)] },
    unknown,
  };
}

/** An item of the interface for responses that is no message: a thought, a call, what a call gave. */
function itemOf(item: JsonRecord): { turn: Turn; unknown: string[] } {
  const { parts, unknown } = contentOf([item]);
  const given = parts.every((part) => part.kind === 'tool_result' || part.kind === 'error') && parts.length > 0;
  return { turn: { id: null, ...(given ? tool : model), parts }, unknown };
}

/** What only this format has: calls of tools, weights, content in typed blocks. */
const isOfThisFormat = (value: unknown): boolean => {
  const message = asRecord(value);
  if (message === null) return false;
  const [block] = asArray(message.content);
  return (
    'tool_calls' in message ||
    'tool_call_id' in message ||
    'weight' in message ||
    'loss_weight' in message ||
    message.content === null ||
    (isRecord(block) && typeof block.type === 'string')
  );
};

/** Keys of the generic format: a conversation with one of them says it is that. */
const generic = ['externalId', 'createdAt', 'title'];

function claimOf(record: JsonRecord, rows: boolean): Claim | null {
  if (listsMessages(record.messages)) {
    const own = asArray(record.messages).some(isOfThisFormat) || 'tools' in record;
    if (generic.some((key) => key in record) || (!own && !rows)) return null;
    return { confidence: 0.94, why: 'Its entries are `messages` as the interface of OpenAI takes them.' };
  }
  return isLogged(record);
}

const claim = (look: Look): Claim | null => firstClaim((record) => claimOf(record, look.rows))(look);

export const openai: SourceModule = {
  source: 'openai',
  version: 2,
  formats: [
    { kind: 'json', cut: { kind: 'lines', twins: true }, claim: (look) => (look.rows ? claim(look) : null) },
    { kind: 'json', cut: { kind: 'list', twins: true }, claim: (look) => (look.rows ? null : claim(look)) },
  ],
  // Definitions of tools.
  aside: asideFields('tools', 'functions', 'response_format'),
  read: jsonReader(readOpenAi),
};
