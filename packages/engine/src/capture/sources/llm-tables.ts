/** The rows of an `llm` log → one record for each conversation or thread. Pure; holds ids, and one record at a time. */
import { asId, asName, asRecord, fromJson, type JsonRecord } from './json-value.ts';
import { oldLogsOf } from './llm-old-log.ts';
import type { UploadedTables } from './source-module.ts';

const responseColumns = [
  'id',
  'model',
  'resolved_model',
  'prompt',
  'system',
  'response',
  'reasoning',
  'conversation_id',
  'datetime_utc',
];

export function* logsOf(database: UploadedTables): Generator<unknown> {
  yield* oldLogsOf(database);
  const threads = new Set<string>();
  for (const thread of threadsOf(database)) {
    const id = asName(asRecord(thread.thread)?.id);
    if (id !== null) threads.add(id);
    yield thread;
  }
  const beside = besideResponses(database);
  const byConversation = new Map<string, string[]>();
  for (const { id, conversation_id } of database.rows('responses', ['id', 'conversation_id'])) {
    const response = asName(id);
    // A response without a conversation is one of its own.
    const key = asName(conversation_id) ?? `\0${response ?? ''}`;
    if (response !== null) add(byConversation, key, response);
  }
  for (const [conversation, ids] of byConversation) {
    if (threads.has(conversation)) continue;
    const [head] = conversation.startsWith('\0')
      ? []
      : [...database.rows('conversations', ['id', 'name', 'model'], { column: 'id', equals: conversation })];
    const responses = ids.flatMap((id) =>
      [...database.rows('responses', responseColumns, { column: 'id', equals: id })].map((row) => ({
        ...row,
        ...beside(id),
      })),
    );
    yield { conversation: head ?? null, responses };
  }
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** What stands beside a response in tables of its own. Those tables have no index by response: they are read once. */
function besideResponses(database: UploadedTables): (id: string) => JsonRecord {
  const grouped = (table: string, columns: readonly string[]) => {
    const map = new Map<string, JsonRecord[]>();
    for (const row of database.rows(table, ['response_id', ...columns])) {
      const id = asId(row.response_id);
      if (id !== null) add(map, id, row);
    }
    return map;
  };
  const calls = grouped('tool_calls', ['name', 'arguments', 'tool_call_id']);
  const results = grouped('tool_results', ['id', 'name', 'output', 'tool_call_id', 'exception']);
  const attached = grouped('prompt_attachments', ['attachment_id', 'order']);
  /** Some schemas of 2026 have in a table of parts what was thought, and which tools ran at the provider: no other table has those. */
  const thoughts = new Map<string, JsonRecord[]>();
  const ranThere = new Map<string, JsonRecord[]>();
  if (database.tables.get('parts')?.includes('response_id') === true)
    for (const row of database.rows('parts', ['id', 'response_id', 'part_type', 'order', 'server_executed'])) {
      const id = asId(row.response_id);
      if (id !== null && row.part_type === 'reasoning') add(thoughts, id, row);
      else if (id !== null && Number(row.server_executed) === 1) add(ranThere, id, row);
    }
  const shown = new Map<string, JsonRecord[]>();
  for (const row of database.rows('tool_results_attachments', ['tool_result_id', 'attachment_id', 'order'])) {
    const id = asId(row.tool_result_id);
    if (id !== null) add(shown, id, row);
  }
  const fragments = grouped('prompt_fragments', ['fragment_id', 'order']);
  const system = grouped('system_fragments', ['fragment_id', 'order']);
  const one = (table: string, columns: readonly string[], id: unknown, binary?: string): JsonRecord[] =>
    id === null || id === undefined
      ? []
      : [...database.rows(table, columns, { column: 'id', equals: String(id) }, binary)];
  const inOrder = (rows: readonly JsonRecord[] | undefined) =>
    (rows ?? []).toSorted((a, b) => Number(a.order ?? 0) - Number(b.order ?? 0));
  const attachmentOf = (row: JsonRecord) =>
    attachment(one('attachments', attachmentColumns, row.attachment_id, 'content'));
  /** One fragment may stand in any number of prompts. */
  let left = 0;
  const textOf = (row: JsonRecord) =>
    one('fragments', ['content', 'source'], row.fragment_id).map((fragment) => {
      const text = asName(fragment.content) ?? '';
      left -= text.length;
      return left < 0 ? { ...fragment, content: null } : fragment;
    });
  return (id) => {
    left = mostFragments;
    const listed: Record<string, readonly unknown[]> = {
      tool_calls: calls.get(id) ?? [],
      tool_results: (results.get(id) ?? []).map(({ id: result, ...row }) => {
        const pictures = inOrder(shown.get(asId(result) ?? '')).flatMap(attachmentOf);
        return pictures.length === 0 ? row : { ...row, attachments: pictures };
      }),
      attachments: inOrder(attached.get(id)).flatMap(attachmentOf),
      ran_there: inOrder(ranThere.get(id)).flatMap((row) =>
        one('parts', ['part_type', 'content', 'content_json', 'tool_call_id'], row.id),
      ),
      fragments: inOrder(fragments.get(id)).flatMap(textOf),
      system_fragments: inOrder(system.get(id)).flatMap((row) => textOf(row).map(({ content }) => content)),
    };
    const thought = inOrder(thoughts.get(id)).flatMap((row) =>
      one('parts', ['content'], row.id).flatMap(({ content }) => asName(content) ?? []),
    );
    if (thought.length > 0) listed.thoughts = thought;
    return Object.fromEntries(Object.entries(listed).filter(([, list]) => list.length > 0));
  };
}

/** Characters of the fragments of one response. */
const mostFragments = 16 * 1024 ** 2;
const attachmentColumns = ['id', 'type', 'path', 'url', 'content'];
/** Of one attachment that comes along with its response, in base64; a larger one is named and left. Characters. */
const mostAttached = 12 * 1024 ** 2;
/** Its bytes are in the database where it has neither a path nor an address. */
const attachment = (rows: readonly JsonRecord[]): JsonRecord[] =>
  rows.map(({ content, ...row }) => {
    const base64 = asName(content);
    return {
      ...row,
      held: asName(row.path) === null && asName(row.url) === null,
      ...(base64 !== null && base64.length <= mostAttached ? { base64 } : {}),
    };
  });

/** Messages walked in all: threads that share a long beginning each have it. What is beyond is named as missing. */
const mostWalked = 500_000;

/** The newer tables: messages under their hash, each naming the one before; threads point to the last. */
function* threadsOf(database: UploadedTables): Generator<JsonRecord> {
  const threads = [...database.rows('threads', ['id', 'name', 'tip_message_hash', 'forked_from', 'datetime_utc'])];
  if (threads.length === 0) return;
  const turns = new Map<string, JsonRecord[]>();
  for (const row of database.rows('turns', [
    'id',
    'thread_id',
    'tip_message_hash',
    'model',
    'resolved_model',
    'datetime_utc',
  ])) {
    add(turns, asId(row.thread_id) ?? '', row);
  }
  const parts = new Map<string, { id: string; position: number }[]>();
  for (const row of database.rows('parts', ['id', 'message_hash', 'position'])) {
    add(parts, asName(row.message_hash) ?? '', { id: String(row.id), position: Number(row.position ?? 0) });
  }
  const partsOf = (hash: string) =>
    (parts.get(hash) ?? [])
      .toSorted((a, b) => a.position - b.position)
      .flatMap(({ id }) => [
        ...database.rows('parts', ['type', 'tool_name', 'text', 'payload'], { column: 'id', equals: id }),
      ])
      .map((row) => ({ ...row, payload: parsed(row.payload) }));
  let walked = 0;
  for (const thread of threads) {
    const own = turns.get(asId(thread.id) ?? '') ?? [];
    const messages: JsonRecord[] = [];
    const seen = new Set<string>();
    const tips = [
      ...own.map((turn) => ({ hash: asName(turn.tip_message_hash), turn })),
      { hash: asName(thread.tip_message_hash), turn: null },
    ];
    for (const { hash: tip, turn } of tips) {
      const branch: JsonRecord[] = [];
      for (let hash = tip; hash !== null && !seen.has(hash) && walked < mostWalked; ) {
        seen.add(hash);
        const [row] = [...database.rows('messages', ['hash', 'parent_hash', 'role'], { column: 'hash', equals: hash })];
        if (row === undefined) break;
        walked += 1;
        branch.push({
          ...row,
          parts: partsOf(hash),
          datetime_utc: turn?.datetime_utc ?? null,
          model: turn?.resolved_model ?? turn?.model ?? null,
        });
        hash = asId(row.parent_hash);
      }
      for (const message of branch.reverse()) messages.push(message);
    }
    yield { thread, messages, turns: own };
  }
}

/** As it is where it is no JSON. */
function parsed(value: unknown): unknown {
  const said = fromJson(String(value));
  return said === undefined ? value : said;
}
