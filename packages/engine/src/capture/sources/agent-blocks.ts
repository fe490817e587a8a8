/**
 * Blocks as agents and chat programs name them (AI SDK, Amp, Chatbox, Cherry Studio, Goose, Kimi, opencode, Qwen) → the same in the names of
 * the interfaces of OpenAI and Anthropic. JSON in, JSON out: knows no part of ours. Pure.
 */
import { hostedCalls } from './hosted-calls.ts';
import { asArray, asName, asRecord, asRecords, type JsonRecord } from './json-value.ts';

/** What says nothing: where a step began and ended, a state of files by its hash, a place that was never filled. */
const silent: ReadonlySet<string> = new Set([
  'step-start',
  'step-finish',
  'snapshot',
  'start-step',
  'finish-step',
  'patch',
  'unknown',
]);

/** @returns null where nothing is known of it; an empty list where it says nothing */
export function plainBlocks(block: JsonRecord): readonly JsonRecord[] | null {
  const type = asName(block.type) ?? '';
  if (silent.has(type)) return [];
  const named = byType.get(type) ?? hostedCalls.get(type);
  if (named !== undefined) return named(block);
  if (asName(block.phase) !== null && typeof block.content === 'string') return ofPhase(block);
  if (/^(?:dynamic-)?tool-/.test(`${type}-`) && asName(block.toolCallId) !== null)
    return callOf(block.toolName ?? type.replace(/^tool-/, ''), block.toolCallId, block.input, outcomeOf(block));
  return type === '' ? ofField(block) : null;
}

/** A call, with what came of it where that is said. */
function callOf(name: unknown, id: unknown, input: unknown, output: unknown): JsonRecord[] {
  const call = { type: 'tool_call', name, id, arguments: input ?? {} };
  return output === undefined || output === null ? [call] : [call, resultOf(name, id, output)];
}

const resultOf = (name: unknown, id: unknown, output: unknown, failed = false): JsonRecord => ({
  type: 'tool_result',
  name,
  tool_use_id: id,
  content: unwrapped(output),
  is_error: failed,
});

/** `{type: 'text', value: …}` and `{content: […]}` say no more than what they hold. */
function unwrapped(output: unknown): unknown {
  const record = asRecord(output);
  if (record === null) return output;
  if (typeof record.value === 'string' || Array.isArray(record.value)) return record.value;
  return Array.isArray(record.content) ? record.content : output;
}

const outcomeOf = (block: JsonRecord): unknown => block.output ?? block.result ?? block.errorText;

const byType: ReadonlyMap<string, (block: JsonRecord) => readonly JsonRecord[]> = new Map([
  // AI SDK, Chatbox.
  [
    'tool-call',
    (block: JsonRecord) => callOf(block.toolName, block.toolCallId, block.args ?? block.input, outcomeOf(block)),
  ],
  ['tool-result', (block: JsonRecord) => [resultOf(block.toolName, block.toolCallId, outcomeOf(block))]],
  [
    'tool-invocation',
    (block: JsonRecord) => {
      const call = asRecord(block.toolInvocation) ?? block;
      return callOf(call.toolName, call.toolCallId, call.args ?? call.input, outcomeOf(call));
    },
  ],
  ['info', (block: JsonRecord) => said('summary', block.text)],
  ['source-url', (block: JsonRecord) => [{ type: 'links', links: [block] }]],
  // opencode, Cherry Studio.
  ['tool', ofTool],
  ['main_text', (block: JsonRecord) => said('text', block.content ?? block.text)],
  ['translation', (block: JsonRecord) => said('text', block.content)],
  ['compact', (block: JsonRecord) => said('summary', block.content)],
  ['code', (block: JsonRecord) => said('text', fenced(block))],
  ['error', (block: JsonRecord) => said('failure', asRecord(block.error)?.message ?? block.message ?? block.content)],
  ['citation', (block: JsonRecord) => [{ type: 'links', links: linksIn(block) }]],
  ['video', (block: JsonRecord) => [{ type: 'file', file: { filename: block.filePath ?? block.url } }]],
  ['toolCall', (block: JsonRecord) => callOf(block.name, block.id, block.arguments, undefined)],
  // Goose.
  [
    'toolRequest',
    (block: JsonRecord) => {
      const call = asRecord(asRecord(block.toolCall)?.value) ?? asRecord(block.toolCall);
      return callOf(call?.name, block.id, call?.arguments, undefined);
    },
  ],
  [
    'toolResponse',
    (block: JsonRecord) => {
      const result = asRecord(block.toolResult);
      const failed = result?.status === 'error';
      return [resultOf(undefined, block.id, failed ? result?.error : (result?.value ?? result), failed)];
    },
  ],
]);

/** A text of one of the kinds the interfaces have; nothing where there is none. */
const said = (type: string, text: unknown): JsonRecord[] => (asName(text) === null ? [] : [{ type, text }]);

const fenced = ({ content, code, text, language }: JsonRecord): string =>
  `\`\`\`${asName(language) ?? ''}\n${asName(content) ?? asName(code) ?? asName(text) ?? ''}\n\`\`\``;

function ofTool(block: JsonRecord): JsonRecord[] {
  const state = asRecord(block.state);
  if (state !== null)
    return callOf(block.tool, block.callID, state.input, state.output ?? state.error ?? asRecord(state.result)?.output);
  const asked = asRecord(asRecord(block.metadata)?.rawMcpToolResponse);
  const tool = asRecord(asked?.tool);
  const name = block.toolName ?? tool?.name ?? block.name;
  return callOf(name, block.toolId ?? asked?.id, block.arguments ?? asked?.arguments, block.content ?? asked?.response);
}

/** Qwen: a text for each phase of an answer. */
function ofPhase(block: JsonRecord): JsonRecord[] {
  const phase = asName(block.phase) ?? '';
  if (phase === 'answer') return said('text', block.content);
  if (phase.startsWith('think')) {
    const thought = asRecord(asRecord(block.extra)?.summary_thought);
    const words = asArray(thought?.content).flatMap((line) => asName(line) ?? []);
    return said('thinking', asName(block.content) ?? words.join('\n\n'));
  }
  const words = asName(block.content);
  const links = linksIn(asRecord(block.extra) ?? {});
  return [
    ...(words === null ? [] : [resultOf(phase, undefined, words)]),
    ...(links.length === 0 ? [] : [{ type: 'links', links }]),
  ];
}

/** Kimi, Zed: what a block is stands as the name of its only field. */
function ofField(block: JsonRecord): JsonRecord[] | null {
  // Encrypted: there is nothing in it to read.
  if ('RedactedThinking' in block) return [];
  const [mention, image] = [asRecord(block.Mention), asRecord(block.Image)];
  if (mention !== null) return said('summary', mention.content);
  if (image !== null) return [{ type: 'image', source: { data: image.source ?? image.data, media_type: 'image/png' } }];
  const [thinking, used] = [asRecord(block.Thinking), asRecord(block.ToolUse)];
  if (thinking !== null) return said('thinking', thinking.text);
  if (used !== null) return callOf(used.name, used.id, used.input ?? used.raw_input, undefined);
  const [words, thought] = [asRecord(block.text), asRecord(block.thinking) ?? asRecord(block.think)];
  if (words !== null) return said('text', words.content);
  if (thought !== null) return said('thinking', thought.content);
  const search = asRecord(block.search);
  return search === null ? null : callOf('search', undefined, search, undefined);
}

const mostLinks = 200;

/** What has an address and a name, wherever in a value: results of a search, under each program's names for them. */
function linksIn(value: unknown, depth = 0): JsonRecord[] {
  if (depth > 5) return [];
  if (Array.isArray(value)) return value.flatMap((one) => linksIn(one, depth + 1)).slice(0, mostLinks);
  const record = asRecord(value);
  if (record === null) return [];
  const url = asName(record.url) ?? asName(record.uri) ?? asName(record.link);
  if (url !== null && /^https?:/.test(url)) return [{ ...record, url }];
  return asRecords(Object.values(record).flatMap((one) => linksIn(one, depth + 1))).slice(0, mostLinks);
}
