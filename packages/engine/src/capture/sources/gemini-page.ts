/** The page of activity Takeout writes where one asks for HTML: a cell for each event. Pure. */
import type { CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { wordsPart } from './content-blocks.ts';
import { contentKey } from './content-key.ts';
import { saidByProgram, threadIn, withoutPrefix } from './gemini-prompt.ts';
import { htmlText, unescapeHtml } from './html-text.ts';
import { oldestFirst } from './oldest-first.ts';
import { skippedReading } from './reading.ts';
import { type WrittenTime, writtenTime } from './written-time.ts';

const cell = '<div class="outer-cell';

export const looksLikeGeminiPage = (html: string): boolean =>
  html.includes(cell) && /mdl-typography--title">[^<]{0,100}(?:Gemini|Bard)/.test(html);

function cellsOf(html: string): string[] {
  const cells: string[] = [];
  for (let at = html.indexOf(cell); at >= 0; ) {
    const next = html.indexOf(cell, at + cell.length);
    cells.push(html.slice(at, next < 0 ? html.length : next));
    at = next;
  }
  return cells;
}

/** Stands in front of a piece: which thread its events are of. */
const groupMark = /^<!--vivimGroup:([\w-]+)-->/;
/** Threads one event may stand in. */
const mostThreads = 32;

/** The threads an event is of, as the small print beside it links them: what was said may link to others. */
function threadsOf(html: string): string[] {
  const start = html.indexOf('mdl-typography--caption');
  const links = start < 0 ? [] : [...html.slice(start).matchAll(/href="([^"]{1,500})"/g)];
  const threads = new Set(links.flatMap(([, link = '']) => threadIn(link) ?? []));
  return [...threads].slice(0, mostThreads);
}

/** A piece for each thread, and one for each event of none; what stands before the first is the head of the page. */
export function splitGeminiPage(html: string): string[] {
  const pieces: string[] = [];
  const groups = new Map<string, string[]>();
  let repeated = 0;
  for (const one of cellsOf(html)) {
    const [thread, ...branches] = threadsOf(one);
    if (thread === undefined) {
      pieces.push(one);
      continue;
    }
    // No page is repeated more than threefold: what is beyond that stands in its first thread alone.
    repeated += one.length * branches.length;
    for (const name of repeated > html.length * 3 ? [thread] : [thread, ...branches]) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [one]);
      else group.push(one);
    }
  }
  for (const [thread, group] of groups) pieces.push(`<!--vivimGroup:${thread}-->${group.join('')}`);
  return pieces;
}

const contentStart = /<div class="content-cell[^"]*mdl-typography--body-1">/;
const br = /<br\s*\/?>/i;
/** A time in a language that is not read here still is short and has a year. */
const looksLikeTime = /^[^<>]{0,60}\b(?:19|20)\d{2}\b[^<>]{0,30}$/;

interface Event {
  readonly title: string;
  readonly time: WrittenTime;
  /** Empty where it holds neither a prompt nor an answer. */
  readonly turns: readonly Turn[];
}

export function readGeminiCells(html: string, context: SourceContext): Reading {
  const thread = groupMark.exec(html)?.[1] ?? null;
  // Newest first, as the page has them.
  const events = oldestFirst(cellsOf(html).map(readCell).toReversed(), ({ time }) => time.time.ms);
  const turns = events.flatMap((event) => event.turns);
  const [first] = events;
  if (first === undefined || turns.length === 0) {
    const detail = 'The event holds neither a prompt nor an answer.';
    return skippedReading('event_without_prompt', detail, { title: first?.title ?? null });
  }
  const key = thread ?? `#${contentKey([first.time.time.raw, first.title.toWellFormed()])}`;
  return buildConversation(
    {
      source: 'gemini',
      externalId: thread,
      key,
      created: first.time,
      ...(events.length > 1 ? { updated: events.at(-1)?.time, flags: { events: events.length } } : {}),
    },
    turns,
    context,
    'events',
  );
}

function readCell(html: string): Event {
  const start = contentStart.exec(html);
  const body = start === null ? '' : html.slice(start.index + start[0].length);
  const end = body.indexOf('<div class="content-cell');
  const lines = (end < 0 ? body : body.slice(0, end)).replace(/<\/div>\s*$/, '').split(br);
  let timeAt = lines.findIndex((line, ix) => ix > 0 && writtenTime(unescapeHtml(line)).time.ms !== null);
  if (timeAt < 0) timeAt = lines.findIndex((line, ix) => ix > 0 && looksLikeTime.test(unescapeHtml(line).trim()));
  if (timeAt < 0) timeAt = lines.length;
  const before = lines.slice(0, timeAt).map((line) => htmlText(line));
  const linked = lines.slice(1, timeAt).flatMap(fileOf);
  const listed = before.findIndex((line, ix) => ix > 0 && isFile.test(line));
  // In front of the files stands how many they are, in the language of the account.
  const counted = before[listed - 1]?.includes(String(before.filter((line) => isFile.test(line)).length)) === true;
  const words = before.filter(
    (line, ix) => ix === 0 || !(isFile.test(line) || (counted && ix === listed - 1) || attached.test(line)),
  );
  const title = words.join('\n').trim();
  const { prompt, known } = withoutPrefix(title);
  // What was split at a line break is joined with one again.
  const answer = wordsPart(htmlText(lines.slice(timeAt + 1).join('<br>')));
  const time = writtenTime(unescapeHtml(lines[timeAt] ?? '').trim() || null);
  if ((prompt === '' && answer.length === 0) || (answer.length === 0 && !known)) return { title, time, turns: [] };
  const question: Turn = {
    id: null,
    role: 'user',
    kind: !known && saidByProgram(prompt) ? 'runtime' : 'human',
    parts: [...wordsPart(prompt.toWellFormed()), ...linked],
    time,
  };
  if (answer.length === 0) return { title, time, turns: [question] };
  return { title, time, turns: [question, { id: null, role: 'assistant', kind: 'model', parts: answer, time }] };
}

const isFile = /^\s*-\s/;
const attached = /^Attached \d+ files?\./;

function fileOf(line: string): CanonicalPart[] {
  const match = /<a href="([^"]{1,500})"[^>]{0,500}>([^<]{0,300})<\/a>/.exec(line);
  const id = match?.[1] ?? '';
  return match === null || /^https?:/i.test(id) ? [] : [filePart({ id, name: unescapeHtml(match[2] ?? '') || id })];
}
