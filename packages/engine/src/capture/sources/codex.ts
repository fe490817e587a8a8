/**
 * Codex: one rollout file (`~/.codex/sessions/Y/M/D/rollout-*.jsonl`) → canonical. Pure. A `response_item` of the type
 * `message` is a message; reasoning and tools between messages belong to the answer they were made for. `event_msg` rows
 * say the same again and count only where a file has no others. A fork replays its parent under ids of its own: all are
 * kept and shown.
 */
import type { AuthorKind, Role } from '@vivim/contract/conversation';
import type { CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn, turnKeys } from './build-conversation.ts';
import { isOpaque, workOf } from './codex-work.ts';
import { contentOf, unknownIssues, wordsPart } from './content-blocks.ts';
import { asArray, asId, asName, asNumber, asRecord, isRecord, type JsonRecord } from './json-value.ts';
import { badLineIssues, jsonLines, madeFrom, notAConversation } from './reading.ts';
import { asideFields, type Claim, firstClaim, has, type SourceModule } from './source-module.ts';

interface Item {
  readonly payload: JsonRecord;
  readonly time: unknown;
  readonly model: string | null;
}

const envelopes = new Set(['session_meta', 'turn_context', 'response_item', 'event_msg', 'compacted']);
/** Payloads that are items of the answer, not of the log. */
const itemTypes = new Set([
  'message',
  'reasoning',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
  'local_shell_call',
  'local_shell_call_output',
  'web_search_call',
  'image_generation_call',
  'tool_search_call',
  'tool_search_output',
  'ghost_snapshot',
]);

function readRollout(bytes: Buffer, context: SourceContext): Reading {
  const { values, bad, piece, first } = jsonLines(bytes);
  const [only] = values;
  const rows = (isWholeFile(only) ? [only.session, ...only.items] : [first, ...values]).filter(isRecord);
  const log = sortOut(rows);
  const items = log.items.some(isMessage) ? log.items : log.spoken;
  const { turns, issues, leaf } = turnsOf(items);
  if (turns.length === 0) return notAConversation('The session holds no messages.');
  const { meta } = log;
  const session = asId(meta.id);
  const git = asRecord(meta.git);
  const branch = asName(git?.branch);
  const forked = asId(meta.forked_from_id);
  const reading = buildConversation(
    {
      source: 'codex',
      externalId: session === null || piece === 1 ? session : `${session}#${piece}`,
      title: asName(meta.title) ?? log.title ?? (session === null ? null : (context.titles.get(session) ?? null)),
      created: meta.timestamp ?? items[0]?.time,
      updated: items.at(-1)?.time,
      projectId: asName(meta.cwd),
      model: items.findLast((item) => item.model !== null)?.model ?? null,
      leaf,
      flags: {
        ...(branch === null ? {} : { git_branch: branch }),
        ...(forked === null ? {} : { forked_from: forked }),
        ...(piece === 1 ? {} : { piece }),
      },
    },
    turns,
    context,
    'rows',
    [...badLineIssues(bad), ...log.issues, ...issues],
  );
  const around = rows.map(({ payload: _, ...envelope }) => envelope);
  return madeFrom(reading, [meta, ...items.map(({ payload }) => payload), ...around]);
}

/** The program of April 2025 wrote a session as one object. */
const isWholeFile = (
  value: unknown,
): value is JsonRecord & { readonly session: JsonRecord; readonly items: readonly unknown[] } =>
  isRecord(value) && isRecord(value.session) && Array.isArray(value.items);

const isMessage = (item: Item): boolean => item.payload.type === 'message';

interface Log {
  readonly meta: JsonRecord;
  readonly items: readonly Item[];
  /** What the events say was said. */
  readonly spoken: readonly Item[];
  /** What the person called it last. */
  readonly title: string | null;
  readonly issues: readonly CanonicalIssue[];
}

function sortOut(rows: readonly JsonRecord[]): Log {
  const items: Item[] = [];
  const spoken: Item[] = [];
  const others = new Map<string, number>();
  let meta: JsonRecord | null = null;
  let model: string | null = null;
  let title: string | null = null;
  const failures = new Set<string>();
  for (const row of rows) {
    const payload = asRecord(row.payload);
    const type = asName(row.type) ?? '';
    const time = row.timestamp;
    if (type === 'session_meta') meta ??= payload === null ? null : { ...payload, ...asRecord(payload.meta) };
    else if (type === 'turn_context') model = asName(payload?.model) ?? model;
    else if (type === 'response_item' && payload !== null) items.push({ payload, time, model });
    else if (type === 'compacted') items.push({ payload: { ...payload, type: 'compacted' }, time, model });
    else if (type === 'event_msg' && payload !== null) {
      if (payload.type === 'thread_rolled_back')
        for (const list of [items, spoken]) list.push({ payload, time, model });
      if (payload.type === 'thread_name_updated') title = asName(payload.thread_name) ?? title;
      if (payload.type === 'error') failures.add(asName(payload.message) ?? 'an error without words');
      const said = eventMessage(payload);
      if (said !== null) spoken.push({ payload: said, time, model });
    } else if (itemTypes.has(type)) {
      // Before the envelope came, items stood in the file as they are.
      items.push({ payload: row, time, model });
    } else if (meta === null && typeof row.id === 'string' && row.type === undefined) meta = row;
    else if (row.record_type !== 'state') others.set(type || 'other', (others.get(type || 'other') ?? 0) + 1);
  }
  const list = [...others].slice(0, 20).map(([type, count]) => `${count} ${type.slice(0, 40)}`);
  const detail = `Rows that are no messages are kept only as they came: ${list.join(', ')}.`;
  const note = (code: string, words: string): CanonicalIssue => ({ severity: 'note', code, path: '', detail: words });
  const issues: CanonicalIssue[] = [
    ...(list.length === 0 ? [] : [note('rows_not_messages', detail)]),
    // Not as a part of an answer: its key is made of its parts, and an answer that came in before would be another one.
    ...[...failures]
      .slice(0, 5)
      .map((words) => note('answer_failed', `The program could not go on: ${words.slice(0, 300)}`)),
  ];
  return { meta: meta ?? {}, items, spoken, title, issues };
}

function eventMessage(payload: JsonRecord): JsonRecord | null {
  const text = asName(payload.message) ?? asName(payload.text);
  if (text === null) return null;
  switch (payload.type) {
    case 'user_message':
      return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
    case 'agent_message':
      return { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] };
    case 'agent_reasoning':
      return { type: 'reasoning', summary: [{ text }] };
    default:
      return null;
  }
}

/** What the program puts in front of a conversation in the person's name. */
const ofProgram =
  /^\s*<(?:environment_context|user_instructions|permissions|turn_aborted|INSTRUCTIONS)\b|^# AGENTS\.md/;

/** What other agents and the program say in the person's name later on. */
const inTheirName = /^\s*<(?:subagent_notification|skill)\b/;

function turnsOf(items: readonly Item[]): { turns: Turn[]; issues: CanonicalIssue[]; leaf: string | null } {
  const turns: Turn[] = [];
  const issues: CanonicalIssue[] = [];
  /** Work that no answer has taken up yet. */
  let waiting: { parts: CanonicalPart[]; item: Item } | null = null;
  /** Where the next turn hangs after the person went back, and the turns that stand. */
  let back: string | null | undefined;
  let standing: number[] = [];
  const push = (turn: Turn) => {
    turns.push(back === undefined ? turn : { ...turn, parent: back });
    standing.push(turns.length - 1);
    back = undefined;
  };
  /** The last prompts and what followed them stay as a branch of their own. */
  const goBack = (prompts: number) => {
    const asked = standing.filter((at) => turns[at]?.kind === 'human');
    const first = asked.at(-Math.max(1, prompts)) ?? asked[0];
    if (prompts < 1 || first === undefined) return;
    standing = standing.filter((at) => at < first);
    const last = standing.at(-1);
    back = last === undefined ? null : (turnKeys(turns)[last] ?? null);
  };
  const answer = (parts: readonly CanonicalPart[], item: Item): Turn => ({
    id: null,
    role: 'assistant',
    kind: 'model',
    parts,
    time: item.time,
    model: item.model,
  });
  const settle = () => {
    if (waiting !== null) push(answer(waiting.parts, waiting.item));
    waiting = null;
  };
  items.forEach((item, ix) => {
    if (isMessage(item)) {
      const { turn, unknown } = messageOf(item, answer);
      issues.push(...unknownIssues(`rows/${ix}`, unknown));
      if (turn.role === 'assistant') {
        push({ ...turn, parts: [...(waiting?.parts ?? []), ...turn.parts] });
        waiting = null;
        return;
      }
      settle();
      push(turn);
      return;
    }
    if (item.payload.type === 'thread_rolled_back') {
      settle();
      goBack(asNumber(item.payload.num_turns) ?? 0);
      return;
    }
    if (item.payload.type === 'compacted') {
      settle();
      const parts = wordsPart(item.payload.message, 'context');
      if (parts.length > 0)
        push({ id: null, role: 'system', kind: 'context', parts, time: item.time, hidden: 'compact_summary' });
      return;
    }
    if (isOpaque(item.payload)) return;
    const parts = workOf(item.payload);
    const last = turns.at(-1);
    if (waiting === null && last?.role === 'assistant' && back === undefined)
      turns[turns.length - 1] = { ...last, parts: [...last.parts, ...parts] };
    else waiting = { item: waiting?.item ?? item, parts: [...(waiting?.parts ?? []), ...parts] };
  });
  settle();
  return { turns, issues, leaf: back ?? null };
}

function messageOf(
  item: Item,
  answer: (parts: readonly CanonicalPart[], item: Item) => Turn,
): { turn: Turn; unknown: string[] } {
  const { parts, unknown } = contentOf(item.payload.content);
  const said = asName(item.payload.role);
  if (said === 'assistant') return { turn: { ...answer(parts, item), channel: asName(item.payload.phase) }, unknown };
  const role: Role = said === 'user' ? 'user' : said === 'tool' ? 'tool' : 'system';
  const own = parts.map((part) =>
    role === 'user' && part.kind === 'text' && ofProgram.test(part.text ?? '')
      ? { ...part, kind: 'context' as const }
      : part,
  );
  const program = own.length > 0 && own.every((part) => part.kind === 'context');
  const passedOn = role === 'user' && own.length > 0 && own.every(({ text }) => inTheirName.test(text ?? ''));
  const kind: AuthorKind =
    role === 'tool' ? 'tool' : role === 'system' || passedOn ? 'runtime' : program ? 'context' : 'human';
  const hidden = program ? 'context' : role === 'system' ? 'instructions' : null;
  return { turn: { id: null, role, kind, parts: own, time: item.time, hidden }, unknown };
}

function claimOf(row: JsonRecord): Claim | null {
  const why = 'Its rows are the log of a session, as Codex writes them.';
  if (envelopes.has(asName(row.type) ?? '') && isRecord(row.payload)) return { confidence: 0.98, why };
  if (row.type === undefined && 'instructions' in row && 'timestamp' in row && typeof row.id === 'string')
    return { confidence: 0.9, why };
  if (isWholeFile(row) && row.items.some((item) => isRecord(item) && itemTypes.has(asName(item.type) ?? '')))
    return { confidence: 0.95, why: 'It is one object of a session and its items, as the first Codex wrote them.' };
  return row.record_type === 'state' ? { confidence: 0.8, why } : null;
}

/** What the program tells the model before anybody speaks; of reasoning that is there whole, the digest. */
const ofProgramAlone = asideFields('instructions', 'base_instructions', 'developer_instructions', 'dynamic_tools');

export const codex: SourceModule = {
  source: 'codex',
  version: 4,
  forks: true,
  formats: [{ kind: 'json', cut: { kind: 'session' }, claim: firstClaim(claimOf) }],
  sidecars: [
    {
      what: 'a history of prompts',
      content: true,
      fits: (record) => 'session_id' in record && 'ts' in record && 'text' in record,
    },
    {
      what: 'names of sessions',
      content: false,
      fits: has('id', 'thread_name'),
      names: (record) => {
        const [id, title] = [asId(record.id), asName(record.thread_name)];
        return id === null || title === null ? null : { id, title };
      },
    },
  ],
  aside: (field, holder) =>
    ofProgramAlone(field, holder) ||
    (field === 'summary' && asArray(holder.content).length > 0) ||
    // A picture, in letters.
    (field === 'result' && holder.type === 'image_generation_call'),
  read: readRollout,
};
