/**
 * Cursor: the transcript of an agent as it was kept until 2026 (`agent-transcripts/<id>.txt`) → canonical. Pure. `user:` and `assistant:` stand on
 * lines of their own; in an answer `[Thinking]`, `[Tool call] name` and `[Tool result] name` begin what follows them indented.
 */
import type { CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { toolCallPart, toolResultParts, wordsPart } from './content-blocks.ts';
import { asked } from './cursor-transcript.ts';
import { madeFrom, notAConversation } from './reading.ts';
import { model, person } from './speakers.ts';

const speaks = /^(user|assistant):\s*$/;
const marks = /^\[(Thinking|Tool call|Tool result)\] ?(.*)$/;

export const isTextTranscript = (head: string): boolean =>
  /^\s*user:\s*\n/.test(head) &&
  (head.includes('<user_query>') || /^\[(?:Thinking\]|Tool (?:call|result)\] )/m.test(head)) &&
  (/^assistant:\s*$/m.test(head) || head.includes('</user_query>'));

export function readTextTranscript(text: string, context: SourceContext): Reading {
  const turns: Turn[] = [];
  let speaker: string | null = null;
  let lines: string[] = [];
  const settle = () => {
    if (speaker === null) return;
    const words = lines.join('\n').trim();
    const parts = speaker === 'user' ? wordsPart(words).flatMap(asked) : answerParts(lines);
    if (parts.length > 0) turns.push({ id: null, ...(speaker === 'user' ? person : model), parts });
  };
  for (const line of text.toWellFormed().split(/\r?\n/)) {
    const match = speaks.exec(line);
    if (match === null) {
      lines.push(line);
      continue;
    }
    settle();
    speaker = match[1] ?? null;
    lines = [];
  }
  settle();
  if (turns.length === 0) return notAConversation('The transcript holds no messages.');
  return madeFrom(
    buildConversation({ source: 'cursor', externalId: null, flags: { mode: 'agent' } }, turns, context, 'lines'),
    [],
  );
}

function answerParts(lines: readonly string[]): CanonicalPart[] {
  const parts: CanonicalPart[] = [];
  let words: string[] = [];
  let mark: { readonly kind: string; readonly name: string } | null = null;
  const settle = () => {
    const text = dedented(words).trim();
    if (mark?.kind === 'Thinking') parts.push(...wordsPart(text, 'reasoning'));
    else if (mark?.kind === 'Tool call') parts.push(toolCallPart(mark.name, null, argumentsIn(text)));
    else if (mark !== null) parts.push(...toolResultParts(mark.name, null, text));
    else parts.push(...wordsPart(text));
    words = [];
  };
  for (const line of lines) {
    const match = marks.exec(line);
    if (match !== null) {
      settle();
      const [, kind = '', rest = ''] = match;
      mark = { kind, name: kind === 'Thinking' ? '' : rest.trim() };
      if (kind === 'Thinking' && rest !== '') words.push(rest);
    } else {
      // What stands at the margin goes on with the answer; a thought may go on there until a blank line.
      const ends = mark?.kind === 'Thinking' ? words.length > 0 && words.at(-1)?.trim() === '' : true;
      if (mark !== null && /^\S/.test(line) && ends) {
        settle();
        mark = null;
      }
      words.push(line);
    }
  }
  settle();
  return parts;
}

/** Without the blanks all of its lines begin with. */
function dedented(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const least = indents.reduce((one, other) => Math.min(one, other), 200);
  return lines.map((line) => line.slice(Math.min(least, line.length))).join('\n');
}

/** `name: value` a line, as far as all of it is. */
function argumentsIn(text: string): unknown {
  const fields = text.split('\n').map((line) => /^(\w{1,60})\s*[:=]\s?(.*)$/.exec(line));
  if (text === '' || fields.some((field) => field === null)) return text === '' ? {} : text;
  return Object.fromEntries(fields.map((field) => [field?.[1] ?? '', field?.[2] ?? '']));
}
