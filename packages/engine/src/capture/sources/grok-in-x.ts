/**
 * Grok as it is in X: `data/grok-chat-item.js` of the archive X gives of an account, a script that sets a list of what was said in all chats →
 * canonical. Pure. It has no titles and no ids of messages.
 */
import type { CanonicalCitation, Reading, SourceContext } from '../canonical.ts';
import { accountHashOf } from './account-hash.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { citedWords } from './grok-cards.ts';
import { asArray, asId, asName, asRecord, asRecords, fromJson, isRecord, type JsonRecord } from './json-value.ts';
import { inOrder } from './oldest-first.ts';
import { notAConversation } from './reading.ts';
import { sourceTime } from './source-time.ts';

const begins = /^\s*window\.YTD\.grok_chat_item\.part\d+\s*=\s*(?=\[)/;

export const isGrokInX = (head: string): boolean => begins.test(head);

export const isChatItem = (value: unknown): boolean => isRecord(asRecord(value)?.grokChatItem);

/** A list for each chat, in the order they first stand. A script that is no list is one piece, and its reader says so. */
export function splitGrokInX(script: string): string[] {
  const list = fromJson(script.replace(begins, '').replace(/;\s*$/, ''));
  if (!Array.isArray(list)) return [script];
  const chats = new Map<string, unknown[]>();
  list.forEach((value, ix) => {
    const chat = asId(asRecord(asRecord(value)?.grokChatItem)?.chatId) ?? `#${ix}`;
    const known = chats.get(chat);
    if (known === undefined) chats.set(chat, [value]);
    else known.push(value);
  });
  return [...chats.values()].map((chat) => JSON.stringify(chat));
}

export function readGrokInX(list: readonly unknown[], context: SourceContext): Reading {
  const items = asRecords(list).flatMap(({ grokChatItem }): JsonRecord[] =>
    isRecord(grokChatItem) ? [grokChatItem] : [],
  );
  const [first] = items;
  if (first === undefined) return notAConversation('The list holds nothing of a chat with Grok.');
  const ordered = inOrder(
    items.map((item) => ({ item, human: isPerson(item), ms: sourceTime(item.createdAt).ms })),
  ).map(({ item }) => item);
  const account = asId(first.accountId);
  const mode = asName(asRecord(first.grokMode)?.name);
  return buildConversation(
    {
      source: 'grok',
      externalId: asId(first.chatId),
      created: ordered[0]?.createdAt,
      updated: ordered.at(-1)?.createdAt,
      flags: { in_x: true, ...(mode === null ? {} : { mode }) },
    },
    ordered.map(turnOf),
    account === null ? context : { ...context, accountHash: accountHashOf('grok', account) },
    'items',
  );
}

const isPerson = (item: JsonRecord): boolean => {
  const sender = asRecord(item.sender);
  return /^user$/i.test(asName(sender?.originalName) ?? asName(sender?.name) ?? asName(item.sender) ?? '');
};

function turnOf(item: JsonRecord): Turn {
  const human = isPerson(item);
  return {
    id: null,
    role: human ? 'user' : 'assistant',
    kind: human ? 'human' : 'model',
    parts: citedWords(item.message, [], postsOf(item)),
    time: item.createdAt,
  };
}

/** What was said on X that an answer rests on, by its number. */
const postsOf = (item: JsonRecord): CanonicalCitation[] =>
  [...new Set(asArray(item.postIds).flatMap((id) => asId(id) ?? []))].map((id) => ({
    start: null,
    end: null,
    url: `https://x.com/i/web/status/${id}`,
    title: null,
    snippet: null,
  }));
