/** What is left of an annotation once something was erased: by the marks of that, which is all that is known of it. Pure. */
import type { Marks } from '../space/marks.ts';
import type { AnnotationRow } from '../space/stores/annotations.ts';
import { redactNames } from './redact-names.ts';
import { maskText } from './secrets/guard-secrets.ts';

/** @returns null where it goes: with what it hangs on, or a tag that names what was erased */
export function withoutErased<T extends Pick<AnnotationRow, 'kind' | 'conversationId' | 'messageId' | 'text'>>(
  row: T,
  marks: Marks,
): T | null {
  if (marks.none) return row;
  if (marks.has('conversation', row.conversationId)) return null;
  if (row.messageId !== '' && marks.has('message', row.messageId)) return null;
  if (row.text === null) return row;
  const unnamed = marks.nameLengths.length > 0 ? redactNames(row.text, marks) : row.text;
  const text = marks.any('secret') ? maskText(unnamed, (secret) => marks.has('secret', secret)) : unnamed;
  if (row.kind === 'tag' && text !== row.text) return null;
  return { ...row, text };
}
