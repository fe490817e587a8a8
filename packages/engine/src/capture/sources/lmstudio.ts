/**
 * LM Studio: one conversation file (`~/.lmstudio/conversations/…/*.conversation.json`) → canonical. Pure. Each message stands in
 * all its versions, which are siblings; the one that is selected is on the branch that is shown. Messages have no times.
 */
import type { CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { contentOf, rawPart, toolCallPart, toolResultParts, unknownIssues, wordsPart } from './content-blocks.ts';
import { contentKey } from './content-key.ts';
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
import { claimWhere, type SourceModule } from './source-module.ts';
import { speakerNamed } from './speakers.ts';
import { roleUnknown } from './tree-issues.ts';

function readConversation(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const title = asName(record?.name) ?? asName(record?.title);
  if (record === null || !Array.isArray(record.messages))
    return notAConversation('The conversation has no `messages`.', { title });
  const issues: CanonicalIssue[] = [];
  const turns: Turn[] = [];
  const system = wordsPart(asName(record.systemPrompt) ?? settingOf(record, 'llm.prediction.systemPrompt'), 'context');
  let before: string | null = null;
  record.messages.forEach((value: unknown, ix) => {
    const message = asRecord(value);
    const versions = Array.isArray(message?.versions) ? message.versions : [value];
    const selected = Math.min(versions.length - 1, Math.max(0, asNumber(message?.currentlySelected) ?? 0));
    const parent = before;
    versions.forEach((version: unknown, number) => {
      const { turn, unknown } = turnOf(version, context);
      issues.push(...unknownIssues(`messages/${ix}`, unknown));
      if (turn.role === 'system') issues.push(...roleUnknown(`messages/${ix}`, asName(asRecord(version)?.role)));
      const parts = ix === 0 ? [...system, ...turn.parts] : turn.parts;
      turns.push({ ...turn, parts, key: `${ix}/${number}`, parent });
    });
    if (versions.length > 0) before = `${ix}/${Math.trunc(selected)}`;
  });
  const notes = asRecords(record.notes).flatMap((note) => asName(note.content) ?? []);
  const created = asNumber(record.createdAt);
  const externalId = asId(record.id);
  return buildConversation(
    {
      source: 'lmstudio',
      externalId,
      // The file is named after the millisecond it was begun in.
      key: externalId ?? (created === null ? '' : `#${contentKey([String(created)])}`),
      title,
      created: record.createdAt,
      updated: record.updatedAt ?? record.userLastMessagedAt ?? record.assistantLastMessagedAt,
      model:
        asName(asRecord(record.lastUsedModel)?.identifier) ??
        turns.find((turn) => (turn.model ?? null) !== null)?.model ??
        null,
      leaf: before,
      flags: {
        ...(record.pinned === true ? { is_starred: true } : {}),
        ...(notes.length > 0 ? { notes } : {}),
        // What stands in the box and was never sent.
        ...(asName(record.clientInput) === null ? {} : { drafts: [asName(record.clientInput)] }),
      },
    },
    turns,
    context,
    'messages',
    issues,
  );
}

/** What was set for this chat alone. */
const settingOf = (record: JsonRecord, key: string): string | null =>
  asName(asRecords(asRecord(record.perChatPredictionConfig)?.fields).find((field) => field.key === key)?.value);

function turnOf(value: unknown, context: SourceContext): { turn: Turn; unknown: string[] } {
  const version = asRecord(value);
  if (version === null)
    return { turn: { id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] }, unknown: ['version'] };
  const said = asName(version.role);
  const { role, kind } = speakerNamed(said);
  const steps = asArray(version.steps);
  const { parts, unknown } = steps.length > 0 ? stepParts(steps, context) : blockParts(version.content, false, context);
  const gen = asRecord(asRecords(steps).find((step) => isRecord(step.genInfo))?.genInfo);
  const model =
    role === 'assistant'
      ? (asName(gen?.indexedModelIdentifier) ??
        asName(gen?.identifier) ??
        asName(asRecord(version.senderInfo)?.senderName))
      : null;
  return { turn: { id: null, role, kind, parts, model }, unknown };
}

function stepParts(steps: readonly unknown[], context: SourceContext): { parts: CanonicalPart[]; unknown: string[] } {
  const unknown: string[] = [];
  const parts = steps.flatMap((value): CanonicalPart[] => {
    const step = asRecord(value);
    if (step?.type === 'contentBlock') {
      const read = blockParts(step.content, asRecord(step.style)?.type === 'thinking', context);
      unknown.push(...read.unknown);
      return read.parts;
    }
    // How a call went, and what was logged: no words of anybody.
    return [rawPart(value)];
  });
  return { parts, unknown };
}

function blockParts(
  content: unknown,
  thinking: boolean,
  context: SourceContext,
): { parts: CanonicalPart[]; unknown: string[] } {
  const unknown: string[] = [];
  const list = Array.isArray(content) ? content : [content];
  const parts = list.flatMap((value): CanonicalPart[] => {
    const block = asRecord(value);
    switch (block?.type) {
      case 'file':
        return [filePart(fileFacts(block, context))];
      case 'toolCallRequest':
        return [toolCallPart(block.name, block.callId ?? block.toolCallRequestId, block.parameters ?? block.arguments)];
      case 'toolCallResult':
        return toolResultParts(null, block.callId ?? block.toolCallRequestId, resultOf(block.content));
      default: {
        const read = contentOf([value], thinking ? 'reasoning' : 'text');
        unknown.push(...read.unknown);
        return read.parts;
      }
    }
  });
  return { parts, unknown };
}

/** What a tool gave stands as JSON of blocks in a text. */
function resultOf(content: unknown): unknown {
  const text = asName(content);
  if (text === null || !text.startsWith('[')) return content;
  try {
    const blocks: unknown = JSON.parse(text);
    return asRecords(blocks).some((block) => typeof block.type === 'string') ? blocks : content;
  } catch {
    return content;
  }
}

/** Files lie in `user-files` of its folder, under the name messages point to. */
const fileFacts = (block: JsonRecord, { assetIds }: SourceContext) => ({
  id: asName(block.fileIdentifier),
  status: assetIds.has(asName(block.fileIdentifier) ?? '') ? ('skipped' as const) : ('missing' as const),
  name: asName(block.name) ?? asName(block.fileIdentifier),
  mime: block.fileType === 'image' ? 'image/*' : null,
  size: asSize(block.sizeBytes),
});

export const lmstudio: SourceModule = {
  source: 'lmstudio',
  version: 4,
  formats: [
    {
      kind: 'json',
      cut: { kind: 'whole' },
      claim: claimWhere(
        ({ messages }) =>
          Array.isArray(messages) && messages.slice(0, 3).some((message) => Array.isArray(asRecord(message)?.versions)),
        0.97,
        'Its messages have `versions`, as LM Studio keeps them.',
      ),
    },
  ],
  assetId: (name) => /(?:^|\/)user-files\/((?!.*\.metadata\.json$)[^/]+)$/.exec(name)?.[1] ?? null,
  keepsRaw: true,
  read: jsonReader(readConversation),
};
