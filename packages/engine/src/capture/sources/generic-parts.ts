/** What one message in nearly the generic format holds, under the names programs give it: words, thoughts, calls, results, files, errors. Pure. */
import type { AuthorKind } from '@vivim/contract/conversation';
import type { CanonicalPart } from '../canonical.ts';
import { filePart, inlinePart, linkedPart } from './attachments.ts';
import { contentOf, openAiCalls, toolResultParts, wordsPart } from './content-blocks.ts';
import { contentIn } from './generic-names.ts';
import { asArray, asId, asName, asRecord, asSize, asText, isRecord, type JsonRecord, toJson } from './json-value.ts';

/** @param kind of who speaks */
export const partsIn = (message: JsonRecord, kind: AuthorKind): CanonicalPart[] => [
  ...thoughtOf(message),
  ...(answered(message, kind) ?? partsOf(contentIn(message), kind)),
  ...openAiCalls(message),
  ...resultsBeside(message),
  ...filesOf(message),
  ...wordsPart(asName(asRecord(message.error)?.message) ?? asName(message.error), 'error'),
];

/** A message that is what a tool answered, and says which call it answers. Null where it is none. */
function answered(message: JsonRecord, kind: AuthorKind): CanonicalPart[] | null {
  const id = message.toolCallId ?? message.tool_call_id;
  if (kind !== 'tool' || asName(id) === null) return null;
  return toolResultParts(message.toolName ?? message.name, id, contentIn(message) ?? '', message.isError === true);
}

/** What tools answered, by the calls of the same message (Zed). */
const resultsBeside = ({ tool_results: results }: JsonRecord): CanonicalPart[] =>
  Object.values(asRecord(results) ?? {})
    .filter(isRecord)
    .flatMap((result) => {
      const content = asRecord(result.content);
      const output = content?.Text ?? result.content;
      return toolResultParts(result.tool_name, result.tool_use_id, output, result.is_error === true);
    });

/** What the model thought, where that stands beside what it said. */
const thoughtOf = (message: JsonRecord): CanonicalPart[] =>
  wordsPart(
    [message.reasoning, message.reasoning_content, message.reasoningContent, message.thinking]
      .map((said) => asName(said) ?? asName(asRecord(said)?.content) ?? asName(asRecord(said)?.text))
      .find((said) => said !== null),
    'reasoning',
  );

/** Files by their names, or with their bytes where they stand there. */
function filesOf(message: JsonRecord): CanonicalPart[] {
  const listed = [message.files, message.attachments, message.images].flatMap((list) => asArray(list));
  return listed.flatMap((value): CanonicalPart[] => {
    const said = asName(value);
    if (said !== null) return [/^(?:data:|https?:)/.test(said) ? linkedPart(said) : filePart({ name: said })];
    const file = asRecord(value);
    if (file === null) return [];
    const name = asName(file.name) ?? asName(file.filename) ?? asName(file.fileName) ?? asName(file.origin_name);
    const mime = asName(file.mime) ?? asName(file.mimeType) ?? asName(file.mime_type);
    if (file.type === 'base64') return [inlinePart(file.value, mime, undefined, name)];
    const url = asName(file.url);
    if (url?.startsWith('data:')) return [linkedPart(url, undefined, name)];
    const id = asId(file.id) ?? asName(file.value) ?? url;
    return name === null && id === null ? [] : [filePart({ id, name, mime, size: asSize(file.size) })];
  });
}

function partsOf(content: unknown, kind: AuthorKind): CanonicalPart[] {
  const list = Array.isArray(content) ? asArray(content) : [content];
  return list.flatMap((item): CanonicalPart[] => {
    if (item === null || item === undefined || item === '') return [];
    const block = asRecord(item);
    const type = asName(block?.type);
    if (block !== null && type !== null && !plainTypes.has(type)) return contentOf([block]).parts;
    const text = asText(item) ?? asText(block?.text) ?? asText(block?.Text) ?? asText(block?.data);
    if (text === null && block !== null && type === null) return contentOf([block]).parts;
    if (text === null) return [{ kind: 'raw', text: null, json: toJson(item) ?? 'null' }];
    return text === '' ? [] : [{ kind: kind === 'tool' ? 'tool_result' : 'text', text }];
  });
}

/** Of blocks that are words and nothing else, `p` and `pre` as pages have them. */
const plainTypes: ReadonlySet<string> = new Set(['text', 'p', 'pre', 'input_text', 'output_text']);
