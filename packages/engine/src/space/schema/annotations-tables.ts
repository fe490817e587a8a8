/** What a person hangs on conversations and messages, and the words of their notes. One interface for each table. */
import type { Generated } from 'kysely';

export interface AnnotationTable {
  pk: Generated<number>;
  kind: string;
  conversation_id: string;
  message_id: Generated<string>;
  key: Generated<string>;
  text: string | null;
  at_ms: number;
  changed_ms: number;
}

/** The words of notes, by their rows: contentless. */
export interface NoteWordsTable {
  rowid: number;
  text: string;
}
