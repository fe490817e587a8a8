/** Who makes vectors, and what left for them. One interface for each table. */
import type { Generated } from 'kysely';

export interface ModelServiceTable {
  pk: Generated<number>;
  name: string;
  kind: string;
  base_url: string;
  model: string;
  key: string | null;
  dimensions: number | null;
  embed_agreed_ms: number | null;
  per_minute: number;
  monthly_tokens: number | null;
  created_ms: number;
}

export interface ModelCallTable {
  pk: Generated<number>;
  at_ms: number;
  service: string;
  host: string;
  model: string;
  purpose: string;
  texts: number;
  characters: number;
  tokens: number;
  outcome: string;
  took_ms: number | null;
}

export interface ModelMonthTable {
  service: string;
  month: string;
  requests: number;
  texts: number;
  characters: number;
  tokens: number;
}

export interface EmbedderChoiceTable {
  one: number;
  answering: string | null;
  chosen: string | null;
  switched_ms: number | null;
}

export interface VectorSlotTable {
  slot: number;
  model: string;
}
