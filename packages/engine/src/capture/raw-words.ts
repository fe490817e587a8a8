/**
 * What a part that was kept as it came says, in words: a line for each thing it holds. A person reads what a program began to write
 * before its reader knew it. Pure; never takes anything out of the record itself.
 */
import type { CanonicalConversation, CanonicalPart } from './canonical.ts';
import { isRecord } from './sources/json-value.ts';

/** Characters of one part, and of one text in it; the whole of it stays beside. */
const most = { words: 8_000, text: 2_000, depth: 6 };
/** Bytes in letters are no words. */
const packed = /^(?:data:|[A-Za-z0-9+/=_-]{200})/;

/** Every raw part that says nothing yet gets its words. The conversation itself where there is none. */
export function withRawWords(conversation: CanonicalConversation): CanonicalConversation {
  if (!conversation.messages.some(({ parts }) => parts.some(isMute))) return conversation;
  const messages = conversation.messages.map((message) =>
    message.parts.some(isMute) ? { ...message, parts: message.parts.map(told) } : message,
  );
  return { ...conversation, messages };
}

const isMute = (part: CanonicalPart): boolean =>
  part.kind === 'raw' && (part.text === null || part.text === '') && part.json !== undefined;

function told(part: CanonicalPart): CanonicalPart {
  if (!isMute(part)) return part;
  const words = wordsOfJson(part.json ?? 'null');
  return words === '' ? part : { ...part, text: words };
}

/** `name: value`, a line each; what lies in another stands further in. JSON that is none is given as it is. */
export function wordsOfJson(json: string): string {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return cut(json, most.words);
  }
  const lines: string[] = [];
  let left = most.words;
  let passed = false;
  const say = (line: string): boolean => {
    passed ||= left < line.length;
    if (!passed) lines.push(line);
    left -= line.length + 1;
    return !passed;
  };
  walk(value, '', 0, say);
  return (passed ? [...lines, '…'] : lines).join('\n').toWellFormed();
}

/** @param say false: there is no more room */
function walk(value: unknown, name: string, depth: number, say: (line: string) => boolean): boolean {
  const indent = '  '.repeat(Math.max(0, depth - 1));
  const before = name === '' ? indent : `${indent}${name}: `;
  if (value === null || value === '') return true;
  const inner = Array.isArray(value)
    ? value.map((item) => ['', item] as const)
    : isRecord(value)
      ? Object.entries(value)
      : null;
  if (inner === null) return say(before + plain(value));
  if (inner.length === 0) return true;
  if (depth >= most.depth) return say(`${before}…`);
  if (Array.isArray(value) && inner.every(([, item]) => !isNested(item)))
    return say(before + inner.map(([, item]) => plain(item)).join(', '));
  if (name !== '' && !say(before.trimEnd())) return false;
  return inner.every(([key, item]) => walk(item, key, depth + 1, say));
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

const plain = (value: unknown): string => {
  const text = String(value);
  return packed.test(text) ? `(${text.length} characters of data)` : cut(text, most.text);
};

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);
