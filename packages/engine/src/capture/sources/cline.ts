/**
 * Cline and its kin in an editor (Roo Code, Kilo Code): a task as it was sent (`api_conversation_history.json`), as its window showed it
 * (`ui_messages.json`), or a session of its command line (`<id>.messages.json`) → canonical. Pure. A task names neither itself nor its model.
 */
import type { CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { isOfWindow, isShown, shownTurns } from './cline-ui.ts';
import { askedParts, isMarked, saidParts, withoutTags } from './cline-words.ts';
import { contentOf, rawPart, unknownIssues } from './content-blocks.ts';
import { contentKey } from './content-key.ts';
import {
  asArray,
  asId,
  asName,
  asRecord,
  asRecords,
  fromJson,
  isRecord,
  type JsonRecord,
  toJson,
} from './json-value.ts';
import { jsonReader, notAConversation } from './reading.ts';
import { claimWhere, has, type Look, type SourceModule } from './source-module.ts';
import { chatSpeakers, program } from './speakers.ts';

const isMessage = (value: unknown): boolean =>
  isRecord(value) && (value.role === 'user' || value.role === 'assistant') && 'content' in value;

const textsIn = (message: JsonRecord): string[] =>
  typeof message.content === 'string'
    ? [message.content]
    : asRecords(message.content).flatMap(({ text }) => (typeof text === 'string' ? [text] : []));

/** Messages as Anthropic's interface has them, whose texts are marked as these programs mark them. */
const isTask = ({ values, rows }: Pick<Look, 'values' | 'rows'>): boolean =>
  !rows &&
  values.filter(isMessage).length * 2 >= values.length - 1 &&
  asRecords(values)
    .slice(0, 4)
    .some((message) => textsIn(message).some(isMarked));

const isSession = (record: JsonRecord): boolean =>
  Array.isArray(record.messages) &&
  asId(record.sessionId) !== null &&
  ('agent' in record || 'updated_at' in record || 'taskType' in record) &&
  record.messages.slice(0, 3).every(isMessage);

function readTask(value: unknown, context: SourceContext): Reading {
  const record = asRecord(value);
  const list = Array.isArray(value) ? value : asArray(record?.messages);
  if (list.length === 0) return notAConversation('The task holds no messages.');
  const issues: CanonicalIssue[] = [];
  const shown = list.some(isShown);
  const turns = shown ? shownTurns(list) : list.map((message, ix) => turnOf(message, ix, issues));
  if (!turns.some(({ parts }) => parts.length > 0)) return notAConversation('Nothing was said in the task.');
  const externalId = asId(record?.sessionId);
  const origin = asRecord(record?.origin);
  const parent = asId(origin?.parentThreadId);
  const reading = buildConversation(
    {
      source: 'cline',
      externalId,
      // The same task begins alike as it was sent and as it was shown; the window's is another conversation.
      ...(externalId === null ? { key: keyOf(turns, shown, 1) } : {}),
      title: context.titles.get(externalId ?? '') ?? null,
      created: turns.find(({ time }) => time !== undefined)?.time,
      updated: record?.updated_at ?? turns.findLast(({ time }) => time !== undefined)?.time,
      model: turns.findLast(({ model }) => (model ?? null) !== null)?.model ?? null,
      flags: { ...(shown ? { kind: 'shown' } : {}), ...(parent === null ? {} : { agent: true, parent }) },
    },
    turns,
    context,
    'messages',
    issues,
  );
  const before = externalId === null ? [keyOf(turns, shown, 2)] : [];
  return reading.outcome === 'conversation' ? { ...reading, formerKeys: before } : reading;
}

/**
 * Of how a task begins, with its time, which stands in the row or in what the editor put around it: a task is begun twice with the same
 * words. Of the first turn alone, because it is written before there is an answer; the answer was in it once.
 */
const keyOf = (turns: readonly Turn[], shown: boolean, first: 1 | 2): string =>
  `#${contentKey(['cline', String(shown), ...turns.slice(0, first).map(({ role, parts, time }) => `${role} ${toJson([parts, time ?? null]) ?? ''}`)])}`;

function turnOf(value: unknown, ix: number, issues: CanonicalIssue[]): Turn {
  const message = asRecord(value);
  if (message === null) return { id: null, ...program, parts: [rawPart(value)] };
  const said = asName(message.role) ?? '';
  const speaker = chatSpeakers.get(said) ?? program;
  const parts = partsOf(message, said, `messages/${ix}`, issues);
  return {
    id: asId(message.id),
    ...speaker,
    ...(said === 'user' ? { kind: kindOf(parts) } : {}),
    parts,
    ...(message.ts === undefined ? {} : { time: message.ts }),
    model:
      said === 'assistant'
        ? (asName(asRecord(message.modelInfo)?.modelId) ?? asName(asRecord(message.modelInfo)?.id))
        : null,
  };
}

/** In the person's name a tool answers mostly, and the editor tells what is open in it. */
function kindOf(parts: readonly CanonicalPart[]): Turn['kind'] {
  if (parts.some(({ kind, attachment }) => kind === 'text' || attachment !== undefined)) return 'human';
  return parts.some(({ kind }) => kind === 'tool_result' || kind === 'error') ? 'tool' : 'context';
}

function partsOf(message: JsonRecord, said: string, place: string, issues: CanonicalIssue[]): CanonicalPart[] {
  const blocks = Array.isArray(message.content) ? message.content : [message.content];
  let answering: string | null = null;
  const reasoning = contentOf(message.reasoning_details ?? [], 'reasoning').parts;
  return [
    ...reasoning.filter(({ kind }) => kind === 'reasoning'),
    ...blocks.flatMap((block: unknown): CanonicalPart[] => {
      const record = asRecord(block);
      const text = typeof block === 'string' ? block : record?.type === 'text' ? record.text : undefined;
      if (typeof text === 'string' && said === 'assistant') return saidParts(text.toWellFormed());
      if (typeof text === 'string' && said === 'user') {
        const asked = askedParts(text.toWellFormed(), answering);
        answering = asked.answering;
        return asked.parts;
      }
      const { parts, unknown } = contentOf([block]);
      issues.push(...unknownIssues(place, unknown));
      return parts.flatMap((part) => feedbackIn(part));
    }),
  ];
}

/** What the person said to what a tool did stands in its answer. */
function feedbackIn(part: CanonicalPart): CanonicalPart[] {
  if (part.kind !== 'tool_result' || !part.text?.includes('</feedback>')) return [part];
  const { parts } = askedParts(part.text, part.toolName ?? 'tool');
  return parts.map((one) => (one.kind === 'tool_result' ? { ...part, text: one.text } : one));
}

const readJson = jsonReader(readTask);

/** What was given without tags, and without what the window alone shows: for the account of what was left. */
function untagged(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((one) => !isOfWindow(one)).map(untagged);
  if (!isRecord(value)) return typeof value === 'string' ? withoutTags(value) : value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, untagged(one)]));
}

export const cline: SourceModule = {
  source: 'cline',
  formats: [
    {
      kind: 'json',
      cut: { kind: 'whole', alsoLists: true },
      claim: (look) =>
        isTask(look)
          ? {
              confidence: 0.95,
              why: 'It is a task with what the editor put around each prompt, as Cline, Roo Code and Kilo Code keep it.',
            }
          : null,
    },
    {
      kind: 'json',
      cut: { kind: 'whole' },
      claim: claimWhere(isSession, 0.955, 'It is a session with its messages, as the command line of Cline keeps it.'),
    },
    {
      kind: 'json',
      cut: { kind: 'whole', alsoLists: true },
      apart:
        'It is what the window showed of a task; the messages beside it say the same. Import it by itself where those are gone.',
      apartInFolder: true,
      claim: ({ values, rows }) =>
        !rows && values.length > 0 && values.every(isShown)
          ? {
              confidence: 0.9,
              why: 'Its rows are what was said and asked in a task, as the window of Cline, Roo Code and Kilo Code keeps them.',
            }
          : null,
    },
  ],
  sidecars: [
    {
      what: 'what the program notes of a session',
      content: false,
      fits: (record) => asId(record.session_id) !== null && ('started_at' in record || 'workspace_root' in record),
      names: (record) => {
        const id = asId(record.session_id);
        const title = asName(asRecord(record.metadata)?.title) ?? asName(record.prompt)?.slice(0, 200);
        return id === null || title === undefined ? null : { id, title };
      },
    },
    { what: 'what the program notes of a task', content: false, fits: has('task', 'tokensIn', 'ts') },
    { what: 'which files a task looked at', content: false, fits: has('files_in_context') },
  ],
  formerly: {
    source: 'generic',
    takes: (bytes) => {
      const value = fromJson(bytes.toString('utf8'));
      return Array.isArray(value) ? isTask({ values: value, rows: false }) : isRecord(value) && isSession(value);
    },
  },
  read: (bytes, context) => {
    const reading = readJson(bytes, context);
    return reading.outcome === 'conversation' ? { ...reading, given: (reading.given ?? []).map(untagged) } : reading;
  },
};
