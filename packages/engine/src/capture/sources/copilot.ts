/**
 * Microsoft Copilot: the CSV of the privacy dashboard, in the three shapes it has had → canonical. Pure. There are no ids; a
 * title is all that tells conversations apart, so two of one title are one, and the report says so.
 */
import type { CanonicalIssue, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { wordsPart } from './content-blocks.ts';
import { contentKey } from './content-key.ts';
import { csvRows } from './csv.ts';
import { notAConversation } from './reading.ts';
import type { SourceModule } from './source-module.ts';
import { writtenTime } from './written-time.ts';

interface Columns {
  readonly title: number;
  readonly time: number;
  readonly author: number;
  readonly message: number;
  readonly app: number;
}

function columnsOf(header: readonly string[]): Columns | null {
  const names = header.map((name) => name.trim().toLowerCase());
  const find = (...wanted: string[]) => names.findIndex((name) => wanted.includes(name));
  const columns = {
    title: find('conversation', 'chatname'),
    time: find('time', 'createdat', 'timestamp'),
    author: find('author'),
    message: find('message', 'messagecontent', 'prompt'),
    app: find('clientapp'),
  };
  const spoken = columns.author >= 0 && columns.title >= 0;
  const prompts = columns.app >= 0 && names.includes('prompt');
  return columns.message >= 0 && columns.time >= 0 && (spoken || prompts) ? columns : null;
}

/** One piece for each title, in the order they first stand; a prompt of a list of prompts is one of its own. */
function splitTitles(text: string): string[] {
  const [header, ...rows] = csvRows(text);
  const columns = header === undefined ? null : columnsOf(header.fields);
  if (header === undefined || columns === null) return [text];
  const head = text.slice(header.start, header.end);
  const groups = new Map<string, string[]>();
  rows.forEach((row, ix) => {
    const key = columns.title < 0 ? `#${ix}` : `t${row.fields[columns.title] ?? ''}`;
    const raw = text.slice(row.start, row.end);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [head, raw]);
    else group.push(raw);
  });
  return [...groups.values()].map((lines) => lines.join('\n'));
}

function readTitle(bytes: Buffer, context: SourceContext): Reading {
  const [header, ...rows] = csvRows(bytes.toString('utf8'));
  const columns = header === undefined ? null : columnsOf(header.fields);
  if (columns === null || rows.length === 0) return notAConversation('The table has no messages of Copilot.');
  const times = rows.map((row) => writtenTime(row.fields[columns.time]));
  const [first, last] = [times[0]?.time.ms ?? null, times.at(-1)?.time.ms ?? null];
  // Some tables stand newest first.
  const backwards = first !== null && last !== null && first > last;
  const turns = rows.map((row, ix): Turn => {
    const author = (columns.author < 0 ? 'user' : (row.fields[columns.author] ?? '')).trim().toLowerCase();
    const human = author === 'user' || author === 'human' || author === 'you';
    const parts = wordsPart((row.fields[columns.message] ?? '').toWellFormed());
    return { id: null, role: human ? 'user' : 'assistant', kind: human ? 'human' : 'model', parts, time: times[ix] };
  });
  const ordered = backwards ? turns.toReversed() : turns;
  const title = columns.title < 0 ? null : (rows[0]?.fields[columns.title] ?? '').trim().toWellFormed() || null;
  const app = columns.app < 0 ? null : (rows[0]?.fields[columns.app] ?? '').toWellFormed() || null;
  const [begin, end] = backwards ? [times.at(-1), times[0]] : [times[0], times.at(-1)];
  return buildConversation(
    {
      source: 'copilot',
      externalId: null,
      key: title === null ? '' : `#${contentKey(['title', title])}`,
      title,
      created: begin,
      updated: end,
      flags: app === null ? {} : { app },
    },
    ordered,
    context,
    'rows',
    title === null ? [] : farApart(times.map(({ time }) => time.ms)),
  );
}

const day = 86_400_000;

/** Messages of one title with a day between them may be two conversations of one name. */
function farApart(times: readonly (number | null)[]): CanonicalIssue[] {
  const known = times.filter((ms) => ms !== null).toSorted((a, b) => a - b);
  const apart = known.some((ms, ix) => ix > 0 && ms - (known[ix - 1] ?? ms) > day);
  const detail =
    'Copilot names no conversations, only titles: messages of this title are more than a day apart, and may be two.';
  return apart ? [{ severity: 'note', code: 'conversation_uncertain', path: '', detail }] : [];
}

export const copilot: SourceModule = {
  source: 'copilot',
  formats: [
    {
      kind: 'text',
      cut: { kind: 'pieces', split: splitTitles },
      claim: ({ head }) => {
        const [header] = csvRows(head.slice(0, 2_000));
        return header === undefined || columnsOf(header.fields) === null
          ? null
          : { confidence: 0.95, why: 'It is a table with the columns of the activity of Microsoft Copilot.' };
      },
    },
  ],
  read: readTitle,
};
