/**
 * Le Chat of Mistral: `chat-<id>.json`, a bare list of messages in no order → canonical. Pure. It has no title, and its times
 * are the only order there is.
 */
import type { CanonicalCitation, CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart, linkedPart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { contentOf, rawPart, toolCallPart, toolResultParts, unknownIssues, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, asRecords, isRecord, type JsonRecord, toJson } from './json-value.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { claimWhere, type SourceModule } from './source-module.ts';
import { sourceTime } from './source-time.ts';
import { speakerNamed } from './speakers.ts';
import { roleUnknown } from './tree-issues.ts';

const chatOf = (message: unknown): string | null => asName(asRecord(message)?.chatId);

function readChat(value: unknown, context: SourceContext): Reading {
  const list = Array.isArray(value) ? value : [value];
  const messages = list.filter(isRecord);
  if (messages.length === 0) return notAConversation('The chat has no messages.');
  const timed = messages.map((message, ix) => ({ message, ix, ms: sourceTime(message.createdAt).ms }));
  // One without a time stays behind the one it stood behind.
  timed.forEach((entry, ix) => {
    entry.ms ??= timed[ix - 1]?.ms ?? null;
  });
  const ordered = timed.toSorted((a, b) => (a.ms ?? 0) - (b.ms ?? 0) || a.ix - b.ix).map(({ message }) => message);
  const issues: CanonicalIssue[] = [];
  const turns = ordered.map((message) => turnOf(message, context, issues));
  return buildConversation(
    {
      source: 'mistral',
      externalId: chatOf(ordered[0]),
      created: ordered[0]?.createdAt,
      updated: ordered.at(-1)?.createdAt,
      model: turns.findLast((turn) => (turn.model ?? null) !== null)?.model ?? null,
    },
    turns,
    context,
    'messages',
    issues,
  );
}

function turnOf(message: JsonRecord, context: SourceContext, issues: CanonicalIssue[]): Turn {
  const said = asName(message.role);
  const { role, kind } = speakerNamed(said);
  const id = asId(message.id);
  if (role === 'system') issues.push(...roleUnknown(`messages/${asId(message.id) ?? ''}`, said));
  const chunks = asArray(message.contentChunks);
  const body = chunks.length > 0 ? chunkParts(chunks, `messages/${id ?? ''}`, issues) : wordsPart(message.content);
  const written = asArray(message.canvas).flatMap(canvasPart);
  const quotes = asArray(message.quotes).flatMap((quote) =>
    wordsPart(asName(quote) ?? asName(asRecord(quote)?.text), 'source'),
  );
  const files = asRecords(message.files).map((file) => fileOf(file, asId(message.chatId), context));
  const parent = asId(message.parentId);
  return {
    id,
    ...(parent === null ? {} : { parent }),
    role,
    kind,
    parts: [...quotes, ...body, ...written, ...files],
    time: message.createdAt,
    model: role === 'assistant' ? asName(message.model) : null,
  };
}

/** A text is cut at every reference: its pieces are one again, with the reference at the place it stood. */
function chunkParts(chunks: readonly unknown[], path: string, issues: CanonicalIssue[]): CanonicalPart[] {
  const parts: CanonicalPart[] = [];
  let words = '';
  let citations: CanonicalCitation[] = [];
  const settle = () => {
    if (words !== '') parts.push({ kind: 'text', text: words, ...(citations.length > 0 ? { citations } : {}) });
    words = '';
    citations = [];
  };
  for (const value of chunks) {
    const chunk = asRecord(value);
    switch (chunk?.type) {
      case 'text':
        words += asName(chunk.text) ?? '';
        break;
      case 'reference':
        citations.push(...referencesOf(chunk, words.length));
        break;
      case 'tool_call':
        settle();
        parts.push(toolCallPart(chunk.name, chunk.id, chunk.publicArguments));
        if (isRecord(chunk.publicResult) && Object.keys(chunk.publicResult).length > 0)
          parts.push(...toolResultParts(chunk.name, chunk.id, chunk.publicResult, chunk.success === false));
        break;
      case 'image_url':
        settle();
        parts.push(linkedPart(asRecord(chunk.imageUrl)?.url ?? chunk.imageUrl, 'image'));
        break;
      default: {
        settle();
        const { parts: read, unknown } = contentOf([value]);
        issues.push(...unknownIssues(path, unknown));
        parts.push(...read);
      }
    }
  }
  settle();
  return parts;
}

/** A number alone points to nothing that is in the export. */
const referencesOf = (chunk: JsonRecord, at: number): CanonicalCitation[] =>
  asRecords(chunk.references).flatMap((reference) => {
    const url = asName(reference.url);
    return url === null
      ? []
      : [{ start: at, end: at, url, title: asName(reference.title), snippet: asName(reference.snippet) }];
  });

function canvasPart(value: unknown): CanonicalPart[] {
  const canvas = asRecord(value);
  const text = asName(canvas?.content) ?? asName(canvas?.text);
  if (canvas === null || text === null) return [rawPart(value)];
  const { content: _, text: __, ...rest } = canvas;
  const language = asName(canvas.language);
  return [{ kind: 'artifact', text, ...(language === null ? {} : { language }), json: toJson(rest) ?? '{}' }];
}

function fileOf(file: JsonRecord, chat: string | null, context: SourceContext): CanonicalPart {
  const name = asName(file.name);
  // The export puts the files of each chat into a folder of its own, under their names: two chats may have one each.
  const id = name === null ? asId(file.id) : `${chat ?? ''}/${name}`;
  const status = id !== null && context.assetIds.has(id) ? 'skipped' : 'missing';
  return filePart({ id, name, status }, file.type === 'image' ? 'image' : undefined);
}

export const mistral: SourceModule = {
  source: 'mistral',
  formats: [
    {
      kind: 'json',
      cut: { kind: 'grouped', keyOf: chatOf },
      claim: claimWhere(
        (record) =>
          typeof record.chatId === 'string' &&
          typeof record.role === 'string' &&
          ('contentChunks' in record || 'content' in record),
        0.97,
        'Its messages name a `chatId`, as the export of Le Chat has them.',
      ),
    },
  ],
  assetId: (entry) => {
    const [, chat, name] = /(?:^|\/)chat-([\w-]+)-files\/([^/]+)$/.exec(entry) ?? [];
    return chat === undefined ? null : `${chat}/${name}`;
  },
  read: jsonReader(readChat),
};
