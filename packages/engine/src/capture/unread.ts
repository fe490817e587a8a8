/**
 * Which fields of a record hold words that are nowhere in what was made of it: what its program began to write after the reader was
 * made would else go without a word. Pure. Words alone count; ids, addresses, times and bytes are no loss to a person.
 */
import type { CanonicalConversation, CanonicalIssue } from './canonical.ts';
import { isRecord, type JsonRecord } from './sources/json-value.ts';

/** Whether a field is left on purpose: what it says stands elsewhere in the record, or is of the program. */
export type Aside = (field: string, holder: JsonRecord) => boolean;

/** Less is a label, and nobody looks for it. Characters. */
const leastWords = 12;
/** Fields that hold what was said, in one source or another: there one letter is a loss. */
const saying =
  /^(?:text|content|parts|message|body|mes|answer|prompt|query|response|thinking|extracted_content|result|html|value)$/;
/** Of one text; the rest is taken to go the way its beginning went. */
const looked = 2_000;
const spoken = /\p{L}\s+\p{L}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{5}/u;
const written = /^\d{4}-\d{2}-\d{2}|^data:|^https?:\/\/\S+$/;
/** Stretches that stay as they are whatever a reader takes out of a text or unescapes in it. */
const stretch = /(?<![\\\p{L}\p{N}])[\p{L}\p{N}][\p{L}\p{N} ]{6,60}[\p{L}\p{N}]/gu;
const around = /<[^<>]{0,200}>|"\w{1,40}":/g;
/** A key that names one thing among its like, and no field. */
const named = /^(?:\d+|(?=.*\d)[\w-]{16,}|[0-9a-f-]{8,})$/i;
const mostNamed = 8;

/**
 * @param given the record, parsed
 * @returns the ends of their paths, each once
 */
export function unreadFields(given: readonly unknown[], conversation: CanonicalConversation, aside: Aside): string[] {
  const texts = textsOf(conversation);
  let joined: string | null = null;
  const found = new Set<string>();
  const stack: { readonly value: unknown; readonly path: Path | null }[] = [{ value: given, path: null }];
  for (let at = stack.pop(); at !== undefined && found.size < mostNamed; at = stack.pop()) {
    const { value, path } = at;
    if (Array.isArray(value)) for (const item of value) stack.push({ value: item, path });
    else if (isRecord(value)) {
      for (const [key, item] of Object.entries(value))
        if (!aside(key, value)) stack.push({ value: item, path: named.test(key) ? path : { key, above: path } });
    } else if (typeof value === 'string' && !texts.has(value)) {
      const start = value.slice(0, looked).toWellFormed();
      if (texts.has(start) || !isSpoken(start, path?.key ?? '')) continue;
      const end = endOf(path);
      if (found.has(end)) continue;
      joined ??= [...texts].join('\n');
      if (!isWithin(start, joined)) found.add(end);
    }
  }
  return [...found].toSorted();
}

interface Path {
  readonly key: string;
  readonly above: Path | null;
}

const endOf = (path: Path | null): string => {
  const keys: string[] = [];
  for (let at = path; at !== null && keys.length < 3; at = at.above) keys.unshift(at.key.slice(0, 60).toWellFormed());
  return keys.join('/');
};

function isSpoken(text: string, field: string): boolean {
  if (written.test(text)) return false;
  return text.length >= leastWords && spoken.test(text) ? true : saying.test(field) && /\p{L}/u.test(text);
}

/** Tags may have gone from it, or stand there still. */
const isWithin = (text: string, joined: string): boolean =>
  standsIn(text, joined) || (text.includes('<') && standsIn(text.replace(around, '\n'), joined));

function standsIn(text: string, joined: string): boolean {
  const runs = (text.match(stretch) ?? []).slice(0, 4);
  // Too short for that: each of its words, without the tags and names of fields that may stand around them.
  if (runs.length === 0)
    return (text.replace(around, ' ').match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => joined.includes(word));
  return runs.filter((run) => joined.includes(run)).length * 2 >= runs.length;
}

/** Every text of a conversation, wherever in it. */
function textsOf(conversation: CanonicalConversation): ReadonlySet<string> {
  const texts = new Set<string>();
  const add = (text: string | null | undefined) => {
    if (text !== null && text !== undefined && text !== '') texts.add(text);
  };
  add(conversation.title);
  add(JSON.stringify(conversation.flags));
  for (const id of [conversation.projectId, conversation.assistantId, conversation.defaultModel]) add(id);
  for (const message of conversation.messages) {
    for (const text of [message.authorName, message.model, message.status, message.created.raw]) add(text);
    for (const part of message.parts) {
      for (const text of [part.text, part.json, part.toolName]) add(text);
      for (const citation of part.citations ?? []) for (const text of [citation.title, citation.snippet]) add(text);
      add(part.attachment?.name);
      add(part.attachment?.externalId);
    }
  }
  return texts;
}

/** What the report says of them. */
export const unreadIssues = (fields: readonly string[]): CanonicalIssue[] =>
  fields.length === 0
    ? []
    : [
        {
          severity: 'note',
          code: 'fields_not_read',
          path: '',
          detail: `Words stand in fields that are not known yet; they are kept in the raw record alone: ${fields.join(', ')}${fields.length >= mostNamed ? ' and others' : ''}.`,
        },
      ];
