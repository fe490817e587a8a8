/** Live capture. One interface for each table. */
import type { Generated } from 'kysely';

export interface UpstreamTable {
  pk: Generated<number>;
  name: string;
  kind: string;
  base_url: string;
  key: string | null;
  is_default: Generated<number>;
  record: Generated<number>;
  created_ms: number;
  used_ms: number | null;
}

export interface TurnPrefixTable {
  hash: string;
  message_pk: number;
}

export interface LiveTallyTable {
  one: number;
  recorded: Generated<number>;
  partial: Generated<number>;
  withheld: Generated<number>;
  missed: Generated<number>;
  missed_ms: number | null;
  missed_for: string | null;
}
