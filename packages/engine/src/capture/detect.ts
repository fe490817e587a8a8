/**
 * What a value of an export is, by its shape alone: never by the name of the file it stood in. Every answer says how
 * sure it is and why, in words for the person.
 */
import type { Source } from '@vivim/contract/conversation';
import { asArray, asName, asRecord, isRecord, type JsonRecord } from './sources/json-value.ts';

export interface ConversationShape {
  readonly kind: 'conversation';
  readonly source: Source;
  /** 0–1. */
  readonly confidence: number;
  readonly why: string;
}

/** Something else an export holds beside conversations. */
export interface SidecarShape {
  readonly kind: 'sidecar';
  readonly source: Source;
  /** In words: `projects`, `memories`, … */
  readonly what: string;
  /** True where it holds something of the person that is not imported yet, false where nothing is lost without it. */
  readonly content: boolean;
  /** The account it names, or null. */
  readonly account: string | null;
}

export type Shape = ConversationShape | SidecarShape;

/** The shape of one entry of a list, or of a whole small file; null where nobody knows it. */
export function shapeOf(value: unknown): Shape | null {
  const record = asRecord(value);
  return record === null ? null : (conversationShape(record) ?? sidecarShape(record));
}

function conversationShape(record: JsonRecord): ConversationShape | null {
  const mapping = asRecord(record.mapping);
  // DeepSeek's export has a mapping too, and `inserted_at` where ChatGPT has `create_time`.
  if (mapping !== null && !('inserted_at' in record)) {
    const nodes = Object.values(mapping).slice(0, 5);
    const fits = nodes.length > 0 && nodes.every((node) => isRecord(node) && ('parent' in node || 'children' in node));
    return {
      kind: 'conversation',
      source: 'chatgpt',
      confidence: fits ? 0.99 : 0.7,
      why: 'Its conversations have a `mapping` of messages with parents, as ChatGPT exports do.',
    };
  }
  if (Array.isArray(record.chat_messages)) {
    return {
      kind: 'conversation',
      source: 'claude',
      confidence: typeof record.uuid === 'string' ? 0.99 : 0.8,
      why: 'Its conversations have `chat_messages`, as Claude exports do.',
    };
  }
  const messages = record.messages;
  if (!Array.isArray(messages) || messages.length === 0) return null;
  const spoken = messages.slice(0, 5).every((message) => {
    const said = asRecord(message);
    const content = said?.content;
    return typeof said?.role === 'string' && (typeof content === 'string' || Array.isArray(content));
  });
  if (!spoken) return null;
  return {
    kind: 'conversation',
    source: 'generic',
    confidence: 0.9,
    why: 'Its conversations have `messages` with `role` and `content`, as the generic import format has.',
  };
}

type SidecarRule = readonly [
  source: Source,
  what: string,
  content: boolean,
  fits: (record: JsonRecord) => boolean,
  account?: (record: JsonRecord) => string | null,
];

const has =
  (...keys: string[]) =>
  (record: JsonRecord) =>
    keys.every((key) => Object.hasOwn(record, key));

const rules: readonly SidecarRule[] = [
  ['claude', 'memories', true, has('conversations_memory'), (record) => asName(record.account_uuid)],
  ['claude', 'projects', true, has('prompt_template', 'docs')],
  ['claude', 'accounts', false, has('uuid', 'full_name', 'email_address'), (record) => asName(record.uuid)],
  ['claude', 'design chats', true, (record) => has('uuid', 'project')(record) && Array.isArray(record.messages)],
  ['chatgpt', 'the account', false, has('id', 'email'), (record) => asName(record.id)],
  ['chatgpt', 'feedback', true, has('rating', 'conversation_id')],
  ['chatgpt', 'shared links', false, has('is_anonymous', 'conversation_id')],
  ['chatgpt', 'a library of files', false, has('file_id', 'origination_thread_id')],
  ['chatgpt', 'settings', false, has('user_id', 'settings')],
  ['chatgpt', 'group chats', true, (record) => asArray(record.chats).length > 0],
  ['chatgpt', 'group chats', false, (record) => Array.isArray(record.chats)],
  ['chatgpt', 'names of files', false, (record) => Object.keys(record).some((key) => /^file[-_].+\.dat$/.test(key))],
];

function sidecarShape(record: JsonRecord): SidecarShape | null {
  for (const [source, what, content, fits, account] of rules) {
    if (fits(record)) return { kind: 'sidecar', source, what, content, account: account?.(record) ?? null };
  }
  return null;
}

/** What the first bytes of a file that is neither archive, page nor JSON look like, in words. */
export function guessOf(head: Buffer): string {
  const text = head.toString('latin1');
  if (text.startsWith('%PDF')) return 'It is a PDF document.';
  if (text.startsWith('\x1f\x8b')) return 'It is packed with gzip; unpack it first.';
  if (text.startsWith('7z\xbc\xaf') || text.startsWith('Rar!'))
    return 'It is an archive of a kind that cannot be read; make it a zip.';
  if (text.startsWith('SQLite format 3')) return 'It is an SQLite database.';
  if (/^(?:.PNG|\xff\xd8\xff|GIF8|RIFF)/s.test(text)) return 'It is an image or a sound.';
  if (/^\s*<(?:!doctype|html|head|\?xml)/i.test(text))
    return 'It is a web page, and no saved share page of a conversation.';
  return text.includes('\0') ? 'Its bytes are of no kind known here.' : 'It is plain text.';
}
