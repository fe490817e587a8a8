/**
 * What Gemini CLI keeps beside its sessions: a chat that was saved (`/chat save`, `checkpoint-*.json`), which is the list of contents
 * that Gemini's interface takes, without ids or times; and `logs.json`, the prompts alone. Pure.
 */
import type { CanonicalIssue, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { unknownIssues, wordsPart } from './content-blocks.ts';
import { contentKey } from './content-key.ts';
import { contentParts } from './gemini-cli-parts.ts';
import { asId, asName, asRecords, isRecord, toJson } from './json-value.ts';
import { badLineIssues, type JsonLines, madeFrom } from './reading.ts';

const isContent = (value: unknown): boolean =>
  isRecord(value) &&
  (value.role === 'user' || value.role === 'model') &&
  Array.isArray(value.parts) &&
  !('id' in value);

/** Whether a list is one of contents: nothing else. */
export const isContents = (values: readonly unknown[]): boolean => values.length > 0 && values.every(isContent);

/** Whether it is one of an agent's: other programs that speak to Gemini save lists of contents as well. */
export const isOfAgent = (value: unknown): boolean =>
  isRecord(value) &&
  asRecords(value.parts).some(
    (part) =>
      'functionCall' in part ||
      'functionResponse' in part ||
      'thoughtSignature' in part ||
      setup.test(asName(part.text) ?? ''),
  );

/** The list itself, or beside what a checkpoint says of its account (`history`) or of a tool it was made for (`clientHistory`). */
export function savedIn(values: readonly unknown[]): readonly unknown[] | null {
  if (isContents(values)) return values;
  const [only] = values;
  if (values.length !== 1 || !isRecord(only)) return null;
  for (const list of [only.clientHistory, only.history]) if (Array.isArray(list) && isContents(list)) return list;
  return null;
}

/** What the program says in the person's name before anybody speaks. */
const setup = /^\s*(?:<session_context>|This is (?:the Gemini CLI|Qwen Code)\b[^\n]*\bcontext)/i;
/** What it has the model answer to that. */
const agreed = /^\s*Got it\. Thanks for the context!?\s*$/;

export function readSaved(contents: readonly unknown[], context: SourceContext): Reading {
  const issues: CanonicalIssue[] = [];
  const turns = asRecords(contents).map((content, ix): Turn => {
    const { parts, unknown } = contentParts(content.parts, 'text');
    issues.push(...unknownIssues(`messages/${ix}`, unknown));
    const words = parts[0]?.text ?? '';
    const ofTools = parts.length > 0 && parts.every(({ kind }) => kind === 'tool_result' || kind === 'error');
    if (content.role === 'model') {
      const hidden = ix < 4 && agreed.test(words) ? 'context' : null;
      return { id: null, role: 'assistant', kind: 'model', parts, hidden };
    }
    const hidden = setup.test(words) ? 'context' : null;
    return { id: null, role: 'user', kind: hidden !== null ? 'context' : ofTools ? 'tool' : 'human', parts, hidden };
  });
  // All that begin with the same setup are not one: how the talk itself begins says which it is.
  const talk = turns.filter(({ hidden }) => hidden === null).slice(0, 2);
  const key = `#${contentKey(['saved', ...talk.map(({ role, parts }) => `${role} ${toJson(parts) ?? ''}`)])}`;
  return madeFrom(
    buildConversation(
      { source: 'gemini-cli', externalId: null, key, flags: { kind: 'saved' } },
      turns,
      context,
      'messages',
      issues,
    ),
    contents,
  );
}

/** A row of `logs.json`. */
export const isPrompt = (value: unknown): boolean =>
  isRecord(value) && 'sessionId' in value && 'messageId' in value && typeof value.message === 'string';

/** Of the program, and nothing asked: `/quit`, `/chat save a`. A path is longer. */
const command = /^\/[a-z]+(?:\s|$)/;

/** The prompts of one session. Its answers are not in it. */
export function readPrompts({ values, bad }: JsonLines, context: SourceContext): Reading {
  const rows = values.filter(isRecord);
  const [first] = rows;
  const session = asId(first?.sessionId);
  const externalId = session === null ? null : `${session}/prompts`;
  const turns = rows.map((row): Turn => {
    const text = asName(row.message) ?? '';
    const runtime = (row.type ?? 'user') !== 'user' || command.test(text);
    return {
      id: asId(row.messageId),
      role: 'user',
      kind: runtime ? 'runtime' : 'human',
      parts: wordsPart(text.toWellFormed()),
      time: row.timestamp,
    };
  });
  return madeFrom(
    buildConversation(
      {
        source: 'gemini-cli',
        externalId,
        created: first?.timestamp,
        updated: rows.at(-1)?.timestamp,
        flags: { kind: 'prompts' },
      },
      turns,
      context,
      'rows',
      badLineIssues(bad),
    ),
    values,
  );
}
