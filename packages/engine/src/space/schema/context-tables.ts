/** Standing bundles, and the work that follows a write. One interface for each table. */
import type { Generated } from 'kysely';

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

export interface BundleSectionTable {
  pk: Generated<number>;
  bundle_pk: number;
  section: string;
  dirty: Generated<number>;
  lines_json: string;
}

export interface BundleSourceTable {
  bundle_pk: number;
  section: Generated<string>;
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
