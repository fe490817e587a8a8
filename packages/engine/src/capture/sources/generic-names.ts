/**
 * Under which names programs write what a conversation is made of: its list of messages, who speaks, what is said, when. They are the
 * names of backups and exports of chat programs that write nearly the same (big-AGI, Chatbox, NextChat, opencode, TypingMind, Zed and
 * their likes). Says nothing of what they mean. Pure.
 */
import { asArray, asId, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';

/** A message whose facts stand in an object of their own (`{info, parts}`), or under who speaks (`{User: {…}}`), as one object. */
export function flat(value: unknown): JsonRecord | null {
  const message = asRecord(value);
  if (message === null) return null;
  const info = asRecord(message.info);
  if (info !== null && asName(info.role) !== null) return { ...info, ...message };
  const wrapped = asRecord(message.message);
  if (wrapped !== null && asName(wrapped.role) !== null && message.role === undefined) {
    const { message: _, type: __, ...around } = message;
    return { ...wrapped, ...around };
  }
  const keys = Object.keys(message);
  const [only = ''] = keys;
  const inner = keys.length === 1 && underSpeaker.has(only) ? asRecord(message[only]) : null;
  return inner === null ? message : { role: only === 'User' ? 'user' : 'assistant', ...inner };
}
const underSpeaker: ReadonlySet<string> = new Set(['User', 'Agent', 'Assistant']);

/** Who speaks. */
export const roleOf = (message: JsonRecord): string | null =>
  asName(message.role) ??
  asName(message.sender) ??
  asName(message.from) ??
  asName(message.type) ??
  asName(message.author);

/** A name beside the role. */
export const nameOf = (message: JsonRecord, role: string | null): string | null => {
  const author = asName(message.author);
  return author === role ? null : author;
};

/** What is said: a text, or a list of texts and blocks. */
export function contentIn(message: JsonRecord): unknown {
  const { fragments } = message;
  if (Array.isArray(fragments)) return asArray(fragments).map((one) => ofFragment(asRecord(one)?.part) ?? one);
  return (
    message.content ??
    message.parts ??
    message.contentParts ??
    message.segments ??
    blocksOf(message) ??
    message.text ??
    message.say ??
    message.message
  );
}

/** Some programs list blocks by their ids alone, and what they say elsewhere. */
const blocksOf = ({ blocks }: JsonRecord): unknown =>
  Array.isArray(blocks) && blocks.length > 0 && blocks.every(isRecord) ? blocks : undefined;

const ofFragment = (value: unknown): JsonRecord | null => {
  const part = asRecord(value);
  return part !== null && part.pt === 'text' ? { type: 'text', text: part.text } : null;
};

export const isSpoken = (value: unknown): boolean => {
  const message = flat(value);
  const content = message === null ? null : contentIn(message);
  return message !== null && roleOf(message) !== null && (typeof content === 'string' || Array.isArray(content));
};

const lists = ['conversations', 'conversation', 'history', 'chat', 'chats'] as const;

/** `messages`, or a list of them under a name such lists have elsewhere. */
export const messagesOf = (record: JsonRecord): unknown =>
  record.messages ?? lists.map((name) => record[name]).find((list) => Array.isArray(list) && list.some(isSpoken));

/** Whether it has a list of messages, of which the first are spoken. */
export function isConversation(value: unknown): boolean {
  const list = isRecord(value) ? messagesOf(value) : null;
  return Array.isArray(list) && list.length > 0 && list.slice(0, 5).every(isSpoken);
}

/** The message one answers: its id, null for a beginning, undefined where nothing is said. */
export function parentOf(message: JsonRecord): string | null | undefined {
  const { ancestors } = message;
  const parent =
    message.parentId ??
    message.parent_id ??
    message.parentMessageId ??
    (Array.isArray(ancestors) ? (ancestors.at(-1) ?? null) : undefined);
  if (parent === undefined) return 'parentId' in message ? null : undefined;
  return asId(parent);
}

/**
 * The messages of a conversation, with what stood in their place before it was asked anew (`messageForksHash` of Chatbox: by the message it
 * follows, lists of those that followed).
 */
export function withForks(record: JsonRecord, list: readonly unknown[]): readonly unknown[] {
  const forks = Object.entries(asRecord(record.messageForksHash) ?? {}).flatMap(([from, fork]) =>
    asRecords(asRecord(fork)?.lists).flatMap(({ messages }) => {
      let before: string = from;
      return asRecords(messages).map((message) => {
        const placed = { ...message, parentId: before };
        before = asId(message.id) ?? before;
        return placed;
      });
    }),
  );
  const [first, ...rest] = list;
  return forks.length === 0 || !isRecord(first) ? list : [...forks, { ...first, parentId: null }, ...rest];
}

const about = (record: JsonRecord, names: readonly string[]): unknown =>
  names.map((name) => record[name]).find((value) => value !== undefined && value !== null);

export const titleOf = (record: JsonRecord): string | null =>
  asName(
    about({ ...asRecord(record.chat), ...asRecord(record.info), ...asRecord(record.meta), ...record }, [
      'title',
      'chatTitle',
      'userTitle',
      'autoTitle',
      'topic',
      'name',
    ]),
  );

export const timeOf = (record: JsonRecord): unknown =>
  about(record, [
    'createdAt',
    'created_at',
    'create_time',
    'timestamp',
    'ts',
    'date',
    'creationTime',
    'createTime',
    'sentAt',
  ]) ??
  asRecord(record.details)?.startTime ??
  asRecord(record.time)?.created ??
  (isRecord(record.time) ? undefined : record.time) ??
  record.created ??
  asRecord(record.meta)?.sentAt ??
  asRecord(asRecord(record.info)?.time)?.created;

export const updateOf = (record: JsonRecord): unknown =>
  about(record, ['updatedAt', 'updated_at', 'update_time', 'lastUpdate', 'updated']) ??
  asRecord(record.time)?.updated ??
  asRecord(record.details)?.endTime ??
  asRecord(asRecord(record.info)?.time)?.updated;

/**
 * What people are called who are told apart by an address beside the messages, as in the interchange format of the Data Transfer
 * Initiative (https://schemas.pub/schemas/24). One who is alone there is the person whose conversation it is, and needs no name.
 */
export function calledIn(record: JsonRecord): ReadonlyMap<string, string | null> {
  const people = asRecords(record.identifiers).flatMap(({ identifier, name }) => {
    const by = asName(identifier);
    return by === null ? [] : [[by, asName(name)] as const];
  });
  return new Map(people.length === 1 ? people.map(([by]) => [by, null]) : people);
}

export const modelOf = (message: JsonRecord): string | null =>
  asName(message.model) ?? asName(message.modelID) ?? asName(message.modelId) ?? asName(asRecord(message.model)?.name);
