/** What stands in contexts. One interface for each table. */
import type { Generated } from 'kysely';

export interface PinTable {
  pk: Generated<number>;
  kind: string;
  key: string;
  recipe: string;
  at_ms: number;
}
