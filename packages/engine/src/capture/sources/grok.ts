/**
 * Grok: the conversations of xAI's export (`prod-grok-backend.json`) → canonical. Pure. The archive also holds files about
 * signing in and paying; those are never opened.
 */
import { grokAccountNames } from '@vivim/contract/folder/folder-rule';
import type { CanonicalCitation, CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart, linkedPart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { rawPart, wordsPart } from './content-blocks.ts';
import { cardsOf, citedWords, isCitationCard } from './grok-cards.ts';
import { isChatItem, isGrokInX, readGrokInX, splitGrokInX } from './grok-in-x.ts';
import { isGrokProject, isMediaPost, isTask, mediaWhy, readGrokProject, taskWhy } from './grok-kept.ts';
import { asArray, asId, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { claimWhere, type SourceModule } from './source-module.ts';

const idOf = (response: JsonRecord | null): string | null =>
  asId(response?.response_id) ?? asId(response?._id) ?? asId(response?.id);

function readGrok(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const head = asRecord(record?.conversation);
  const list = record?.responses;
  const externalId = asId(head?.conversation_id) ?? asId(head?.id) ?? asId(head?._id);
  const title = asName(head?.title);
  if (head === null || !Array.isArray(list))
    return notAConversation('The conversation has no `responses`.', { externalId, title });
  const responses = list.map((entry): unknown => asRecord(entry)?.response ?? entry);
  const named = responses.some((response) => asName(asRecord(response)?.parent_response_id) !== null);
  const issues: CanonicalIssue[] = [];
  const turns = responses.map((response, ix) => turnOf(response, named, ix, context, issues));
  return buildConversation(
    {
      source: 'grok',
      externalId,
      title,
      created: head.create_time,
      updated: head.modify_time,
      projectId: asId(head.workspace_id) ?? asId(head.project_id),
      assistantId: asId(head.system_prompt_id) ?? asName(head.system_prompt_name),
      model: turns.findLast((turn) => (turn.model ?? null) !== null)?.model ?? null,
      leaf: asId(head.leaf_response_id),
      flags: {
        ...(head.starred === true ? { is_starred: true } : {}),
        ...(head.temporary === true ? { is_temporary: true } : {}),
        ...(asName(head.summary) === null ? {} : { summary: asName(head.summary) }),
      },
    },
    turns,
    context,
    'responses',
    issues,
  );
}

function turnOf(value: unknown, named: boolean, ix: number, context: SourceContext, issues: CanonicalIssue[]): Turn {
  const response = asRecord(value);
  if (response === null) return { id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] };
  const sender = asName(response.sender)?.toLowerCase() ?? '';
  const human = sender === 'human' || sender === 'user';
  const system = sender === 'system';
  const parent = asId(response.parent_response_id);
  // Some answers of a tree name no parent: they follow what stands before. A prompt without one is a beginning.
  const follows = parent === null && (!named || (!human && ix > 0));
  const details = asRecord(asRecord(response.metadata)?.requestModelDetails);
  const model = asName(response.model) ?? asName(details?.modelId) ?? (/^grok/.test(sender) ? sender : null);
  if (response.error !== null && response.error !== undefined && asName(response.message) === null) {
    issues.push({
      severity: 'note',
      code: 'answer_failed',
      path: `responses/${ix}`,
      detail: 'The answer failed at the provider; what it says of that is kept.',
    });
  }
  return {
    id: idOf(response),
    ...(follows ? {} : { parent }),
    role: human ? 'user' : system ? 'system' : 'assistant',
    kind: human ? 'human' : system ? 'runtime' : 'model',
    parts: partsOf(response, context),
    time: response.create_time,
    model: human || system ? null : model,
    hidden: response.is_control === true ? 'control' : null,
    status: response.partial === true ? 'partial' : null,
  };
}

function partsOf(response: JsonRecord, context: SourceContext): CanonicalPart[] {
  const citations = [...asRecords(response.cited_web_search_results), ...linkedResults(response)].flatMap(citationOf);
  const cards = cardsOf(response);
  const words = citedWords(response.message, cards, citations);
  const thought = asName(response.thinking_trace);
  const steps = asArray(response.steps).flatMap(stepParts);
  const images = asArray(response.generated_image_urls).flatMap((url) =>
    asName(url) === null ? [] : [linkedPart(url, 'image')],
  );
  const files = [...asArray(response.image_attachments), ...asArray(response.file_attachments)].flatMap((file) =>
    fileOf(file, context),
  );
  const error = response.error;
  return [
    ...(thought === null ? steps : wordsPart(thought, 'reasoning')),
    ...words,
    ...images,
    ...files,
    ...cards.filter((card) => !isCitationCard(card)).map(rawPart),
    ...(typeof error === 'string'
      ? wordsPart(error, 'error')
      : isRecord(error)
        ? wordsPart(error.message ?? JSON.stringify(error), 'error')
        : []),
    ...asRecords(asRecord(response.metadata)?.stream_errors).flatMap((failed) => wordsPart(failed.message, 'error')),
  ];
}

/** Where nothing was cited by name, the results that were found are what the answer rests on. */
const linkedResults = (response: JsonRecord): readonly JsonRecord[] =>
  asArray(response.cited_web_search_results).length > 0 ? [] : asRecords(response.web_search_results);

function citationOf(result: JsonRecord): CanonicalCitation[] {
  const url = asName(result.url);
  const snippet = asName(result.preview) ?? asName(result.snippet);
  return url === null ? [] : [{ start: null, end: null, url, title: asName(result.title), snippet }];
}

function stepParts(step: unknown): CanonicalPart[] {
  const record = asRecord(step);
  const text =
    asArray(record?.text)
      .flatMap((line) => asName(line) ?? [])
      .join('\n\n') ||
    asName(record?.text) ||
    asName(step);
  return text === null ? (record === null ? [] : [rawPart(record)]) : [{ kind: 'reasoning', text }];
}

function fileOf(file: unknown, context: SourceContext): CanonicalPart[] {
  const record = asRecord(file);
  const id = asName(file) ?? asId(record?.asset_id) ?? asId(record?.file_metadata_id) ?? asId(record?.id);
  if (id === null && record === null) return [];
  const status = id !== null && context.assetIds.has(id) ? 'skipped' : 'missing';
  return [
    filePart({ id, name: asName(record?.file_name) ?? asName(record?.name), mime: asName(record?.mime_type), status }),
  ];
}

export const grok: SourceModule = {
  source: 'grok',
  version: 4,
  formats: [
    {
      kind: 'text',
      cut: { kind: 'pieces', split: splitGrokInX },
      claim: ({ head }) =>
        isGrokInX(head)
          ? { confidence: 0.97, why: 'It sets the list of chats with Grok, as the archive of X has it.' }
          : null,
    },
    {
      kind: 'json',
      cut: { kind: 'list' },
      claim: claimWhere(
        (record) => isRecord(record.conversation) && Array.isArray(record.responses),
        0.97,
        'Its conversations have `responses`, as the export of Grok has them.',
      ),
    },
  ],
  besideLists: ['projects', 'workspaces', 'tasks', 'media_posts'],
  sidecars: [
    { what: 'tasks', content: true, inList: true, why: taskWhy, fits: isTask },
    { what: 'media posts', content: true, inList: true, why: mediaWhy, fits: isMediaPost },
    { what: 'projects', content: true, inList: true, fits: isGrokProject, read: readGrokProject },
  ],
  neverRead: {
    name: grokAccountNames,
    why: 'It is about signing in or paying; VIVIM never opens it.',
  },
  assetId: (name) => /prod-mc-asset-server\/([^/]+)\/content$/.exec(name)?.[1] ?? null,
  keepsRaw: true,
  read: jsonReader((value, context) =>
    Array.isArray(value) && value.some(isChatItem) ? readGrokInX(value, context) : readGrok(value, context),
  ),
};
