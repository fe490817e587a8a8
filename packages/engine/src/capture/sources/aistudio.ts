/**
 * Google AI Studio: one prompt as it lies in Drive (often without an extension) → canonical. Pure. Chunks stand in order and
 * mostly without times; a thought is a chunk of its own.
 */
import type { CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { groundsOf, searchesOf } from './aistudio-grounding.ts';
import { filePart, inlinePart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { rawPart, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, asRecords, type JsonRecord, toJson } from './json-value.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { claimWhere, type SourceModule } from './source-module.ts';
import { roleUnknown } from './tree-issues.ts';

const wordsOf = (value: unknown): string | null => {
  const record = asRecord(value);
  const parts = asRecords(record?.parts).flatMap((part) => asName(part.text) ?? []);
  return asName(record?.text) ?? (parts.length > 0 ? parts.join('') : null);
};

function readPrompt(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const chunks = asRecord(record?.chunkedPrompt)?.chunks;
  if (record === null || !Array.isArray(chunks)) return notAConversation('The prompt has no `chunks`.');
  const settings = asRecord(record.runSettings);
  const model = asName(settings?.model)?.replace(/^models\//, '') ?? null;
  const instruction = wordsPart(wordsOf(record.systemInstruction), 'context');
  const issues: CanonicalIssue[] = [];
  const turns = chunks.map((chunk, ix): Turn => {
    const turn = turnOf(chunk, model);
    if (turn.role === 'system') issues.push(...roleUnknown(`chunks/${ix}`, asName(asRecord(chunk)?.role)));
    if (turn.parts.length === 0 && toJson(chunk) !== null)
      issues.push({ severity: 'note', code: 'chunk_empty', path: `chunks/${ix}`, detail: 'The chunk holds nothing.' });
    return ix === 0 ? { ...turn, parts: [...instruction, ...turn.parts] } : turn;
  });
  const pending = [...asArray(record.pendingInputs), ...asArray(asRecord(record.chunkedPrompt)?.pendingInputs)];
  const drafts = asRecords(pending).flatMap((draft) => wordsOf(draft) ?? []);
  const parent = asRecord(asRecords(chunks).find((chunk) => chunk.branchParent !== undefined)?.branchParent);
  return buildConversation(
    {
      source: 'aistudio',
      externalId: asId(record.id) ?? asName(record.promptId),
      title: asName(record.title) ?? asName(record.displayName),
      created: asRecords(chunks)[0]?.createTime,
      updated: asRecords(chunks).at(-1)?.createTime,
      model,
      flags: {
        ...(drafts.length > 0 ? { drafts } : {}),
        ...(parent === null ? {} : { branch_of: asName(parent.promptId) ?? asName(parent.displayName) }),
      },
    },
    turns,
    context,
    'chunks',
    issues,
  );
}

function turnOf(value: unknown, model: string | null): Turn {
  const chunk = asRecord(value);
  if (chunk === null) return { id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] };
  const human = chunk.role === 'user';
  const thought = chunk.isThought === true;
  const text = asName(chunk.text) ?? wordsOf(chunk);
  const words = wordsPart(text, thought ? 'reasoning' : 'text');
  const citations = groundsOf(chunk.grounding, text ?? '');
  const [first, ...rest] = words;
  const cited = first === undefined || citations.length === 0 ? words : [{ ...first, citations }, ...rest];
  return {
    id: asId(chunk.id),
    role: human ? 'user' : chunk.role === 'model' ? 'assistant' : 'system',
    kind: human ? 'human' : chunk.role === 'model' ? 'model' : 'runtime',
    parts: [
      ...searchesOf(chunk.grounding),
      ...cited,
      ...otherParts(chunk),
      ...(text === null ? partsWithin(chunk) : []),
    ],
    time: chunk.createTime,
    model: human ? null : model,
    status: asName(chunk.finishReason),
  };
}

const fileFields = ['driveImage', 'driveDocument', 'driveAudio', 'driveVideo', 'driveFile', 'youtubeVideo'] as const;
const inlineFields = ['inlineImage', 'inlineFile', 'inlineAudio', 'inlineVideo', 'inlineData'] as const;

function otherParts(chunk: JsonRecord): CanonicalPart[] {
  const parts: CanonicalPart[] = [];
  for (const field of fileFields) {
    const file = asRecord(chunk[field]);
    if (file === null) continue;
    const kind = field === 'driveImage' ? 'image' : field === 'driveAudio' ? 'audio' : 'file';
    const id = asId(file.id);
    parts.push(
      filePart({ id, name: asName(file.name), mime: field === 'youtubeVideo' ? 'video/youtube' : null }, kind),
    );
  }
  for (const field of inlineFields) {
    const file = asRecord(chunk[field]);
    if (file !== null) parts.push(inlinePart(file.data, asName(file.mimeType)));
  }
  const code = asRecord(chunk.executableCode);
  const language = asName(code?.language)?.toLowerCase();
  if (code !== null)
    parts.push({
      kind: 'tool_call',
      text: asName(code.code),
      toolName: 'code_execution',
      ...(language ? { language } : {}),
    });
  const result = asRecord(chunk.codeExecutionResult);
  if (result !== null)
    parts.push({
      kind: /FAILED|DEADLINE/.test(asName(result.outcome) ?? '') ? 'error' : 'tool_result',
      text: asName(result.output),
      toolName: 'code_execution',
    });
  parts.push(...wordsPart(chunk.errorMessage, 'error'));
  return parts;
}

/** Parts of a chunk that has no text of its own. */
const partsWithin = (chunk: JsonRecord): CanonicalPart[] =>
  asArray(chunk.parts).flatMap((value) => {
    const part = asRecord(value);
    if (part === null) return [rawPart(value)];
    const found = otherParts(part);
    return found.length > 0 || asName(part.text) !== null || Object.keys(part).length === 0 ? found : [rawPart(part)];
  });

const why = 'It is a prompt with `chunks`, as Google AI Studio keeps them in Drive.';
const claim = claimWhere((record) => Array.isArray(asRecord(record.chunkedPrompt)?.chunks), 0.98, why);
/** One whose pictures make it too large to be looked into is known by how it begins. */
const begins = (head: string): boolean =>
  head.trimStart().startsWith('{') && head.includes('"runSettings"') && head.includes('"chunkedPrompt"');

export const aistudio: SourceModule = {
  source: 'aistudio',
  version: 3,
  formats: [
    {
      kind: 'json',
      cut: { kind: 'whole' },
      claim: (look) => claim(look) ?? (begins(look.head) ? { confidence: 0.9, why } : null),
    },
  ],
  read: jsonReader(readPrompt),
};
