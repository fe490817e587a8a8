/**
 * A conversation of Copilot on the web as its site gives it (`/c/api/conversations/…/history`), which browser extensions save:
 * `{results: [{id, author: {type}, content: [{type, …}], createdAt}]}` → canonical. Pure. It names neither itself nor its title.
 */
import type { CanonicalCitation, CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { linkedPart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { contentOf, rawPart, unknownIssues, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, isRecord, type JsonRecord } from './json-value.ts';
import { oldestFirst } from './oldest-first.ts';
import { notAConversation } from './reading.ts';
import { model, person, program } from './speakers.ts';

const speakers = new Map([
  ['human', person],
  ['ai', model],
]);

const isSaid = (value: unknown): boolean =>
  isRecord(value) && speakers.has(asName(asRecord(value.author)?.type) ?? '') && Array.isArray(value.content);

export const isHistory = (record: JsonRecord): boolean =>
  Array.isArray(record.results) && record.results.slice(0, 5).some(isSaid);

export function readHistory(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const externalId = asId(record?.conversationId) ?? asId(record?.id);
  const messages = oldestFirst(asArray(record?.results), (value) => asRecord(value)?.createdAt);
  if (messages.length === 0) return notAConversation('The conversation has no messages.', { externalId });
  const issues: CanonicalIssue[] = [];
  const turns = messages.map((value, ix): Turn => {
    const message = asRecord(value);
    if (message === null) return { id: null, ...program, parts: [rawPart(value)] };
    const speaker = speakers.get(asName(asRecord(message.author)?.type) ?? '') ?? program;
    return {
      id: asId(message.id),
      ...speaker,
      parts: partsOf(asArray(message.content), `results/${ix}`, issues),
      time: message.createdAt,
    };
  });
  const times = messages.map((value) => asRecord(value)?.createdAt);
  return buildConversation(
    { source: 'copilot', externalId, title: asName(record?.title), created: times[0], updated: times.at(-1) },
    turns,
    context,
    'results',
    issues,
  );
}

function partsOf(blocks: readonly unknown[], place: string, issues: CanonicalIssue[]): CanonicalPart[] {
  const citations: CanonicalCitation[] = [];
  const parts = blocks.flatMap((value): CanonicalPart[] => {
    const block = asRecord(value) ?? {};
    switch (block.type) {
      case 'chainOfThought':
        return [
          ...wordsPart(block.text, 'reasoning'),
          ...(asName(block.screenshotUrl) === null ? [] : [linkedPart(block.screenshotUrl, 'image')]),
        ];
      case 'image':
        return [
          ...(asName(block.url) === null ? [] : [linkedPart(block.url, 'image')]),
          ...wordsPart(block.prompt, 'context'),
        ];
      case 'citation':
        if (asName(block.url) !== null)
          citations.push({ start: null, end: null, url: asName(block.url), title: asName(block.title), snippet: null });
        return [];
      default: {
        const { parts, unknown } = contentOf([value]);
        issues.push(...unknownIssues(place, unknown));
        return parts;
      }
    }
  });
  const last = parts.findLastIndex(({ kind }) => kind === 'text');
  return citations.length === 0 ? parts : parts.map((part, ix) => (ix === last ? { ...part, citations } : part));
}
