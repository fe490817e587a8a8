/**
 * ChatGPT: a document of its canvas as newer exports hold it by itself (`textdocs/<id>.json`) → a conversation that is the document. Pure. The
 * export does not say in which conversation it was written; what was said there stands there.
 */
import type { CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { buildConversation } from './build-conversation.ts';
import { asId, asName, asRecords, asText, type JsonRecord, toJson } from './json-value.ts';
import { notAConversation } from './reading.ts';

export const isTextdoc = (record: JsonRecord): boolean =>
  typeof record.textdoc_type === 'string' && 'content' in record && !('mapping' in record);

export function readTextdoc(record: JsonRecord, context: SourceContext): Reading {
  const id = asId(record.id) ?? asId(record.textdoc_id);
  const title = asName(record.title) ?? asName(record.name);
  const externalId = id === null ? null : `textdoc:${id}`;
  const text = asText(record.content) ?? '';
  if (text === '') return notAConversation('The document is empty.', { externalId, title });
  const type = asName(record.textdoc_type) ?? 'document';
  const document: CanonicalPart = {
    kind: 'artifact',
    text,
    toolName: 'canmore.create_textdoc',
    ...(type.startsWith('code/') ? { language: type.slice('code/'.length) } : {}),
    json: toJson({ name: title, type }) ?? '{}',
  };
  const comments = asRecords(record.comments).flatMap(({ content, text: words }): CanonicalPart[] =>
    asName(content) === null && asName(words) === null
      ? []
      : [{ kind: 'context', text: asName(content) ?? asName(words), toolName: 'comment' }],
  );
  const time = record.updated_at ?? record.created_at;
  const version = asId(record.version);
  return buildConversation(
    {
      source: 'chatgpt',
      externalId,
      title,
      created: record.created_at ?? time,
      updated: time,
      flags: { textdoc: true, ...(version === null ? {} : { version: Number(version) || version }) },
    },
    [{ id, role: 'assistant', kind: 'model', parts: [document, ...comments], time }],
    context,
  );
}
