/** Lineage of agent sessions. One interface for each table. */
import type { Generated } from 'kysely';

export interface SessionTurnTable {
  conversation_pk: number;
  nth: number;
  hash: Uint8Array;
  message_pk: number;
  answered: Generated<number>;
}
