/**
 * Conversations that lie deeper in a backup of a program, between its settings: found by what they are, wherever they stand. Only what
 * is one beyond doubt is taken. Bounded in depth and number; knows no program.
 */
import { joinerOf, playgroundOf } from './joined-blocks.ts';
import { isConversation, titleOf } from './sources/generic-names.ts';
import { asId, asRecords, isRecord, type JsonRecord } from './sources/json-value.ts';

const most = { depth: 6, values: 200_000 };

export interface Scattered {
  readonly conversations: readonly JsonRecord[];
  /** Keys of the outermost object under which none lay. */
  readonly left: readonly string[];
}

/** @returns null where there is none, or more lies there than is looked at */
export function scatteredIn(root: unknown): Scattered | null {
  if (!isRecord(root)) return null;
  const own = playgroundOf(root);
  if (own !== null && isConversation(own) && hasBothSides(own)) return { conversations: [own], left: [] };
  const conversations: JsonRecord[] = [];
  const seen = new Set<string>();
  let values = 0;
  const joined = joinerOf(root);
  const visit = (value: unknown, depth: number): void => {
    values += 1;
    if (values > most.values || depth > most.depth) return;
    const whole = isRecord(value) ? joined(value) : null;
    if (whole !== null && isConversation(whole) && hasBothSides(whole)) {
      for (const one of apart(whole)) {
        // A chat that is open stands a second time.
        const key = JSON.stringify(one);
        // Without a title it would be taken for a list of messages as an interface takes them.
        if (!seen.has(key)) conversations.push('title' in one ? one : { ...one, title: null });
        seen.add(key);
      }
      // Talks that were begun anew in one chat lie in it, each with its own messages.
      for (const thread of asRecords(whole.threads)) visit(thread, depth + 1);
      return;
    }
    const inner = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
    for (const one of inner) if (typeof one === 'object' && one !== null) visit(one, depth + 1);
  };
  const left: string[] = [];
  for (const [key, value] of Object.entries(root)) {
    const before = conversations.length;
    visit(value, 1);
    if (conversations.length === before && typeof value === 'object' && value !== null) left.push(key);
  }
  return conversations.length === 0 || values > most.values ? null : { conversations, left };
}

const threadNames = ['topicId', 'conversationId', 'chatId', 'threadId', 'sessionId'] as const;

/** One list may hold the messages of all conversations, each with the thread it is of; titles stand in a list beside it. */
function apart(record: JsonRecord): JsonRecord[] {
  const messages = asRecords(record.messages);
  const threadOf = (message: JsonRecord) =>
    threadNames.map((name) => asId(message[name])).find((id) => id !== null) ?? '';
  const threads = new Map<string, JsonRecord[]>();
  for (const message of messages) {
    const thread = threadOf(message);
    const known = threads.get(thread);
    if (known === undefined) threads.set(thread, [message]);
    else known.push(message);
  }
  const titled = [record.topics, record.conversations, record.chats, record.threads, record.sessions].flatMap((list) =>
    asRecords(list),
  );
  if (threads.size < 2) {
    const [id = ''] = [...threads.keys()];
    const title = titleOf(record) ?? titleOf(titled.find((one) => asId(one.id) === id) ?? {});
    return [title === null || id === '' ? record : { id, ...record, title }];
  }
  return [...threads].map(([id, list]) => ({
    ...(id === '' ? {} : { id }),
    title: titleOf(titled.find((one) => asId(one.id) === id) ?? {}),
    messages: list,
  }));
}

/** Roles a message has in a chat with a model; prompts of a library of prompts are messages too. */
function hasBothSides({ messages }: JsonRecord): boolean {
  if (!Array.isArray(messages)) return false;
  const text = JSON.stringify(messages.slice(0, 50));
  return /"(?:user|human|User)"/.test(text) && /"(?:assistant|ai|bot|model|Agent|Assistant)"/i.test(text);
}
