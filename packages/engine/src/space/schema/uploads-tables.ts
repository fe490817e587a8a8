/** Files on their way in. One interface for each table. */
import type { Generated } from 'kysely';

export interface UploadTable {
  run_pk: number;
  bytes: number;
  received: Generated<number>;
  head_sha256: string | null;
  touched_ms: number;
}
