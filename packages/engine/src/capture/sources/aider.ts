/**
 * Aider: `.aider.chat.history.md`, a session after the other → canonical. Pure. Lines of a prompt begin with `#### `, and those
 * that follow each other are one turn; lines that begin with `> ` are what the program said; everything else is the
 * answer. Times are local and name no zone: they are taken as UTC.
 */
import type { CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { contentKey } from './content-key.ts';
import { notAConversation } from './reading.ts';
import type { SourceModule } from './source-module.ts';

const started = /^# aider chat started at (.{4,40}?)\s*$/;
const startedLine = /^# aider chat started at /m;
const prompt = /^####(?: (.*))?$/;
const fence = /^ {0,3}(`{3,}|~{3,})/;

/** One piece for each session; what stands before the first is one too, where somebody asks in it. */
function splitSessions(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const pieces: string[][] = [[]];
  for (const line of lines) {
    if (started.test(line)) pieces.push([]);
    pieces.at(-1)?.push(line);
  }
  return pieces
    .filter((piece, ix) => (ix === 0 ? piece.some((line) => prompt.test(line)) : true))
    .map((piece) => piece.join('\n'));
}

type Kind = 'prompt' | 'program' | 'answer';

/** The lines of a session in runs of one kind. */
function runsOf(text: string): { kind: Kind; lines: string[] }[] {
  const runs: { kind: Kind; lines: string[] }[] = [];
  let blank = false;
  let open: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    if (started.test(line)) continue;
    const mark = fence.exec(line)?.[1] ?? null;
    // Answers are cut off at times, their code never closed: Aider ends the lines of a prompt with two spaces.
    const asked = prompt.exec(line);
    const isPrompt = asked !== null && (open === null || line.endsWith('  '));
    if (isPrompt) open = null;
    else if (mark !== null) open = open === null ? mark : mark.startsWith(open) && line.trim() === mark ? null : open;
    const kind: Kind = isPrompt
      ? 'prompt'
      : open === null && mark === null && /^>(?: |$)/.test(line)
        ? 'program'
        : 'answer';
    const words = isPrompt ? (asked?.[1] ?? '') : kind === 'program' ? line.slice(2) : line;
    const last = runs.at(-1);
    // An empty line between two prompts makes them two.
    if (last?.kind === kind && !(isPrompt && blank)) last.lines.push(words);
    else if (kind !== 'answer' || line.trim() !== '') runs.push({ kind, lines: [words] });
    else if (last?.kind === 'program') last.lines.push('');
    blank = line.trim() === '';
  }
  return runs;
}

const wordsOf = (lines: readonly string[]): string =>
  lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
    .toWellFormed();

function readSession(bytes: Buffer, context: SourceContext): Reading {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const time = started.exec(text.trimStart().split('\n', 1)[0] ?? '')?.[1] ?? null;
  const turns: Turn[] = [];
  let parts: CanonicalPart[] = [];
  const settle = () => {
    if (parts.length === 0) return;
    // What only the program said, nobody answered: a command of the person, or the start of the session.
    const answered = parts.some((part) => part.kind === 'text');
    turns.push(
      answered
        ? { id: null, role: 'assistant', kind: 'model', parts }
        : { id: null, role: 'tool', kind: 'tool', parts },
    );
    parts = [];
  };
  for (const { kind, lines } of runsOf(text)) {
    const words = wordsOf(lines);
    if (kind === 'prompt') {
      settle();
      // Enter was pressed, and nothing else: Aider writes that down as a word.
      const hidden = words === '<blank>' ? 'nothing_said' : null;
      const said: CanonicalPart[] = words === '' ? [] : [{ kind: 'text', text: words }];
      turns.push({ id: null, role: 'user', kind: 'human', parts: said, hidden });
    } else if (words !== '') {
      // Before anybody asked there is no answer: notes, or the command that started it.
      const isAnswer = kind === 'answer' && turns.some((turn) => turn.role === 'user');
      parts.push({ kind: isAnswer ? 'text' : 'tool_result', text: words });
    }
  }
  settle();
  const first = turns.find((turn) => turn.role === 'user')?.parts[0]?.text;
  if (!turns.some((turn) => turn.role === 'user')) return notAConversation('Nothing was asked in the session.');
  return buildConversation(
    {
      source: 'aider',
      externalId: null,
      key: `#${contentKey([time, first ?? null])}`,
      created: time,
      flags: modelOf(text) === null ? {} : { main_model: modelOf(text) },
      model: modelOf(text),
    },
    turns,
    context,
    'turns',
  );
}

/** `> Main model: gpt-4o with diff edit format`, `> Model: …`. */
const modelOf = (text: string): string | null => /^> (?:Main model|Model): (\S{1,100})/m.exec(text)?.[1] ?? null;

const ofAider = /^> .*\baider\b|^> (?:Applied edit to|Tokens: |Commit [0-9a-f]{7} |Added .* to the chat)/im;

export const aider: SourceModule = {
  source: 'aider',
  version: 2,
  formats: [
    {
      kind: 'text',
      cut: { kind: 'pieces', split: splitSessions },
      claim: ({ head }) => {
        if (startedLine.test(head))
          return { confidence: 0.97, why: 'It has lines that say when a chat of Aider was started.' };
        return /^#### /m.test(head) && ofAider.test(head)
          ? { confidence: 0.75, why: 'It is Markdown with prompts and the notes of Aider between them.' }
          : null;
      },
    },
  ],
  read: readSession,
};
