/**
 * Perplexity, as extensions of browsers save its threads: `{metadata, conversations}` of questions and answers, or `{entries}`
 * as the site's own interface gives them → canonical. Pure. Perplexity itself has no export of threads.
 */
import type { CanonicalCitation, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, asRecords, fromJson, isRecord, type JsonRecord } from './json-value.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { asideFields, type Claim, firstClaim, type SourceModule } from './source-module.ts';

function readThread(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const list = record?.conversations ?? record?.entries;
  if (record === null || !Array.isArray(list)) return notAConversation('The thread has no questions and answers.');
  const entries = list.filter(isRecord);
  const head = asRecord(record.metadata) ?? asRecord(record.thread_metadata) ?? {};
  const [first] = entries;
  const last = entries.at(-1);
  const context_ = asId(head.thread_id) ?? asId(first?.context_uuid) ?? asId(head.context_uuid);
  const slug = asName(first?.thread_url_slug) ?? asName(head.slug);
  const link = asName(head.thread_url) ?? (slug === null ? null : `https://www.perplexity.ai/search/${slug}`);
  return buildConversation(
    {
      source: 'perplexity',
      externalId: context_ ?? slug ?? asId(first?.uuid) ?? asId(first?.backend_uuid),
      title: asName(head.thread_title) ?? asName(head.title) ?? asName(first?.thread_title),
      created: head.thread_created_at ?? timeOf(first),
      updated: head.thread_updated_at ?? timeOf(last),
      model: modelOf(first),
      flags: link === null ? {} : { link },
    },
    entries.flatMap(turnsOf),
    context,
    'entries',
  );
}

const timeOf = (entry: JsonRecord | undefined): unknown =>
  entry?.timestamp ?? entry?.entry_created_datetime ?? entry?.created_at ?? entry?.updated_datetime;
const modelOf = (entry: JsonRecord | undefined): string | null =>
  asName(entry?.model) ?? asName(entry?.display_model) ?? asName(entry?.user_selected_model);

function turnsOf(entry: JsonRecord): Turn[] {
  const id = asId(entry.uuid) ?? asId(entry.backend_uuid);
  const time = timeOf(entry);
  const question: Turn = {
    id: id === null ? null : `${id}/query`,
    role: 'user',
    kind: 'human',
    parts: [
      ...wordsPart(asName(entry.query) ?? asName(entry.query_str)),
      ...asArray(entry.attachments).flatMap(fileOf),
    ],
    time,
  };
  const answer = answerOf(entry);
  if (answer.length === 0) return [question];
  return [
    question,
    { id, role: 'assistant', kind: 'model', parts: answer, time, model: modelOf(entry), channel: asName(entry.mode) },
  ];
}

function answerOf(entry: JsonRecord): CanonicalPart[] {
  const blocks = asRecords(entry.blocks);
  const written = blocks.flatMap((block) => {
    const markdown = asRecord(block.markdown_block);
    return (
      asName(markdown?.answer) ??
      (asArray(markdown?.chunks)
        .flatMap((chunk) => asName(chunk) ?? [])
        .join('') ||
        [])
    );
  });
  const found = blocks.flatMap((block) => asRecords(asRecord(block.web_result_block)?.web_results));
  const older = finalOf(entry.text);
  // The same answer stands in a block for the words and in one for the page.
  const text = asName(entry.answer) ?? (written.length > 0 ? [...new Set(written)].join('\n\n') : older.text);
  const listed = asRecords(entry.sources);
  const results = [...(listed.length > 0 ? listed : asRecords(entry.web_results)), ...found, ...older.results];
  const thought = wordsPart(asName(entry.reasoning) ?? asName(entry.thinking), 'reasoning');
  return [
    ...thought,
    ...wordsPart(text).map((part) => {
      const citations = citationsOf(part.text ?? '', results);
      return citations.length > 0 ? { ...part, citations } : part;
    }),
  ];
}

/**
 * Older answers of the interface are JSON in a text: the steps that were taken, the last of which holds the answer as JSON in a text
 * again; or that alone. Words that are no JSON are the answer.
 */
function finalOf(value: unknown): { text: string | null; results: readonly JsonRecord[] } {
  const text = asName(value);
  const steps = text === null ? null : fromJson(text);
  if (steps === undefined) return { text, results: [] };
  const last = asRecords(steps).findLast((step) => step.step_type === 'FINAL');
  const said = asRecord(last?.content)?.answer ?? steps;
  const answer = asRecord(typeof said === 'string' ? fromJson(said) : said);
  return { text: asName(answer?.answer) ?? asName(said), results: asRecords(answer?.web_results) };
}

/** `[1]` in the text is the first source; a source no mark names stands for the whole answer. */
function citationsOf(text: string, results: readonly JsonRecord[]): CanonicalCitation[] {
  const links = results.map((result) => ({
    url: asName(result.url) ?? asName(result.link),
    title: asName(result.title) ?? asName(result.name),
    snippet: asName(result.snippet),
  }));
  const named = new Set<number>();
  const marked = [...text.matchAll(/\[(\d{1,3})\]/g)].flatMap((match): CanonicalCitation[] => {
    const number = Number(match[1]) - 1;
    const link = links[number];
    if (link === undefined) return [];
    named.add(number);
    return [{ start: match.index, end: match.index + match[0].length, ...link }];
  });
  const loose = links.flatMap((link, ix) =>
    named.has(ix) || link.url === null ? [] : [{ start: null, end: null, ...link }],
  );
  return [...marked, ...loose];
}

const fileOf = (value: unknown): CanonicalPart[] => {
  const id = asName(value) ?? asName(asRecord(value)?.url);
  return id === null ? [] : [filePart({ id, name: asName(asRecord(value)?.name) ?? id.split('/').at(-1) ?? id })];
};

const why = 'It is a thread of questions and answers, as extensions save it from Perplexity.';

const isEntry = (record: JsonRecord): boolean =>
  typeof record.query_str === 'string' && ('blocks' in record || 'context_uuid' in record || 'backend_uuid' in record);

/** `conversations` of a single file is taken for a list of entries: then the entries are its questions. */
function claimOf(record: JsonRecord): Claim | null {
  if (typeof record.query === 'string' && 'answer' in record) return { confidence: 0.93, why };
  if (isEntry(record)) return { confidence: 0.93, why };
  const [first] = asRecords(record.entries);
  if (first !== undefined && isEntry(first)) return { confidence: 0.96, why };
  const [said] = asRecords(record.conversations);
  return said !== undefined && typeof said.query === 'string' && 'answer' in said ? { confidence: 0.95, why } : null;
}

const claim = firstClaim(claimOf);

export const perplexity: SourceModule = {
  source: 'perplexity',
  version: 2,
  formats: [
    {
      kind: 'json',
      cut: { kind: 'whole' },
      claim: (look) => (look.head.trimStart().startsWith('[') ? null : claim(look)),
    },
    {
      kind: 'json',
      cut: { kind: 'list' },
      claim: (look) => (look.head.trimStart().startsWith('[') ? claim(look) : null),
    },
  ],
  // Questions that were suggested.
  aside: asideFields('related_queries', 'related_query_items'),
  read: jsonReader(readThread),
};
