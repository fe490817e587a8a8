/**
 * The content of one ChatGPT message → parts. A type nobody here knows becomes a `raw` part with everything it held.
 */
import type { AuthorKind, PartKind } from '@vivim/contract/conversation';
import type { CanonicalPart } from '../canonical.ts';
import { assetParts, attachedFiles } from './chatgpt-assets.ts';
import { citeText, foundPages } from './chatgpt-citations.ts';
import type { ContentContext } from './chatgpt-content-context.ts';
import { drawn, printed, ran } from './chatgpt-execution.ts';
import { sandboxFiles } from './chatgpt-sandbox.ts';
import { asArray, asName, asRecord, asRecords, asText, isRecord, type JsonRecord, toJson } from './json-value.ts';

type PartReader = (content: JsonRecord, context: ContentContext) => CanonicalPart[];

/** Parts in order, and the types that were not understood. */
export function chatgptParts(content: unknown, context: ContentContext): { parts: CanonicalPart[]; unknown: string[] } {
  if (content === null || content === undefined) return { parts: attachedFiles([], context), unknown: [] };
  if (typeof content === 'string') {
    const parts = spoken(content, context);
    return { parts: [...parts, ...sandboxFiles(parts, context)], unknown: [] };
  }
  const record = asRecord(content) ?? {};
  const type = asName(record.content_type) ?? 'text';
  const reader = isRecord(content) ? readers.get(type) : undefined;
  if (reader === undefined) return { parts: [rawPart(content)], unknown: [isRecord(content) ? type : 'content'] };
  const parts = [...repliedTo(context), ...calledAside(reader(record, context), context)];
  const unknown = parts.filter((part) => part.kind === 'raw').map(() => `${type} part`);
  const files = [...attachedFiles(parts, context), ...sandboxFiles(parts, context)];
  return { parts: [...parts, ...files], unknown: [...new Set(unknown)] };
}

export const rawPart = (value: unknown): CanonicalPart => ({ kind: 'raw', text: null, json: toJson(value) ?? 'null' });

/** Words of an answer that were marked, to reply to them: handed to the model with the prompt. */
function repliedTo({ metadata }: ContentContext): CanonicalPart[] {
  const said = asRecord(metadata.targeted_reply);
  const text = asName(metadata.targeted_reply) ?? asName(said?.text) ?? asName(said?.content);
  return text === null ? [] : [{ kind: 'context', text, toolName: 'targeted_reply' }];
}

/** Some exports leave out to whom a message is addressed: the call then stands in the metadata alone. */
function calledAside(parts: CanonicalPart[], { authorKind, recipient, metadata }: ContentContext): CanonicalPart[] {
  const tool = asName(metadata.command);
  if (tool === null || recipient !== null || authorKind !== 'model' || parts.length > 0) return parts;
  return [{ kind: 'tool_call', text: toJson(metadata.args ?? {}) ?? '{}', toolName: tool }];
}

const kindOfWords: Record<AuthorKind, PartKind> = {
  human: 'text',
  model: 'text',
  tool: 'tool_result',
  runtime: 'text',
  context: 'context',
};

/** Words as they were said: to a tool, by a tool, or to the person. Nothing for an empty string. */
function spoken(words: string, context: ContentContext): CanonicalPart[] {
  if (words === '') return [];
  const text = words.toWellFormed();
  if (context.recipient !== null && context.authorKind === 'model') return toolCall(text, null, context.recipient);
  const kind = kindOfWords[context.authorKind];
  if (kind === 'tool_result') return [withTool({ kind, text }, context.authorName)];
  const cited = citeText(text, context.metadata);
  return [{ kind, text: cited.text, ...(cited.citations.length > 0 ? { citations: cited.citations } : {}) }];
}

const withTool = (part: CanonicalPart, tool: string | null): CanonicalPart =>
  tool === null ? part : { ...part, toolName: tool };

const languageOf = (content: JsonRecord): { language?: string } => {
  const language = asName(content.language);
  return language === null || language === 'unknown' ? {} : { language };
};

/** A canvas document is written by calling this tool with its content. */
const writesDocument = /^canmore\.create_textdoc$/;

function toolCall(text: string, content: JsonRecord | null, tool: string): CanonicalPart[] {
  const call: CanonicalPart = {
    kind: 'tool_call',
    text,
    toolName: tool,
    ...(content === null ? {} : languageOf(content)),
  };
  if (!writesDocument.test(tool)) return [call];
  const document = parseRecord(text);
  const body = asName(document?.content);
  if (document === null || body === null) return [call];
  const type = asName(document.type) ?? 'document';
  return [
    {
      kind: 'artifact',
      text: body,
      toolName: tool,
      ...(type.startsWith('code/') ? { language: type.slice('code/'.length) } : {}),
      json: toJson({ name: asName(document.name), type }) ?? '{}',
    },
  ];
}

function parseRecord(text: string): JsonRecord | null {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return null;
  }
}

const code: PartReader = (content, context) => {
  const text = asText(content.text) ?? '';
  if (context.recipient !== null) return toolCall(text, content, context.recipient);
  return [{ kind: 'code', text, ...languageOf(content) }];
};

/** Text and assets in one list, in the order they were sent. */
const mixed: PartReader = (content, context) => {
  const list = asArray(content.parts);
  if (list.length === 0) return spoken(asText(content.text) ?? asText(content.parts) ?? '', context);
  return list.flatMap((part): CanonicalPart[] => {
    if (part === null) return [];
    if (typeof part === 'string') return spoken(part, context);
    const record = asRecord(part);
    if (record === null) return [rawPart(part)];
    if (record.content_type === 'audio_transcription') return spoken(asText(record.text) ?? '', context);
    if (record.content_type === 'app_pairing_content') return pairedApp(record, context);
    const asset = assetParts(record, context);
    if (asset !== null) return asset;
    // What it holds beside its words may be more of them: then the whole of it is kept.
    const plain = record.content_type === undefined || record.content_type === 'text' || record.type === 'text';
    const text = asName(record.text);
    return plain && text !== null ? spoken(text, context) : [rawPart(part)];
  });
};

const wordsOf = (content: JsonRecord): string =>
  asText(content.text) ??
  asText(content.result) ??
  asText(content.output_str) ??
  asText(content.content) ??
  asArray(content.parts)
    .filter((part) => typeof part === 'string')
    .join('\n\n')
    .toWellFormed();

const oneOf =
  (kind: PartKind): PartReader =>
  (content, context) => {
    const text = wordsOf(content);
    return text === '' ? [] : [withTool({ kind, text }, context.authorName)];
  };

const thoughts: PartReader = (content) => {
  const list = asArray(content.thoughts);
  if (list.length === 0) {
    const text = wordsOf(content);
    return text === '' ? [] : [{ kind: 'reasoning', text }];
  }
  return list.flatMap((thought): CanonicalPart[] => {
    const record = asRecord(thought);
    if (record === null) return [rawPart(thought)];
    // While it thinks, the thought stands in pieces.
    const pieces = asArray(record.chunks).flatMap((piece) => asName(piece) ?? []);
    const words = asName(record.content) ?? asName(pieces.join(''));
    const text = [asName(record.summary), words].filter((line) => line !== null).join('\n\n');
    return text === '' ? [] : [{ kind: 'reasoning', text }];
  });
};

/** A page or a passage a tool brought. */
const source: PartReader = (content, context) => {
  const text = wordsOf(content) || (asText(content.summary) ?? '');
  const url = asName(content.url);
  const title = asName(content.title);
  const own = { start: null, end: null, url, title, snippet: asName(content.snippet) };
  const citations = [...(url === null && title === null ? [] : [own]), ...foundPages(context.metadata)];
  if (text === '' && url === null && citations.length === 0) return [];
  return [withTool({ kind: 'source', text, ...(citations.length > 0 ? { citations } : {}) }, context.authorName)];
};

/** What other windows showed (a terminal, a page beside the chat), handed to the model with a prompt. */
const pairedApp: PartReader = (content) => {
  const windows = asRecords(content.workspaces).flatMap(
    (window) =>
      [asName(window.app_name), asName(window.title)].filter((name) => name !== null).join(': ') || ([] as string[]),
  );
  const shown = [...asArray(content.context_parts), ...asArray(content.shared_contents)].flatMap(
    (part) => asName(part) ?? asName(asRecord(part)?.text) ?? asName(asRecord(part)?.content) ?? [],
  );
  const text = [...windows, ...shown].join('\n\n');
  return text === '' ? [] : [{ kind: 'context', text }];
};

/** What a program said. An error it printed and a picture it drew stand in the metadata alone. */
const executed: PartReader = (content, context) => {
  const text = wordsOf(content) || printed(context.metadata);
  const parts = text === '' ? [] : [withTool({ kind: 'tool_result', text }, context.authorName)];
  return [...ran(context), ...parts, ...drawn(context)];
};

/** Instructions of the program under the names it gives them. */
const instructed: PartReader = (content, context) => spoken(wordsOf(content), context);

/** What the person or the model keeps about the person, handed to the model in front of a conversation. */
const editableContext: PartReader = (content) => {
  return ['user_profile', 'user_instructions', 'model_set_context'].flatMap((name) => {
    const text = asName(content[name]);
    return text === null ? [] : [{ kind: 'context', text, toolName: name }];
  });
};

const computerOutput: PartReader = (content, context) => {
  const screenshot = asRecord(content.screenshot);
  const images = screenshot === null ? null : assetParts(screenshot, context);
  return [
    withTool({ kind: 'tool_result', text: null, json: toJson(content.state ?? null) ?? 'null' }, context.authorName),
    ...(images ?? []),
  ];
};

const readers: ReadonlyMap<string, PartReader> = new Map<string, PartReader>([
  ['text', mixed],
  ['multimodal_text', mixed],
  ['code', code],
  ['tether_browsing_code', code],
  ['execution_output', executed],
  ['citable_code_output', oneOf('tool_result')],
  ['thoughts', thoughts],
  ['reasoning_recap', oneOf('reasoning')],
  ['tether_quote', source],
  ['tether_browsing_display', source],
  ['sonic_webpage', source],
  ['system_error', oneOf('error')],
  ['error', oneOf('error')],
  ['structured_thoughts', thoughts],
  ['developer_content', instructed],
  ['system_content', instructed],
  ['system_message', instructed],
  ['app_pairing_content', pairedApp],
  ['user_editable_context', editableContext],
  ['model_editable_context', editableContext],
  ['computer_output', computerOutput],
]);
