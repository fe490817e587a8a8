/** Memories, projects and ratings. One interface for each table. */
import type { Generated } from 'kysely';

export interface SidecarRecordTable {
  pk: Generated<number>;
  run_pk: number;
  source: string;
  account_hash: Generated<string>;
  slot: string;
  sha256: string;
  first_ms: number | null;
  as_of_ms: number | null;
  bytes_zstd: Uint8Array;
  size: number;
}

export interface ProjectTable {
  pk: Generated<number>;
  id: string;
  source: string;
  account_hash: Generated<string>;
  external_id: string;
  name: string | null;
  description: string | null;
  instructions: string | null;
  created_ms: number | null;
  updated_ms: number | null;
  record_pk: number | null;
  version: Generated<string>;
}

export interface ProjectDocumentTable {
  pk: Generated<number>;
  id: string;
  project_pk: number;
  external_id: string | null;
  name: string | null;
  text: string;
  created_ms: number | null;
  version: string;
}

export interface MemoryTable {
  pk: Generated<number>;
  id: string;
  kind: string;
  text: string;
  origin: string;
  source: string | null;
  account_hash: Generated<string>;
  what: Generated<string>;
  slot: string | null;
  project_id: string | null;
  state: Generated<string>;
  pinned: Generated<number>;
  confidence: Generated<number>;
  learnt_ms: number;
  valid_from_ms: number | null;
  valid_to_ms: number | null;
  changed_ms: number | null;
  supersedes_pk: number | null;
  name: string | null;
  aliases_json: Generated<string>;
  scopes_json: Generated<string>;
  attribute: string | null;
  value: string | null;
  applies: string | null;
  merged_pk: number | null;
  settled_ms: number | null;
  reworded_ms: number | null;
  review_ms: number | null;
  review_days: Generated<number>;
  rules: Generated<number>;
}

export interface MemoryRelationTable {
  memory_pk: number;
  other_pk: number;
}

export interface MemoryStepTable {
  pk: Generated<number>;
  op: string;
  before_json: string;
  at_ms: number;
}

export interface MemoryEvidenceTable {
  pk: Generated<number>;
  memory_pk: number;
  message_pk: number | null;
  record_pk: number | null;
  place: string;
  start_ix: number;
  end_ix: number;
  at_ms: number | null;
  weight: Generated<number>;
  finder: string | null;
  held_from_ms: number | null;
  held_to_ms: number | null;
}

/** FTS5 without content: rowid is the memory's pk. */
export interface MemoryWordsTable {
  rowid: number;
  text: string;
  names: string;
}

/** The terms of `memory_words`: a view of it. */
export interface MemoryTermTable {
  term: string;
  doc: number;
  cnt: number;
}

/** Where each of them stands: a view too. */
export interface MemoryTermPlaceTable {
  term: string;
  /** The memory's pk. */
  doc: number;
  col: string;
  offset: number;
}

export interface FeedbackTable {
  pk: Generated<number>;
  id: string;
  source: string;
  conversation_key: string;
  message_key: string | null;
  rating: string;
  comment: string | null;
  at_ms: number | null;
  record_pk: number;
  version: string;
}
