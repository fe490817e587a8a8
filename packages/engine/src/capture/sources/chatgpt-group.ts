/**
 * A group chat of ChatGPT, as its export holds them in a file of their own (`group_chats.json`, `{chats: […]}`) → canonical. Pure. What
 * that file has been seen to hold is its list; the members of a chat are read under each of the names ChatGPT and its likes
 * give them elsewhere, and what is found under none of them is kept as it came. Several people speak in one: each by name.
 */
import type { CanonicalIssue, CanonicalPart, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { chatgptParts } from './chatgpt-content.ts';
import { rawPart, unknownIssues } from './content-blocks.ts';
import { asArray, asId, asName, asRecord, asRecords, isRecord, type JsonRecord } from './json-value.ts';
import { notAConversation } from './reading.ts';

const listNames = ['messages', 'chat_messages', 'items', 'thread'] as const;
const listOf = (chat: JsonRecord): readonly unknown[] | null =>
  listNames.map((name) => chat[name]).find((list) => Array.isArray(list)) ?? null;

const idOf = (record: JsonRecord): string | null =>
  asId(record.id) ??
  asId(record.chat_id) ??
  asId(record.conversation_id) ??
  asId(record.group_id) ??
  asId(record.room_id);

/** One with a `mapping` is a conversation like every other. */
export const isGroupChat = (record: JsonRecord): boolean =>
  !('mapping' in record) &&
  !('turns' in record) &&
  idOf(record) !== null &&
  listOf(record) !== null &&
  !isBetweenTwo(record);

/** Chats of other programs stand under `chats` as well: a role says who speaks there, and nobody has a name. */
function isBetweenTwo(record: JsonRecord): boolean {
  const said = asRecords(listOf(record));
  return (
    said.length > 0 &&
    said.every((message) => asName(message.role) !== null && names.every((name) => !(name in message)))
  );
}
const names = ['author', 'sender', 'user', 'user_id', 'sender_id', 'author_id', 'from', 'participant_id', 'member_id'];

/** `{chats: […]}` with at least one that can be read. */
export const holdsGroupChats = (record: JsonRecord): boolean =>
  asRecords(record.chats).some((chat) => isGroupChat(chat) || isRecord(chat.mapping));

export function readGroupChat(chat: JsonRecord, context: SourceContext): Reading {
  const externalId = idOf(chat);
  const title = asName(chat.title) ?? asName(chat.name);
  const list = listOf(chat);
  if (list === null) return notAConversation('The group chat has no messages.', { externalId, title });
  const people = namesOf(chat);
  const issues: CanonicalIssue[] = [];
  const turns = list.map((value, ix) => turnOf(value, ix, people, { ...context, group: externalId ?? '' }, issues));
  const first = asRecords(list)[0];
  return buildConversation(
    {
      source: 'chatgpt',
      externalId,
      title,
      created: chat.create_time ?? chat.created_at ?? timeOf(first),
      updated: chat.update_time ?? chat.updated_at ?? timeOf(asRecords(list).at(-1)),
      model: asName(chat.default_model_slug) ?? asName(chat.model),
      flags: { group_chat: true, ...(people.size > 0 ? { participants: [...people.values()] } : {}) },
    },
    turns,
    context,
    'messages',
    issues,
  );
}

/** What its people are called, by their ids. */
function namesOf(chat: JsonRecord): ReadonlyMap<string, string> {
  const lists = [chat.participants, chat.members, chat.users].flatMap((list) => asRecords(list));
  return new Map(
    lists.flatMap((one): [string, string][] => {
      const person = asRecord(one.user) ?? one;
      const id = asId(person.id) ?? asId(person.user_id) ?? asId(one.user_id);
      const name = calledOf(person);
      return id === null || name === null ? [] : [[id, name]];
    }),
  );
}

const calledOf = (person: JsonRecord): string | null =>
  asName(person.display_name) ?? asName(person.name) ?? asName(person.username) ?? asName(person.email);

const timeOf = (message: JsonRecord | undefined): unknown =>
  message?.create_time ?? message?.created_at ?? message?.timestamp ?? message?.sent_at;

const ofModel = /^(?:assistant|chatgpt|gpt\b.*|model|bot)$/i;

function turnOf(
  value: unknown,
  ix: number,
  people: ReadonlyMap<string, string>,
  { group, assetIds }: SourceContext & { readonly group: string },
  issues: CanonicalIssue[],
): Turn {
  const entry = asRecord(value);
  const message = asRecord(entry?.message) ?? entry;
  if (message === null) return { id: null, role: 'system', kind: 'runtime', parts: [rawPart(value)] };
  const author =
    asRecord(message.author) ?? asRecord(message.sender) ?? asRecord(message.user) ?? asRecord(message.from);
  const sender = asName(message.author) ?? asName(message.sender) ?? asName(message.user) ?? asName(message.from);
  const id =
    asId(author?.id) ??
    asId(author?.user_id) ??
    asId(message.user_id) ??
    asId(message.sender_id) ??
    asId(message.author_id);
  const called = (author === null ? null : calledOf(author)) ?? people.get(id ?? sender ?? '') ?? sender ?? id;
  const role = asName(message.role) ?? asName(author?.role) ?? asName(author?.type) ?? '';
  const model = ofModel.test(role) || (role === '' && ofModel.test(called ?? ''));
  const program = role === 'system' || role === 'tool';
  const kind = model ? 'model' : program ? (role === 'tool' ? 'tool' : 'runtime') : 'human';
  const metadata = asRecord(message.metadata) ?? {};
  const { parts, unknown } = partsOf(message, {
    authorKind: kind,
    authorName: asName(author?.name),
    recipient: null,
    asked: '',
    metadata,
    assetIds,
    place: { conversation: group, message: asId(message.id) ?? asId(message.message_id) ?? `#${ix}` },
  });
  issues.push(...unknownIssues(`messages/${ix}`, unknown));
  const parent = message.parent_id ?? message.parent ?? entry?.parent;
  return {
    id: asId(message.id) ?? asId(message.message_id),
    ...(asId(parent) === null ? {} : { parent: asId(parent) }),
    role: model ? 'assistant' : program ? (role as 'system' | 'tool') : 'user',
    kind,
    name: model ? null : called,
    parts,
    time: timeOf(message),
    model: model ? (asName(metadata.model_slug) ?? asName(message.model)) : null,
  };
}

/** Its words stand as every message of ChatGPT has them, or under a name of their own. */
function partsOf(
  message: JsonRecord,
  context: Parameters<typeof chatgptParts>[1],
): { parts: CanonicalPart[]; unknown: readonly string[] } {
  const content = message.content ?? message.text ?? message.body;
  if (content === undefined) return { parts: [rawPart(message)], unknown: ['message'] };
  return chatgptParts(
    Array.isArray(content) ? { content_type: 'multimodal_text', parts: asArray(content) } : content,
    context,
  );
}
