/** What one message of Gemini CLI holds, in the parts of Gemini's interface. Pure. */
import type { CanonicalPart } from '../canonical.ts';
import { inlinePart, linkedPart } from './attachments.ts';
import { contentOf, toolCallPart, toolResultParts, wordsPart } from './content-blocks.ts';
import { asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';

/** Parts as the interface of Gemini writes them name no type: what they hold says it. */
export function contentParts(content: unknown, kind: 'text' | 'error') {
  if (!Array.isArray(content)) return contentOf(isRecord(content) ? [content] : content, kind);
  const unknown = new Set<string>();
  const parts = content.flatMap((value): CanonicalPart[] => {
    const part = asRecord(value);
    const inline = asRecord(part?.inlineData);
    const file = asRecord(part?.fileData);
    const call = asRecord(part?.functionCall);
    const answer = asRecord(part?.functionResponse);
    if (part?.thought === true) return wordsPart(part.text, 'reasoning');
    if (inline !== null) return [inlinePart(inline.data, asName(inline.mimeType))];
    if (file !== null) return [linkedPart(file.fileUri)];
    if (call !== null) return [toolCallPart(call.name, call.id, call.args)];
    if (answer !== null) return toolResultParts(answer.name, answer.id, outputOf(answer.response));
    const read = contentOf([value], kind);
    for (const type of read.unknown) unknown.add(type);
    return read.parts;
  });
  return { parts, unknown: [...unknown] };
}

export function callParts(call: JsonRecord): CanonicalPart[] {
  const asked = toolCallPart(call.name, call.id, call.args);
  const results = asRecords(call.result).map((entry) => asRecord(entry.functionResponse)?.response ?? entry);
  const output = results.length > 0 ? results.map(outputOf) : asName(call.resultDisplay);
  if (output === null) return [asked];
  const failed = call.status === 'error' || call.status === 'cancelled';
  return [
    asked,
    ...toolResultParts(call.name, call.id, Array.isArray(output) && output.length === 1 ? output[0] : output, failed),
  ];
}

/** `{output: "…"}` or `{error: "…"}`; anything else as it is. */
const outputOf = (response: unknown): unknown => {
  const record = asRecord(response);
  return asName(record?.output) ?? asName(record?.error) ?? response;
};
