/**
 * What a person typed while Claude Code worked. Rows say what entered the queue (`enqueue`) and how each left it: sent as a message of
 * its own (`dequeue`, which names no text: the queue is first in, first out), taken in while the model worked (`remove`, with an
 * attachment `queued_command` that holds it), or taken back (`popAll`). Pure; the rest of a session is read elsewhere.
 */
import type { CanonicalIssue } from '../canonical.ts';
import { asArray, asName, asRecord, type JsonRecord } from './json-value.ts';

export const isQueueRow = (row: JsonRecord): boolean => row.type === 'queue-operation';

const taskNews = /^\s*<(?:task-notification|system-reminder)\b/;

/** The words of a text, or of a list of blocks. */
function wordsOf(content: unknown): string | null {
  const words = Array.isArray(content)
    ? asArray(content).flatMap((block) => asName(block) ?? asName(asRecord(block)?.text) ?? [])
    : [asName(content)].filter((text) => text !== null);
  return words.length === 0 ? null : words.join('\n').trim();
}

/** What the model was told while it worked stands in an attachment: a row of the person, where no row of theirs says it. */
export function withQueued(rows: readonly JsonRecord[]): JsonRecord[] {
  const said = new Set(
    rows.flatMap((row) => (row.type === 'user' ? (wordsOf(asRecord(row.message)?.content) ?? []) : [])),
  );
  return rows.map((row) => {
    const attachment = row.type === 'attachment' ? asRecord(row.attachment) : null;
    if (attachment?.type !== 'queued_command') return row;
    const words = wordsOf(attachment.prompt);
    if (words === null || said.has(words)) return row;
    const news = taskNews.test(words) || (asName(attachment.commandMode) ?? 'prompt') === 'task-notification';
    return {
      ...row,
      type: 'user',
      ...(news ? { isMeta: true } : {}),
      message: { role: 'user', content: attachment.prompt },
    };
  });
}

export interface Queued {
  /** Typed, and said nowhere in the session. */
  readonly drafts: readonly string[];
  readonly issues: readonly CanonicalIssue[];
}

/** Of so many, so many characters each. */
const most = { drafts: 200, characters: 8_000 };

/** @param rows as {@link withQueued} gives them */
export function queueOf(rows: readonly JsonRecord[]): Queued {
  const waiting: string[] = [];
  const left: string[] = [];
  let typed = 0;
  for (const row of rows.filter(isQueueRow)) {
    const text = wordsOf(row.content);
    switch (row.operation) {
      case 'enqueue':
        if (text === null || text === '' || taskNews.test(text)) waiting.push('');
        else {
          waiting.push(text);
          typed += 1;
        }
        break;
      case 'dequeue':
        waiting.shift();
        break;
      case 'remove': {
        const at = text === null ? 0 : Math.max(0, waiting.indexOf(text));
        left.push(...waiting.splice(at, 1));
        break;
      }
      case 'popAll': {
        // A row for each that was taken back, or one for all of them.
        const at = text === null ? -1 : waiting.indexOf(text);
        left.push(...(at < 0 ? waiting.splice(0) : waiting.splice(at, 1)));
        break;
      }
    }
  }
  if (typed === 0) return { drafts: [], issues: [] };
  const said = rows
    .flatMap((row) => (row.type === 'user' ? (wordsOf(asRecord(row.message)?.content) ?? []) : []))
    .join('\n\0\n');
  const unsent = [...left, ...waiting].filter((text) => text !== '' && !said.includes(text));
  const drafts = [...new Set(unsent)]
    .slice(0, most.drafts)
    .map((text) => text.slice(0, most.characters).toWellFormed());
  const rest =
    unsent.length === 0
      ? 'All of it was sent.'
      : `${unsent.length} of it was taken back or not sent as far as this file shows; that is kept with the conversation (\`flags.drafts\`).`;
  return {
    drafts,
    issues: [
      {
        severity: 'note',
        code: 'prompts_queued',
        path: '',
        detail: `Prompts typed while the model worked: ${typed}. ${rest}`,
      },
    ],
  };
}
