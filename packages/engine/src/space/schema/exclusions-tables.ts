/** What stays out of contexts. One interface for each table. */
import type { Generated } from 'kysely';

export interface ExclusionTable {
  pk: Generated<number>;
  kind: string;
  key: string;
  at_ms: number;
  text_key: Generated<string | null>;
}
