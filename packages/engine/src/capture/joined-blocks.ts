/**
 * Messages whose words lie apart from them: a list of blocks beside the conversations, named by their ids (Cherry Studio), or messages and
 * what they hold each by its id (OpenRouter's playground). Puts each block where its message names it, and gives conversations the names
 * they have in the program's settings, which may be JSON in a text. Pure.
 */
import { timeOf, titleOf } from './sources/generic-names.ts';
import {
  asArray,
  asId,
  asName,
  asRecord,
  asRecords,
  fromJson,
  isRecord,
  type JsonRecord,
} from './sources/json-value.ts';
import { oldestFirst } from './sources/oldest-first.ts';

const deepest = 6;
/** A settings text longer than this is not looked into. Characters. */
const mostText = 8 * 1024 ** 2;

/** @returns what puts a conversation together; one that names no blocks stays as it is */
export function joinerOf(root: JsonRecord): (conversation: JsonRecord) => JsonRecord {
  const blocks = blocksIn(root);
  if (blocks.size === 0) return (conversation) => conversation;
  const titles = titlesIn(root);
  return (conversation) => {
    const messages = asArray(conversation.messages);
    if (!messages.some((message) => namesBlocks(asRecord(message)))) return conversation;
    const id = asId(conversation.id);
    const title = titleOf(conversation) ?? (id === null ? undefined : titles.get(id));
    return {
      ...conversation,
      ...(title === undefined ? {} : { title }),
      messages: messages.map((value) => withBlocks(asRecord(value), blocks) ?? value),
    };
  };
}

/**
 * A file that is one conversation of several models: `messages` by their ids, with what they hold under `items`, and who speaks under
 * `characters`. Its order is that of the times. @returns null where it is none
 */
export function playgroundOf(root: JsonRecord): JsonRecord | null {
  const [messages, characters, items] = [root.messages, root.characters, root.items].map(asRecord);
  if (messages === null || messages === undefined || !isRecord(characters)) return null;
  const list = Object.entries(messages).flatMap(([id, value]) => {
    const message = asRecord(value);
    if (message === null) return [];
    const speaker = asName(message.characterId) ?? '';
    const human = message.type === 'user' || speaker === 'USER';
    const named = asRecords(message.items).map(
      (item) => asRecord(asRecord(items?.[asId(item.id) ?? ''])?.data) ?? item,
    );
    // A message in a message says no more than what it holds.
    const content = named.flatMap((item) => (item.type === 'message' ? asArray(item.content ?? []) : [item]));
    const model = human ? null : asName(asRecord(characters[speaker])?.model);
    const { items: _, type: __, ...rest } = message;
    return [
      { ...rest, id, role: human ? 'user' : 'assistant', model, content: named.length > 0 ? content : rest.content },
    ];
  });
  const { items: _, characters: __, ...about } = root;
  return { ...about, messages: oldestFirst(list, (message) => timeOf(message)) };
}

const namesBlocks = (message: JsonRecord | null): boolean =>
  asArray(message?.blocks).some((block) => typeof block === 'string');

function withBlocks(message: JsonRecord | null, blocks: ReadonlyMap<string, JsonRecord>): JsonRecord | null {
  if (message === null || !namesBlocks(message)) return null;
  const { blocks: named, ...rest } = message;
  // One that is named and not there is kept as the id it is.
  return { ...rest, content: asArray(named).map((id) => blocks.get(String(id)) ?? { type: 'missing block', id }) };
}

/** Lists of blocks, each with the message it is of. */
function blocksIn(root: JsonRecord): ReadonlyMap<string, JsonRecord> {
  const found = new Map<string, JsonRecord>();
  const visit = (value: unknown, depth: number): void => {
    if (depth > 3) return;
    if (Array.isArray(value)) {
      if (!isBlock(value[0])) return;
      for (const block of asRecords(value)) found.set(asId(block.id) ?? '', block);
    } else if (isRecord(value)) for (const one of Object.values(value)) visit(one, depth + 1);
  };
  visit(root, 0);
  return found;
}

const isBlock = (value: unknown): boolean =>
  isRecord(value) && asId(value.id) !== null && asId(value.messageId) !== null && asName(value.type) !== null;

/** Names by ids, wherever in the settings both stand together. */
function titlesIn(root: JsonRecord): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  const visit = (value: unknown, depth: number): void => {
    if (depth > deepest) return;
    if (typeof value === 'string') {
      const isJson = value.length <= mostText && /^\s*[{[]/.test(value) && value.includes('"topics');
      if (isJson) visit(fromJson(value), depth + 1);
    } else if (Array.isArray(value)) for (const one of value) visit(one, depth);
    else if (isRecord(value)) {
      for (const topic of asRecords(value.topics)) {
        const [id, title] = [asId(topic.id), titleOf(topic)];
        if (id !== null && title !== null) titles.set(id, title);
      }
      for (const one of Object.values(value)) visit(one, depth + 1);
    }
  };
  for (const [key, value] of Object.entries(root)) if (key !== 'indexedDB') visit(value, 0);
  return titles;
}
