/**
 * A table of messages (CSV, with tabs or semicolons too): a row for each, with who speaks and what is said, or a prompt and its answer in
 * one row → conversations of the generic format. Columns are known by their names; those that are not stay on their message. Pure.
 */
import { csvTable } from './csv.ts';
import { asId, type JsonRecord, toJson } from './json-value.ts';
import type { Claim, Look } from './source-module.ts';
import { writtenTime } from './written-time.ts';

const names = {
  role: ['role', 'sender', 'author', 'speaker', 'from', 'participant', 'authorrole', 'sendertype', 'messagerole'],
  content: ['content', 'message', 'text', 'body', 'messagecontent', 'messagetext', 'messagebody'],
  prompt: ['prompt', 'question', 'user', 'human', 'query', 'usermessage', 'input'],
  answer: ['response', 'answer', 'completion', 'assistant', 'reply', 'assistantmessage', 'output'],
  byPerson: ['iscreatedbyuser'],
  conversation: [
    'conversationid',
    'conversationuuid',
    'chatid',
    'threadid',
    'sessionid',
    'conversation',
    'chat',
    'thread',
  ],
  title: ['title', 'conversationtitle', 'chattitle', 'chatname', 'threadtitle', 'conversationname'],
  time: ['createdat', 'timestamp', 'time', 'date', 'datetime', 'createtime', 'created', 'sentat', 'messagetime'],
  id: ['messageid', 'messageuuid', 'id', 'uuid'],
  parent: ['parentmessageid', 'parentid', 'parentmessageuuid'],
  model: ['model', 'modelslug', 'modelname', 'modelid'],
} as const;
type Columns = Readonly<Record<keyof typeof names, number>>;

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '');

/** Places of the columns, from 0; -1 for one the table does not have. The first name of a list that is there counts. */
function columnsOf(header: readonly string[]): Columns {
  const said = header.map(plain);
  const place = (wanted: readonly string[]) => wanted.map((name) => said.indexOf(name)).find((at) => at >= 0) ?? -1;
  return Object.fromEntries(Object.entries(names).map(([key, wanted]) => [key, place(wanted)])) as Columns;
}

const people = new Set(['user', 'human', 'you', 'me', 'prompt', 'true']);
const models =
  /^(?:assistant|ai|bot|model|response|false|chatgpt|gpt|claude|gemini|bard|bing|copilot|grok|deepseek|perplexity|mistral|llama|qwen|kimi)\b/;

const isSpoken = (columns: Columns) => columns.content >= 0 && (columns.role >= 0 || columns.byPerson >= 0);
const isPairs = (columns: Columns) => columns.prompt >= 0 && columns.answer >= 0;
/** Characters of a table that are looked at to know it. */
const mostSeen = 64_000;

export function claimTable({ head }: Look): Claim | null {
  const [header, ...rows] = csvTable(head.slice(0, mostSeen)).rows;
  if (header === undefined || header.fields.length < 2 || rows.length === 0) return null;
  const columns = columnsOf(header.fields);
  if (isSpoken(columns)) {
    const by = columns.byPerson < 0 ? columns.role : columns.byPerson;
    const said = rows.map(({ fields }) => (fields[by] ?? '').trim().toLowerCase());
    return said.some((one) => people.has(one)) && said.some((one) => models.test(one))
      ? {
          confidence: 0.85,
          why: 'It is a table with a column of who speaks, the person or the model, and one of what is said.',
        }
      : null;
  }
  return isPairs(columns)
    ? { confidence: 0.6, why: 'It is a table with a column of prompts and one of their answers.' }
    : null;
}

/**
 * One conversation for each that a column names, else for each title; where neither does, all rows are one, and each prompt with its
 * answer is one of its own.
 * @returns conversations as JSON
 */
export function splitTable(text: string): string[] {
  const [header, ...rows] = csvTable(text).rows;
  const columns = columnsOf(header?.fields ?? []);
  const spoken = isSpoken(columns);
  if (header === undefined || (!spoken && !isPairs(columns))) return [text];
  const groups = new Map<string, Group>();
  rows.forEach(({ fields }, ix) => {
    const field = (at: number): string => (at < 0 ? '' : (fields[at] ?? ''));
    const [id, title] = [field(columns.conversation), field(columns.title)];
    const key = id !== '' ? `i${id}` : title !== '' ? `t${title}` : spoken ? '' : `#${ix}`;
    const group = groups.get(key) ?? { id, title, messages: [] };
    groups.set(key, group);
    group.messages.push(
      ...(spoken ? [spokenIn(fields, header.fields, columns)] : pairIn(fields, header.fields, columns)),
    );
  });
  return [...groups.values()].map((group) => toJson(conversationOf(group)) ?? '{}');
}

interface Group {
  readonly id: string;
  readonly title: string;
  readonly messages: JsonRecord[];
}

function conversationOf({ id, title, messages }: Group): JsonRecord {
  const ids = new Set(messages.map(({ externalId }) => externalId));
  // Many programs write a parent that is none (zeros) on the first message.
  const placed = messages.map((message) => (ids.has(message.parentId) ? message : { ...message, parentId: undefined }));
  const branched = placed.some(({ parentId }) => parentId !== undefined);
  const [first, last] = [placed[0], placed.at(-1)].map((message) => writtenTime(message?.createdAt).time.ms);
  const backwards = !branched && (first ?? 0) > (last ?? Number.POSITIVE_INFINITY);
  return {
    ...(id === '' ? {} : { externalId: id }),
    ...(title === '' ? {} : { title }),
    messages: backwards ? placed.toReversed() : placed,
  };
}

/** What stands in columns that are not known, under their names. */
function others(fields: readonly string[], header: readonly string[], columns: Columns): JsonRecord {
  const known = new Set<number>(Object.values(columns));
  return Object.fromEntries(
    fields.flatMap((field, ix) => (known.has(ix) || field === '' ? [] : [[`column ${header[ix] ?? ix}`, field]])),
  );
}

function about(fields: readonly string[], columns: Columns): JsonRecord {
  const field = (at: number): string | undefined => (at < 0 || fields[at] === '' ? undefined : fields[at]);
  return {
    createdAt: field(columns.time),
    model: field(columns.model),
    externalId: asId(field(columns.id)) ?? undefined,
    parentId: field(columns.parent),
  };
}

function spokenIn(fields: readonly string[], header: readonly string[], columns: Columns): JsonRecord {
  const name = columns.role < 0 ? '' : (fields[columns.role] ?? '');
  const said = columns.byPerson < 0 ? '' : (fields[columns.byPerson] ?? '').trim().toLowerCase();
  const role = said === 'true' ? 'user' : said === 'false' ? 'assistant' : name.trim();
  return {
    role,
    ...(role === name.trim() || people.has(name.trim().toLowerCase()) ? {} : { author: name }),
    content: fields[columns.content] ?? '',
    ...about(fields, columns),
    ...others(fields, header, columns),
  };
}

function pairIn(fields: readonly string[], header: readonly string[], columns: Columns): JsonRecord[] {
  const { externalId: _, parentId: __, model, ...said } = about(fields, columns);
  return [
    { role: 'user', content: fields[columns.prompt] ?? '', ...said },
    { role: 'assistant', content: fields[columns.answer] ?? '', model, ...said, ...others(fields, header, columns) },
  ];
}
