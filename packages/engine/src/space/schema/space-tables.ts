/** The space itself, what was applied to it, and what was erased. One interface for each table. */
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

export interface ErasureTable {
  pk: Generated<number>;
  id: string;
  kind: string;
  items: number;
  at_ms: number;
  receipt: string;
  allowed_ms: number | null;
  stage: Generated<number>;
}

export interface ErasingTable {
  conversation_pk: number;
  erasure_pk: number;
}

export interface ErasedTable {
  mark: string;
  erasure_pk: number;
}
