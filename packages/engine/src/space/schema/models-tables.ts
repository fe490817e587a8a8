/** A person's services, what left for them, and what a model was asked to look for. One interface for each table. */
import type { Generated } from 'kysely';

export interface ModelServiceTable {
  pk: Generated<number>;
  name: string;
  kind: string;
  base_url: string;
  model: string;
  key: string | null;
  dimensions: number | null;
  chat_form: string | null;
  embed_agreed_ms: number | null;
  memories_agreed_ms: number | null;
  per_minute: number;
  monthly_tokens: number | null;
  daily_tokens: number | null;
  price_input: number | null;
  price_output: number | null;
  monthly_cost: number | null;
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
  cost: number | null;
  outcome: string;
  took_ms: number | null;
}

export interface ModelTallyTable {
  service: string;
  period: string;
  requests: number;
  texts: number;
  characters: number;
  tokens: number;
  cost: number;
}

export interface MemoryModelTable {
  one: number;
  service: string | null;
  answers: Generated<number>;
  invalid: Generated<number>;
  proposed: Generated<number>;
  kept: Generated<number>;
  known: Generated<number>;
  unproven: Generated<number>;
  malformed: Generated<number>;
}

export interface ModelReadTable {
  message_pk: number;
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
