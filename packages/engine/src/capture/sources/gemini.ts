/**
 * Gemini, as Google Takeout gives it: `My Activity/Gemini Apps/MyActivity.json` → canonical. Pure. An event is one prompt with
 * its answer, mostly newest first. Events that share a thread in their links are one conversation, and one that was branched is in the
 * conversation of each branch; every other event stands alone: nothing is grouped by guessing at times.
 */
import type { CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart, linkedPart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { rawPart, wordsPart } from './content-blocks.ts';
import { contentKey } from './content-key.ts';
import { looksLikeGeminiPage, readGeminiCells, splitGeminiPage } from './gemini-page.ts';
import { saidByProgram, threadIn, withoutPrefix } from './gemini-prompt.ts';
import { htmlText } from './html-text.ts';
import { asArray, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';
import { oldestFirst } from './oldest-first.ts';
import { jsonReader, skippedReading } from './reading.ts';
import { asideFields, type Claim, firstClaim, type SourceModule } from './source-module.ts';

/** By the name of the product, which most languages leave as it is; else by this: of all activity only talks with a model have an answer with them. */
function claimOf(record: JsonRecord): Claim | null {
  if (typeof record.title !== 'string' || !('time' in record)) return null;
  const said = [record.header, record.titleUrl, ...asArray(record.products)].map(asName).join(' ');
  if (/gemini|\bbard\b/i.test(said))
    return { confidence: 0.97, why: 'Its events are activity of Gemini, as Google Takeout writes it.' };
  const answered = asRecords(record.safeHtmlItem).some(({ html }) => typeof html === 'string');
  return answered && Array.isArray(record.products)
    ? { confidence: 0.8, why: 'Its events are activity with an answer to each, as Google Takeout writes it of Gemini.' }
    : null;
}

/** The threads it is of, by the link of the event and those among its details: one that was branched stands in several. */
function threadsOf(value: unknown): string[] {
  const event = asRecord(value);
  const links = [event?.titleUrl, ...asRecords(event?.details).flatMap(({ url, name }) => [url, name])];
  return [...new Set(links.flatMap((link) => threadIn(asName(link) ?? '') ?? []))];
}

function readEvents(value: unknown, context: SourceContext): Reading {
  const list = Array.isArray(value) ? value.filter(isRecord) : [asRecord(value) ?? {}];
  // Which thread it is, where its events are of several.
  const group = asName(list[0]?.vivimGroup);
  const events = oldestFirst((group === null ? list : list.slice(1)).toReversed(), ({ time }) => time);
  const [first] = events;
  const last = events.at(-1);
  const turns = events.flatMap((event) => turnsOf(event, context));
  if (first === undefined || turns.length === 0) {
    const title = asName(first?.title);
    return skippedReading('event_without_prompt', 'The event holds neither a prompt nor an answer.', { title });
  }
  const thread = group ?? (Array.isArray(value) ? (threadsOf(first)[0] ?? null) : null);
  const time = asName(first.time);
  return buildConversation(
    {
      source: 'gemini',
      externalId: thread,
      key: thread ?? `#${contentKey([time, asName(first.title)])}`,
      created: time,
      updated: last?.time,
      flags: events.length > 1 ? { events: events.length } : {},
    },
    turns,
    context,
    'events',
  );
}

function turnsOf(event: JsonRecord, context: SourceContext): Turn[] {
  const { prompt, known } = withoutPrefix(asName(event.title) ?? '');
  const asked = asName(inner(event, 'request')) ?? askedBeside(event, known) ?? prompt;
  const answer = answerOf(event);
  if (answer.length === 0 && !known && asked === prompt && inner(event, 'request') === undefined) return [];
  const question: Turn = {
    id: null,
    role: 'user',
    kind: !known && asked === prompt && saidByProgram(prompt) ? 'runtime' : 'human',
    parts: [...wordsPart(asked), ...filesOf(event, context)],
    time: event.time,
  };
  if (answer.length === 0) return [question];
  return [question, { id: null, role: 'assistant', kind: 'model', parts: answer, time: event.time }];
}

/** Some events have the prompt in a field of its own, or beside its person among the subtitles, and the title says only that there was one. */
function askedBeside(event: JsonRecord, known: boolean): string | null {
  const said = asRecords(event.subtitles).find(({ name }) => asName(name) === 'User');
  return known ? null : (asName(event.text) ?? asName(said?.value));
}

/** Answers stand as HTML; older activity has them in `details` or `userInteractions`. */
function answerOf(event: JsonRecord): CanonicalPart[] {
  const html = asRecords(event.safeHtmlItem).flatMap((item) => asName(item.html) ?? []);
  if (html.length > 0) return wordsPart(htmlText(html.join('\n')));
  const said = inner(event, 'response');
  const text = asName(said);
  if (text !== null) return wordsPart(/<\w+[^>]*>/.test(text) ? htmlText(text) : text);
  return isRecord(said) || Array.isArray(said) ? [rawPart(said)] : [];
}

function inner(event: JsonRecord, field: 'request' | 'response'): unknown {
  for (const list of [event.details, event.userInteractions]) {
    for (const entry of asRecords(list)) {
      const record = asRecord(entry.userInteraction) ?? entry;
      const named = asName(record.name)?.toLowerCase() === field ? record.value : undefined;
      const found = named ?? record[field] ?? record[field === 'request' ? 'Request' : 'Response'];
      if (found !== undefined) return asName(asRecord(found)?.text) ?? found;
    }
  }
  return undefined;
}

function filesOf(event: JsonRecord, context: SourceContext): CanonicalPart[] {
  const shown = new Map(
    asRecords(event.subtitles).flatMap((subtitle): [string, string][] => {
      const url = asName(subtitle.url);
      const name = asName(subtitle.name)?.replace(/^-\s+/, '');
      return url === null || name === undefined ? [] : [[url, name]];
    }),
  );
  const named = [event.attachedFiles, event.imageFile].flatMap((files) =>
    Array.isArray(files) ? asArray(files) : [files],
  );
  const files = named.flatMap((file) => asName(file) ?? []);
  return [...new Set(files)].map((id) =>
    id.startsWith('data:')
      ? linkedPart(id)
      : filePart({ id, name: shown.get(id) ?? id, status: context.assetIds.has(id) ? 'skipped' : 'missing' }),
  );
}

const readJson = jsonReader(readEvents);
const less = 0x3c;

export const gemini: SourceModule = {
  source: 'gemini',
  version: 3,
  forks: true,
  formats: [
    {
      kind: 'json',
      cut: { kind: 'grouped', keyOf: threadsOf },
      claim: firstClaim(claimOf),
    },
    {
      kind: 'html',
      cut: { kind: 'pieces', split: splitGeminiPage },
      claim: ({ head }) =>
        looksLikeGeminiPage(head)
          ? { confidence: 0.95, why: 'It is the page of activity of Gemini that Google Takeout writes.' }
          : null,
    },
  ],
  assetId: (name) => /(?:Gemini|Bard)[^/]*\/([^/]+\.(?!json$|html$)\w+)$/.exec(name)?.[1] ?? null,
  // The title is read without what Takeout puts in front of it.
  aside: asideFields('activityControls', 'header', 'products', 'title', 'locationInfos'),
  read: (bytes, context) =>
    bytes.find((byte) => byte > 0x20) === less
      ? readGeminiCells(bytes.toString('utf8'), context)
      : readJson(bytes, context),
};
