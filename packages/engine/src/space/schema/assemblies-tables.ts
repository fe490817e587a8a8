/** Records of compiled contexts. One interface for each table. */
import type { Generated } from 'kysely';

export interface AssemblyTable {
  pk: Generated<number>;
  id: string;
  at_ms: number;
  session_id: string;
  way: string;
  application: string | null;
  query: string;
  recipe: string;
  conversation_id: string | null;
  budget: number;
  tokens: number;
  tokenizer: string;
  hash: string;
  lines: number;
  took_ms: number;
  text_deflated: Buffer | null;
  request_json: string | null;
  given_ids: string;
  details_deflated: Buffer;
}
