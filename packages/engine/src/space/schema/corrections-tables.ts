/** What a person put right in topics and entities. */
import type { Generated } from 'kysely';

export interface CorrectionTable {
  pk: Generated<number>;
  id: string;
  kind: string;
  action: string;
  key: string;
  value: string;
  of_json: Generated<string>;
  name: string;
  value_name: string;
  at_ms: number;
}
