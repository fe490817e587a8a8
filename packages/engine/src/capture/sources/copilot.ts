/**
 * Microsoft Copilot: the CSV of the privacy dashboard, in the three shapes it has had, with any separator and in the language of the
 * account → canonical. Pure. There are no ids; a title is all that tells conversations apart, so two of one title are one, and the
 * report says so.
 */
import type { CanonicalIssue, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { wordsPart } from './content-blocks.ts';
import { contentKey } from './content-key.ts';
import { type Columns, columnsOf, isPerson } from './copilot-columns.ts';
import { isHistory, readHistory } from './copilot-history.ts';
import { type CsvRow, csvRows, csvTable } from './csv.ts';
import { asName, asRecord, fromJson } from './json-value.ts';
import { forwards, type Said } from './oldest-first.ts';
import { madeFrom, notAConversation } from './reading.ts';
import { claimWhere, type SourceModule } from './source-module.ts';
import { isDayFirst, writtenTime } from './written-time.ts';

/** What a table says as a whole, and a piece of it alone may not. */
interface Shape {
  readonly separator: string;
  readonly columns: Columns;
  /** `5/1/2026` is the fifth of January. */
  readonly dayFirst: boolean;
  /** A prompt and its answer may have one time: which of the two stands first only the table says. */
  readonly newestFirst: boolean;
}

function shapeOf(rows: readonly CsvRow[], separator: string): (Shape & { readonly named: boolean }) | null {
  const known = columnsOf(rows);
  if (known === null) return null;
  const { columns, named } = known;
  const times = rows.slice(1).map(({ fields }) => fields[columns.time] ?? '');
  const dayFirst = isDayFirst(times, separator === ';');
  return { separator, columns, named, dayFirst, newestFirst: isNewestFirst(rows.slice(1), columns, dayFirst) };
}

/** By rows that follow each other under one title. */
function isNewestFirst(rows: readonly CsvRow[], columns: Columns, dayFirst: boolean): boolean {
  const before = new Map<string, Said>();
  let way = 0;
  for (const { fields } of rows) {
    const title = fields[columns.title] ?? '';
    const human = columns.author < 0 || isPerson(fields[columns.author]);
    const row = { ms: writtenTime(fields[columns.time], dayFirst).time.ms, human };
    way += forwards(before.get(title) ?? row, row);
    before.set(title, row);
  }
  return way < 0;
}

const shapeKey = '{"vivimTable":';

/**
 * One piece for each title, in the order they first stand; a prompt of a list of prompts is one of its own. Each has the table's first
 * row in front, and a line with its shape where a piece alone would not say it.
 */
function splitTitles(text: string): string[] {
  const { rows: all, separator } = csvTable(text);
  const [header, ...rows] = all;
  const known = shapeOf(all, separator);
  if (header === undefined || known === null) return [text];
  const { named, ...whole } = known;
  const { columns } = known;
  const plain = named && separator === ',' && !known.dayFirst && !known.newestFirst;
  const shape = plain ? [] : [`${shapeKey}${JSON.stringify(whole satisfies Shape)}}`];
  const head = [...shape, text.slice(header.start, header.end)];
  const groups = new Map<string, string[]>();
  rows.forEach((row, ix) => {
    const key = columns.title < 0 ? `#${ix}` : `t${row.fields[columns.title] ?? ''}`;
    const raw = text.slice(row.start, row.end);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [...head, raw]);
    else group.push(raw);
  });
  return [...groups.values()].map((lines) => lines.join('\n'));
}

/** A piece as {@link splitTitles} makes it. */
function opened(text: string): { readonly shape: Shape | null; readonly rows: readonly CsvRow[] } {
  const lineEnd = text.indexOf('\n');
  const told = text.startsWith(shapeKey) && lineEnd > 0 ? asShape(text.slice(0, lineEnd)) : null;
  if (told !== null) return { shape: told, rows: csvRows(text.slice(lineEnd + 1), told.separator) };
  const { rows, separator } = csvTable(text);
  return { shape: shapeOf(rows, separator), rows };
}

/** Null where the line was spoiled. */
function asShape(line: string): Shape | null {
  const shape = asRecord(asRecord(fromJson(line))?.vivimTable);
  const columns = asRecord(shape?.columns);
  const place = (name: string) => (typeof columns?.[name] === 'number' ? columns[name] : -1);
  const separator = asName(shape?.separator);
  if (columns === null || separator === null) return null;
  const [title, time, author, message, app] = ['title', 'time', 'author', 'message', 'app'].map(place) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    separator,
    columns: { title, time, author, message, app },
    dayFirst: shape?.dayFirst === true,
    newestFirst: shape?.newestFirst === true,
  };
}

function readTitle(bytes: Buffer, context: SourceContext): Reading {
  const { shape, rows: all } = opened(bytes.toString('utf8'));
  const rows = all.slice(1);
  if (shape === null || rows.length === 0) return notAConversation('The table has no messages of Copilot.');
  const { columns, dayFirst, newestFirst: backwards } = shape;
  const times = rows.map((row) => writtenTime(row.fields[columns.time], dayFirst));
  const turns = rows.map((row, ix): Turn => {
    const human = columns.author < 0 || isPerson(row.fields[columns.author]);
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

/** Characters of a table that are looked at to know it. */
const mostSeen = 16_000;

export const copilot: SourceModule = {
  source: 'copilot',
  version: 3,
  formats: [
    {
      kind: 'text',
      cut: { kind: 'pieces', split: splitTitles },
      claim: ({ head }) => {
        const { rows } = csvTable(head.slice(0, mostSeen));
        const known = columnsOf(rows);
        if (known === null) return null;
        return known.named
          ? { confidence: 0.95, why: 'It is a table with the columns of the activity of Microsoft Copilot.' }
          : {
              confidence: 0.75,
              why: 'It is a table of four columns: times, a person and a model, titles and what was said, as Microsoft Copilot has them.',
            };
      },
    },
    {
      kind: 'json',
      cut: { kind: 'whole' },
      claim: claimWhere(
        isHistory,
        0.93,
        'Its `results` are messages by a human and an AI, as the site of Microsoft Copilot gives them.',
      ),
    },
  ],
  read: (bytes, context) => {
    // A piece of a table begins with how it is read, as JSON on a line of its own.
    const value = fromJson(bytes.toString('utf8'));
    return value === undefined ? readTitle(bytes, context) : madeFrom(readHistory(value, context), [value]);
  },
};
