/** Conversations as they came in. One interface for each table. */
import type { Generated } from 'kysely';

export interface ConversationTable {
  pk: Generated<number>;
  id: string;
  source: string;
  account_hash: Generated<string>;
  external_id: string | null;
  title: string | null;
  title_source: string | null;
  created_ms: number | null;
  updated_ms: number | null;
  created_raw: string | null;
  updated_raw: string | null;
  sort_ms: number;
  active_leaf_id: string | null;
  project_id: string | null;
  assistant_id: string | null;
  default_model: string | null;
  flags_json: Generated<string>;
  content_hash: string;
  message_count: Generated<number>;
  first_run_pk: number;
  last_run_pk: number;
  last_outcome: Generated<string>;
  raw_pk: number | null;
  deleted_in_source_ms: number | null;
  seen_as_of_ms: number | null;
  parser_version: Generated<number>;
  memory_rules: Generated<number>;
  conflicts: Generated<number>;
  version_rule: string | null;
  words_version: Generated<number>;
  units_version: Generated<number>;
}

export interface MessageTable {
  pk: Generated<number>;
  id: string;
  conversation_pk: number;
  external_id: string | null;
  parent_pk: number | null;
  sibling_ix: Generated<number>;
  seq: number;
  role: string;
  author_name: string | null;
  author_kind: string;
  model: string | null;
  channel: string | null;
  created_ms: number | null;
  created_raw: string | null;
  hidden: Generated<number>;
  hidden_reason: string | null;
  status: string | null;
  weight: number | null;
  on_active_path: Generated<number>;
  content_hash: string;
  replayed: Generated<number>;
}

export interface PartTable {
  pk: Generated<number>;
  message_pk: number;
  ix: number;
  kind: string;
  text: string | null;
  language: string | null;
  mime: string | null;
  tool_name: string | null;
  tool_call_id: string | null;
  json: string | null;
  attachment_pk: number | null;
}

export interface AttachmentTable {
  pk: Generated<number>;
  id: string;
  external_id: string | null;
  name: string | null;
  mime: string | null;
  size: number | null;
  sha256: string | null;
  status: string;
  text_extract: string | null;
  run_pk: number | null;
}

export interface CitationTable {
  pk: Generated<number>;
  part_pk: number;
  start_ix: number | null;
  end_ix: number | null;
  url: string | null;
  title: string | null;
  snippet: string | null;
}
