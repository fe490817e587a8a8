/**
 * One record of a source, as bytes → a reading. The only place that knows every source: import, merge and, later,
 * reparse all read through here, so that the same bytes always give the same conversation.
 */
import type { Source } from '@vivim/contract/conversation';
import { sha256 } from '../space/hash.ts';
import type { CanonicalConversation, CanonicalIssue, Reading, SourceContext } from './canonical.ts';
import { readChatGptConversation } from './sources/chatgpt.ts';
import { conversationOfSharePage } from './sources/chatgpt-share-page.ts';
import { claudeAccountOf, readClaudeConversation } from './sources/claude.ts';
import { contentKey } from './sources/content-key.ts';
import { readGenericConversation } from './sources/generic.ts';

/** 64 bits are enough to tell a person's few accounts apart, and tell nobody which they are. */
export const accountHashOf = (source: Source, account: string): string => sha256(`${source} ${account}`).slice(0, 16);

const less = 0x3c;

/** Never throws, whatever the bytes are. */
export function readRecord(source: Source, bytes: Buffer, context: SourceContext): Reading {
  const page = bytes[firstMark(bytes)] === less;
  let value: unknown;
  try {
    value = page ? conversationOfSharePage(bytes.toString('utf8')) : JSON.parse(bytes.toString('utf8'));
  } catch {
    return unreadable('json_invalid', 'The entry is not valid JSON.');
  }
  if (page && value === null) return unreadable('page_unreadable', 'The page holds no conversation that can be read.');
  const reading = read(source, value, context);
  return reading.outcome === 'conversation' ? { ...reading, conversation: keyed(reading.conversation) } : reading;
}

function read(source: Source, value: unknown, context: SourceContext): Reading {
  switch (source) {
    case 'chatgpt':
      return readChatGptConversation(value, context);
    case 'claude': {
      const account = claudeAccountOf(value);
      return readClaudeConversation(
        value,
        account === null ? context : { ...context, accountHash: accountHashOf('claude', account) },
      );
    }
    case 'generic':
      return readGenericConversation(value, context);
  }
}

/** A conversation without an id is known by how it begins: its time as written and its first two turns. */
function keyed(conversation: CanonicalConversation): CanonicalConversation {
  if (conversation.key !== '') return conversation;
  const turns = conversation.messages
    .filter((message) => !message.hidden)
    .slice(0, 2)
    .flatMap((message) => [
      message.role,
      message.created.raw,
      ...message.parts.map((part) => part.text ?? part.json ?? ''),
    ]);
  return { ...conversation, key: `#${contentKey([conversation.source, conversation.created.raw, ...turns])}` };
}

function firstMark(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length && (bytes[at] as number) <= 0x20) at += 1;
  return at;
}

const unreadable = (code: string, detail: string): Reading => {
  const issue: CanonicalIssue = { severity: 'skipped', code, path: '', detail };
  return { outcome: 'skipped', externalId: null, title: null, issue };
};
