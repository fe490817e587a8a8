/** What a space in the fleet is handed, and what it hands out: the right to use its engine. */
import type { Clock } from '@vivim/contract/clock';
import type { StorageId, UserId } from '@vivim/contract/ids';
import type { ChatAnswer, ChatAsk, EmbedAnswer, EmbedAsk } from '@vivim/contract/model-asks';
import type { Pool } from 'undici';
import type { ErasureBooks } from '../keys/erasure-books.ts';
import type { SpaceKeys } from '../keys/space-keys.ts';
import type { EngineHost } from './engine-host.ts';
import type { EngineHosts } from './engine-hosts.ts';
import type { EngineProcess, ErasureNoted } from './engine-process.ts';
import type { FleetLimits } from './fleet-limits.ts';
import type { FleetLog } from './fleet-log.ts';
import type { Placement } from './placement.ts';
import type { RunMarkers } from './run-markers.ts';
import type { SchemaChange } from './schema-change.ts';
import type { StartGate, Urgency } from './start-gate.ts';

export interface ResidenceDeps {
  readonly keys: SpaceKeys;
  readonly books: ErasureBooks;
  /** Takes away what lies beside a space from before an upgrade or a restore; says which backups are left of it. */
  readonly clearBeside: (storageId: StorageId) => Promise<ErasureNoted>;
  /** Sends texts of this person to a service they agreed to. */
  readonly embed: (userId: UserId, ask: EmbedAsk) => Promise<EmbedAnswer>;
  readonly chat: (userId: UserId, ask: ChatAsk) => Promise<ChatAnswer>;
  /** Whether its owner has texts sent anywhere; never where every space is alone anyway. */
  readonly sendsAway: (userId: UserId) => Promise<boolean>;
  readonly hosts: EngineHosts;
  readonly markers: RunMarkers;
  readonly log: FleetLog;
  readonly limits: FleetLimits;
  readonly usersRoot: string;
  /** The process a space goes to, and the directory that process may see. */
  readonly place: Placement;
  readonly ticketKey: string;
  readonly modelsSocket: string | null;
  readonly isClosing: () => boolean;
  readonly clock: Clock;
  /** Where engines wait for their turn to start; and spaces, to be brought to a newer schema. */
  readonly starts: StartGate;
  readonly changes: StartGate;
  readonly schema: SchemaChange;
  /** One more is open. */
  readonly onOpened: () => void;
}

export interface LeaseOptions {
  /** Make the space where there is none. */
  readonly create?: boolean;
  /** Whether somebody waits for it. */
  readonly urgency?: Urgency;
}

export interface Opened {
  readonly pool: Pool;
  readonly host: EngineHost;
  readonly process: EngineProcess;
  /** The directory of the space, as the process sees it. */
  readonly inside: string;
}

/** The right to use a running engine. While one is held the engine is not evicted. */
export interface Lease extends Opened {
  /** So many bytes were sent. */
  carry(bytes: number): void;
  release(): void;
}
