/** Session logs that are watched while they grow, and their watchers. One interface for each table. */
import type { Generated } from 'kysely';

export interface WatchedFileTable {
  pk: Generated<number>;
  key: string;
  source: string;
  file_name: string;
  run_pk: number;
  piece: number;
  tail_from: number;
  tail_bytes: number;
  tail_sha256: string;
  tail_raw_pk: number | null;
  first_line: Uint8Array;
  updated_ms: number;
}

export interface WatcherTable {
  pk: Generated<number>;
  machine: string;
  device: string;
  ended: number;
  places_json: string;
  heard_ms: number;
}
