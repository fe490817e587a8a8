/** Units and what finds them: words and meaning. One interface for each table. */
import type { Generated } from 'kysely';

export interface AcuTable {
  pk: Generated<number>;
  id: string;
  conversation_pk: number;
  message_pk: number;
  part_pk: number;
  ordinal: number;
  start_ix: number;
  end_ix: number;
  type: string;
  author_kind: string;
  language: string | null;
  created_ms: number | null;
  quality: number;
  state: Generated<string>;
  text_key: string;
}

export interface AcuLinkTable {
  from_pk: number;
  type: string;
  to_pk: number;
  weight: Generated<number>;
}

export interface EmbeddingTable {
  id: number;
  message_pk: number;
  model: string;
  content_hash: string | null;
  sign: Uint8Array;
}

export interface EmbeddingVectorTable {
  id: number;
  vector: Uint8Array;
}

/** FTS5 without content: rowid is the message's place, text goes in and never comes out. */
export interface WordsTable {
  rowid: number;
  text: string;
  forms: string;
}

export interface WordPlaceTable {
  place: number;
  message_pk: number;
}

export interface WordTotalTable {
  one: number;
  messages: number;
  words: number;
}

export interface SpeakerTable {
  name: string;
}
