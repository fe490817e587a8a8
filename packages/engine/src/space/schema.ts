/**
 * The tables of a person's database as types, one interface for each table of `migrations/`. No table has a user column.
 */
import type { Generated } from 'kysely';

export interface SpaceTable {
  one: number;
  storage_id: string;
  owner_id: string;
  salt: string;
  version: Generated<number>;
  created_ms: number;
}

export interface OpTable {
  id: string;
  operation: string;
  request_hash: string;
  status: number;
  answer: string | null;
  version: number;
  at_ms: number;
}

export interface ImportRunTable {
  pk: Generated<number>;
  id: string;
  state: string;
  file_name: string;
  file_bytes: Generated<number>;
  file_sha256: string | null;
  asked_source: string | null;
  source: string | null;
  confidence: number | null;
  why: string | null;
  created_ms: number;
  started_ms: number | null;
  finished_ms: number | null;
  position: string | null;
  starts: Generated<number>;
  counts: Generated<string>;
  error_code: string | null;
  error_detail: string | null;
  same_file_as: string | null;
}

export interface ImportIssueTable {
  pk: Generated<number>;
  run_pk: number;
  severity: string;
  code: string;
  path: string;
  external_id: string | null;
  title: string | null;
  detail: string;
}

export interface RawRecordTable {
  pk: Generated<number>;
  run_pk: number;
  source: string;
  external_key: string;
  sha256: string;
  bytes_zstd: Uint8Array;
  size: number;
  form: Generated<string>;
}

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
  external_id: string | null;
  name: string | null;
  mime: string | null;
  size: number | null;
  sha256: string | null;
  status: string;
  text_extract: string | null;
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

export interface TopicTable {
  pk: Generated<number>;
  id: string;
  key: string;
  label: string;
  aliases_json: Generated<string>;
  conversations: Generated<number>;
  messages: Generated<number>;
  acus: Generated<number>;
  first_ms: number | null;
  last_ms: number | null;
  titled: Generated<number>;
  strength: Generated<number>;
  weight: Generated<number>;
  visible: Generated<number>;
}

export interface TopicConversationTable {
  topic_pk: number;
  conversation_pk: number;
  titled: number;
  strength: number;
  messages: number;
  acus: number;
  first_ms: number | null;
  last_ms: number | null;
  forms_json: string;
}

export interface TopicFormTable {
  topic_pk: number;
  kind: string;
  value: string;
  weight: number;
}

export interface TopicAcuTable {
  topic_pk: number;
  acu_pk: number;
  weight: number;
}

export interface EntityTable {
  pk: Generated<number>;
  id: string;
  key: string;
  name: string;
  type: string;
  aliases_json: Generated<string>;
  conversations: Generated<number>;
  messages: Generated<number>;
  acus: Generated<number>;
  first_ms: number | null;
  last_ms: number | null;
  titled: Generated<number>;
  strength: Generated<number>;
  weight: Generated<number>;
  visible: Generated<number>;
}

export interface EntityConversationTable {
  entity_pk: number;
  conversation_pk: number;
  titled: number;
  strength: number;
  messages: number;
  acus: number;
  first_ms: number | null;
  last_ms: number | null;
  forms_json: string;
}

export interface EntityFormTable {
  entity_pk: number;
  kind: string;
  value: string;
  weight: number;
}

export interface EntityAcuTable {
  entity_pk: number;
  acu_pk: number;
  weight: number;
}

export interface BundleTable {
  pk: Generated<number>;
  id: string;
  kind: string;
  subject: Generated<string>;
  label: string;
  version: Generated<number>;
  dirty: Generated<number>;
  text: string;
  tokens: number;
  tokenizer: string;
  hash: string;
  citations_json: string;
  compiled_ms: number;
}

export interface BundleSourceTable {
  bundle_pk: number;
  kind: string;
  key: string;
}

export interface OutboxTable {
  pk: Generated<number>;
  kind: string;
  conversation_pk: number;
  at_ms: number;
  attempts: Generated<number>;
}

/** FTS5 without content: rowid is the message's place, text goes in and never comes out. */
export interface WordsTable {
  rowid: number;
  text: string;
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

export interface ErasureTable {
  pk: Generated<number>;
  id: string;
  kind: string;
  items: number;
  at_ms: number;
  receipt: string;
  allowed_ms: number | null;
}

export interface ErasedTable {
  mark: string;
  erasure_pk: number;
}

export interface UserSchema {
  space: SpaceTable;
  op: OpTable;
  import_run: ImportRunTable;
  import_issue: ImportIssueTable;
  raw_record: RawRecordTable;
  conversation: ConversationTable;
  message: MessageTable;
  part: PartTable;
  attachment: AttachmentTable;
  citation: CitationTable;
  acu: AcuTable;
  acu_link: AcuLinkTable;
  embedding: EmbeddingTable;
  embedding_vector: EmbeddingVectorTable;
  topic: TopicTable;
  topic_acu: TopicAcuTable;
  topic_conversation: TopicConversationTable;
  topic_form: TopicFormTable;
  entity: EntityTable;
  entity_acu: EntityAcuTable;
  entity_conversation: EntityConversationTable;
  entity_form: EntityFormTable;
  bundle: BundleTable;
  bundle_source: BundleSourceTable;
  outbox: OutboxTable;
  message_words: WordsTable;
  word_place: WordPlaceTable;
  word_total: WordTotalTable;
  speaker: SpeakerTable;
  erasure: ErasureTable;
  erased: ErasedTable;
}
