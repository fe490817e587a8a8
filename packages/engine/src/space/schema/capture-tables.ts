/** What came in and how: runs, their issues, the raw records. One interface for each table. */
import type { Generated } from 'kysely';

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
  takes_files: Generated<number>;
  whole_source: string | null;
  whole_account: string | null;
  batch_of: string | null;
  batch: number | null;
  as_of_ms: number | null;
  paused_ms: number | null;
  pace: Generated<string>;
  watched_key: string | null;
  parts: string | null;
  begins: string | null;
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
  stream: number | null;
  element: number | null;
}

export interface ImportStreamTable {
  run_pk: number;
  stream: number;
  path: string;
}

export interface ImportEntryTable {
  run_pk: number;
  stream: number;
  element: number;
  outcome: string;
  degraded: number;
  conversation_pk: number | null;
  raw_pk: number | null;
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
