/** The page of activity Takeout writes where one asks for HTML: a cell for each event. Pure. */
import type { CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { filePart } from './attachments.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { wordsPart } from './content-blocks.ts';
import { contentKey } from './content-key.ts';
import { saidByProgram, withoutPrefix } from './gemini-prompt.ts';
import { htmlText, unescapeHtml } from './html-text.ts';
import { skippedReading } from './reading.ts';
import { writtenTime } from './written-time.ts';

const cell = '<div class="outer-cell';

export const looksLikeGeminiPage = (html: string): boolean =>
  html.includes(cell) && /mdl-typography--title">[^<]{0,100}(?:Gemini|Bard)/.test(html);

/** One piece for each event; what stands before the first is the head of the page. */
export function splitGeminiPage(html: string): string[] {
  const pieces: string[] = [];
  for (let at = html.indexOf(cell); at >= 0; ) {
    const next = html.indexOf(cell, at + cell.length);
    pieces.push(html.slice(at, next < 0 ? html.length : next));
    at = next;
  }
  return pieces;
}

const contentStart = /<div class="content-cell[^"]*mdl-typography--body-1">/;
const br = /<br\s*\/?>/i;
/** A time in a language that is not read here still is short and has a year. */
const looksLikeTime = /^[^<>]{0,60}\b(?:19|20)\d{2}\b[^<>]{0,30}$/;

export function readGeminiCell(html: string, context: SourceContext): Reading {
  const start = contentStart.exec(html);
  const body = start === null ? '' : html.slice(start.index + start[0].length);
  const end = body.indexOf('<div class="content-cell');
  const lines = (end < 0 ? body : body.slice(0, end)).replace(/<\/div>\s*$/, '').split(br);
  let timeAt = lines.findIndex((line, ix) => ix > 0 && writtenTime(unescapeHtml(line)).time.ms !== null);
  if (timeAt < 0) timeAt = lines.findIndex((line, ix) => ix > 0 && looksLikeTime.test(unescapeHtml(line).trim()));
  if (timeAt < 0) timeAt = lines.length;
  const before = lines.slice(0, timeAt).map((line) => htmlText(line));
  const linked = lines.slice(1, timeAt).flatMap(fileOf);
  const words = before.filter((line, ix) => ix === 0 || !/^(?:\s*-\s|Attached \d+ files?\.)/.test(line));
  const title = words.join('\n').trim();
  const { prompt, known } = withoutPrefix(title);
  // What was split at a line break is joined with one again.
  const answer = wordsPart(htmlText(lines.slice(timeAt + 1).join('<br>')));
  if ((prompt === '' && answer.length === 0) || (answer.length === 0 && !known))
    return skippedReading('event_without_prompt', 'The event holds neither a prompt nor an answer.', { title });
  const time = writtenTime(unescapeHtml(lines[timeAt] ?? '').trim() || null);
  const question: Turn = {
    id: null,
    role: 'user',
    kind: !known && saidByProgram(prompt) ? 'runtime' : 'human',
    parts: [...wordsPart(prompt.toWellFormed()), ...linked],
    time,
  };
  const turns: Turn[] =
    answer.length === 0 ? [question] : [question, { id: null, role: 'assistant', kind: 'model', parts: answer, time }];
  const key = `#${contentKey([time.time.raw, title.toWellFormed()])}`;
  return buildConversation({ source: 'gemini', externalId: null, key, created: time }, turns, context, 'events');
}

function fileOf(line: string): CanonicalPart[] {
  const match = /<a href="([^"]{1,500})"[^>]{0,500}>([^<]{0,300})<\/a>/.exec(line);
  const id = match?.[1] ?? '';
  return match === null || /^https?:/i.test(id) ? [] : [filePart({ id, name: unescapeHtml(match[2] ?? '') || id })];
}
