/** Records of what was asked for and given. One interface for each table. */
import type { Generated } from 'kysely';

export interface AskedTable {
  pk: Generated<number>;
  id: string;
  at_ms: number;
  session_id: string;
  way: string;
  application: string | null;
  kind: string;
  words: string | null;
  count: number;
  characters: number | null;
  given_json: string | null;
}
