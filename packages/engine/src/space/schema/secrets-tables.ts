/** Secrets that were found, and the choices of the space's owner. One interface for each table. */
import type { Generated } from 'kysely';

export interface SettingTable {
  name: string;
  value: string;
}

export interface SecretTable {
  pk: Generated<number>;
  id: string;
  mark: string;
  label: string;
  decision: string | null;
}

export interface SecretBesideTable {
  pk: Generated<number>;
  secret_pk: number;
  message_pk: number | null;
  record_pk: number | null;
  times: number;
}

export interface SecretPlaceTable {
  secret_pk: number;
  message_pk: number;
  part_ix: number;
  start_ix: number;
  end_ix: number;
}
