/**
 * Content as the interfaces of OpenAI, Anthropic and their imitators write it: a string, or a list of typed blocks. What
 * is not known becomes a `raw` part with everything it held. Pure.
 */
import type { PartKind } from '@vivim/contract/conversation';
import type { CanonicalCitation, CanonicalPart } from '../canonical.ts';
import { plainBlocks } from './agent-blocks.ts';
import { filePart, inlinePart, linkedPart } from './attachments.ts';
import { asArray, asId, asName, asRecord, asRecords, asSize, asText, type JsonRecord, toJson } from './json-value.ts';
import { knownBy } from './known-by.ts';

export interface Content {
  readonly parts: CanonicalPart[];
  /** Types of blocks that were not understood. */
  readonly unknown: string[];
}

export const rawPart = (value: unknown): CanonicalPart => ({ kind: 'raw', text: null, json: toJson(value) ?? 'null' });

/** A part of words, or nothing for none. */
export const wordsPart = (value: unknown, kind: PartKind = 'text'): CanonicalPart[] => {
  const text = asName(value);
  return text === null ? [] : [{ kind, text }];
};

/** @param kind what plain words of it are */
export function contentOf(content: unknown, kind: PartKind = 'text'): Content {
  const unknown = new Set<string>();
  const list = Array.isArray(content) ? content : [content];
  const partsOf = (block: unknown): CanonicalPart[] => {
    if (block === null || block === undefined) return [];
    if (typeof block === 'string') return wordsPart(block, kind);
    const record = asRecord(block);
    const type = asName(record?.type) ?? (typeof record?.text === 'string' ? 'text' : null);
    const read = type === null ? undefined : readers.get(type);
    if (record !== null && read !== undefined) return read(record, kind);
    const plain = record === null ? null : plainBlocks(record);
    if (plain !== null) return plain.flatMap((one) => readers.get(asName(one.type) ?? '')?.(one, kind) ?? []);
    unknown.add(type ?? 'block');
    return [rawPart(block)];
  };
  const parts = list.flatMap(partsOf);
  return { parts, unknown: [...unknown] };
}

type BlockReader = (block: JsonRecord, kind: PartKind) => CanonicalPart[];

/** `text: "…"`, `text: {value: "…"}`, `value: "…"`, `content: "…"`. */
const textOf = (block: JsonRecord): string | null =>
  asText(block.text) ?? asText(asRecord(block.text)?.value) ?? asText(block.value) ?? asText(block.content);

const text: BlockReader = (block, kind) => {
  const words = textOf(block);
  if (words === null) return [rawPart(block)];
  const citations = citationsIn(block, words);
  return wordsPart(words, kind).map((part) => (citations.length === 0 ? part : knownBy({ ...part, citations }, part)));
};

/** What a text rests on: `citations` of Anthropic's interface, `annotations` of OpenAI's. */
function citationsIn(block: JsonRecord, words: string): CanonicalCitation[] {
  return [...asRecords(block.citations), ...asRecords(block.annotations)].flatMap((value): CanonicalCitation[] => {
    const from = asRecord(value.url_citation) ?? value;
    const url = asName(from.url);
    const title = asName(from.title) ?? asName(from.document_title) ?? asName(from.filename);
    if (url === null && title === null) return [];
    const [start, end] = [asSize(from.start_index), asSize(from.end_index)];
    const holds = start !== null && end !== null && start <= end && end <= words.length;
    return [
      {
        start: holds ? start : null,
        end: holds ? end : null,
        url,
        title,
        snippet: asName(from.cited_text)?.slice(0, 1000) ?? null,
      },
    ];
  });
}

const summaryOf = (value: unknown): string =>
  asArray(value)
    .flatMap((item) => asText(item) ?? asText(asRecord(item)?.text) ?? asText(asRecord(item)?.content) ?? [])
    .join('\n\n');

const thinking: BlockReader = (block) => {
  const words =
    asName(block.thinking) ??
    asName(block.text) ??
    asName(asRecord(block.text)?.value) ??
    (summaryOf(block.thinking) || summaryOf(block.content) || summaryOf(block.summary) || null);
  return wordsPart(words ?? asName(block.content), 'reasoning');
};

/** What a tool was called with: JSON as it stands, or a string. */
export const argumentsText = (value: unknown): string | null => asText(value) ?? toJson(value ?? {});

export function toolCallPart(name: unknown, id: unknown, input: unknown): CanonicalPart {
  const toolName = asName(name);
  const toolCallId = asName(id);
  return {
    kind: 'tool_call',
    text: argumentsText(input),
    ...(toolName === null ? {} : { toolName }),
    ...(toolCallId === null ? {} : { toolCallId }),
  };
}

/** What a tool answered: words, and what stood beside them. */
export function toolResultParts(name: unknown, id: unknown, output: unknown, failed = false): CanonicalPart[] {
  const toolName = asName(name);
  const toolCallId = asName(id);
  const inner = contentOf(typeof output === 'string' || Array.isArray(output) ? output : [], 'tool_result').parts;
  const words = inner.flatMap((part) => (part.attachment === undefined ? (part.text ?? part.json ?? []) : []));
  const shown = inner.filter((part) => part.attachment !== undefined);
  const whole = words.length > 0 ? words.join('\n\n') : output === '' || output === undefined ? null : toJson(output);
  const resultOf = (text: string | null): CanonicalPart => ({
    kind: failed ? 'error' : 'tool_result',
    text: text === '[]' || text === 'null' ? null : text,
    ...(toolName === null ? {} : { toolName }),
    ...(toolCallId === null ? {} : { toolCallId }),
  });
  // Pictures and files alone are no words.
  if (words.length > 0 || shown.length === 0) return [resultOf(whole), ...shown];
  return [knownBy(resultOf(null), resultOf(whole)), ...shown];
}

const toolUse: BlockReader = (block) => {
  const name = block.name ?? block.tool_name ?? asRecord(block.function)?.name;
  const id = block.call_id ?? block.tool_call_id ?? block.id;
  const call = toolCallPart(
    name,
    id,
    block.input ?? block.arguments ?? block.args ?? asRecord(block.function)?.arguments,
  );
  // Some write the answer into the call.
  return block.output === undefined ? [call] : [call, ...toolResultParts(name, id, block.output)];
};

/** What stands for what was said before. */
const summarised: BlockReader = (block) => wordsPart(textOf(block), 'context');

/** Why there is no answer. Ours: no interface writes it so. */
const failure: BlockReader = (block) => wordsPart(block.text, 'error');

const toolResult: BlockReader = (block) =>
  toolResultParts(
    block.name ?? block.tool_name,
    block.tool_use_id ?? block.call_id ?? block.tool_call_id ?? block.toolUseID,
    block.content ?? block.output ?? asRecord(block.run)?.result ?? asRecord(block.run)?.error,
    block.is_error === true || asRecord(block.run)?.status === 'error',
  );

const imageId = (block: JsonRecord): string | null =>
  asId(block.file_id) ?? asName(asRecord(block.image_file)?.file_id) ?? asName(block.storageKey);

/** What a file is called: by its person, where a program gave it a name of its own as well. */
const factsOf = (facts: JsonRecord) => ({
  name: asName(facts.origin_name) ?? asName(facts.filename) ?? asName(facts.name),
  mime: asName(facts.media_type) ?? asName(facts.mime) ?? asName(facts.mediaType),
});

const image: BlockReader = (block) => {
  const source = asRecord(block.source);
  if (source !== null) {
    return [
      source.data === undefined
        ? linkedPart(source.url, 'image')
        : inlinePart(source.data, asName(source.media_type), 'image'),
    ];
  }
  const named = block.image_url ?? block.imageUrl;
  const url = asRecord(named)?.url ?? named ?? block.url ?? block.image;
  if (url !== undefined) return [linkedPart(url, 'image')];
  const file = asRecord(block.file);
  return [filePart({ ...factsOf(file ?? block), id: imageId(block) ?? asId(file?.id) }, 'image')];
};

/** Pages that were found, by their addresses. Ours: each program has a form of its own for them. */
const links: BlockReader = (block) => {
  const citations = asRecords(block.links).map((link) => ({
    start: null,
    end: null,
    url: asName(link.url),
    title: asName(link.title) ?? asName(link.name),
    snippet: (asName(link.snippet) ?? asName(link.content))?.slice(0, 1000) ?? null,
  }));
  return citations.length === 0 ? [] : [{ kind: 'source', text: null, citations }];
};

const audio: BlockReader = (block) => {
  const sound = asRecord(block.input_audio) ?? asRecord(block.audio) ?? block;
  const format = asName(sound.format);
  return [inlinePart(sound.data, format === null ? null : `audio/${format}`, 'audio')];
};

const file: BlockReader = (block) => {
  const facts = asRecord(block.file) ?? asRecord(block.source) ?? block;
  const { mime, name: called } = factsOf(facts);
  const name = called ?? asName(block.title);
  const id = asId(facts.file_id) ?? asId(facts.id);
  const data = asName(facts.file_data) ?? asName(facts.data) ?? inlineUrl(facts.url);
  if (data !== null)
    return [data.startsWith('data:') ? linkedPart(data, undefined, name) : inlinePart(data, mime, undefined, name)];
  return [filePart({ id, name, mime, text: asName(facts.text) })];
};

const inlineUrl = (value: unknown): string | null => {
  const url = asName(value);
  return url?.startsWith('data:') === true ? url : null;
};

const readers: ReadonlyMap<string, BlockReader> = new Map<string, BlockReader>([
  ...['text', 'input_text', 'output_text', 'summary_text', 'refusal'].map((type) => [type, text] as const),
  ...['thinking', 'reasoning', 'reasoning_text'].map((type) => [type, thinking] as const),
  ...['tool_use', 'server_tool_use', 'mcp_tool_use', 'tool_call', 'function_call', 'custom_tool_call'].map(
    (type) => [type, toolUse] as const,
  ),
  ...[
    ...['tool_result', 'function_call_output', 'custom_tool_call_output'],
    // What Anthropic's own tools give, each under a name of its own.
    ...['web_search', 'web_fetch', 'code_execution', 'bash_code_execution', 'text_editor_code_execution'].map(
      (tool) => `${tool}_tool_result`,
    ),
    ...['mcp_tool_result', 'tool_search_tool_result'],
  ].map((type) => [type, toolResult] as const),
  ...['image', 'image_url', 'imageUrl', 'input_image', 'image_file'].map((type) => [type, image] as const),
  ['failure', failure],
  ['links', links],
  ['voice_note', text],
  ['compaction', summarised],
  ['summary', summarised],
  // Encrypted: there is nothing in it to read.
  ['redacted_thinking', () => []],
  ...['input_audio', 'audio'].map((type) => [type, audio] as const),
  ...['file', 'input_file', 'document'].map((type) => [type, file] as const),
]);

/** The calls an OpenAI message carries beside its content. */
export function openAiCalls(message: JsonRecord): CanonicalPart[] {
  const calls = asArray(message.tool_calls).map((value) => {
    const call = asRecord(value);
    const asked = asRecord(call?.function) ?? call;
    return call === null ? rawPart(value) : toolCallPart(asked?.name, call.id, asked?.arguments ?? asked?.input);
  });
  const older = asRecord(message.function_call);
  return older === null ? calls : [...calls, toolCallPart(older.name, null, older.arguments)];
}

/** What the report says of blocks nobody here knows. */
export const unknownIssues = (path: string, unknown: readonly string[]) =>
  unknown.map((type) => ({
    severity: 'degraded' as const,
    code: 'content_unknown',
    path,
    detail: `Content of the type "${type.slice(0, 60)}" is not known yet; it is kept as it came.`,
  }));
