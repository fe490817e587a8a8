/** What the fleet is started with. */
import type { Clock } from '@vivim/contract/clock';
import type { ErasureNote } from '@vivim/contract/erasure';
import type { EngineMode } from '@vivim/contract/health';
import type { StorageId, UserId } from '@vivim/contract/ids';
import type { ChatAnswer, ChatAsk, EmbedAnswer, EmbedAsk } from '@vivim/contract/model-asks';
import type { KekEvent } from '../keys/kek-control.ts';
import type { Keks } from '../keys/keks.ts';
import type { Jail } from './enclosure.ts';
import type { ErasureNoted } from './engine-process.ts';
import type { EngineProgram } from './engine-program.ts';
import type { SpaceRow } from './fleet-control.ts';
import type { FleetLimits } from './fleet-limits.ts';
import type { FleetLog } from './fleet-log.ts';
import type { JailDemand } from './jail.ts';
import type { MemoryReading } from './memory.ts';
import type { ModelsProgram } from './models.ts';

export interface FleetConfig {
  readonly dataDir: string;
  readonly engineMode: EngineMode;
  readonly jail: JailDemand;
  readonly idleSeconds: number;
  /** What one engine process may hold. Null: what suits the mode. */
  readonly engineMemoryMb: number | null;
  /** Engines that may stay open while nobody uses them. Null: as many as the memory bears. */
  readonly warmEngines: number | null;
  /** Whether spaces that are behind are brought along in the background, or when they are next opened. */
  readonly migrate: 'auto' | 'lazy';
}

export interface FleetDeps {
  readonly config: FleetConfig;
  readonly clock: Clock;
  readonly log: FleetLog;
  readonly keks: Keks;
  readonly tellOfKek: (event: KekEvent) => Promise<void>;
  /** Where a person's space lives now, if it may run; asked at start for those whose jobs were interrupted. */
  readonly locate: (userId: UserId) => Promise<SpaceRow | null>;
  /** Told of every erasure with the whole book, before it is carried out; says which backups were made so far, and when the last goes. */
  readonly onErasing: (storageId: StorageId, book: readonly ErasureNote[]) => Promise<ErasureNoted>;
  /** Sends texts to a service their owner agreed to. Whatever goes wrong stands in the answer. */
  readonly embed: (userId: UserId, ask: EmbedAsk) => Promise<EmbedAnswer>;
  readonly chat: (userId: UserId, ask: ChatAsk) => Promise<ChatAnswer>;
  /** Whether somebody agreed that texts of theirs go anywhere: their space is then served among no others. */
  readonly sendsAway: (userId: UserId) => Promise<boolean>;
  /** Every space that may be brought to a newer schema: made, and not about to be erased. */
  readonly spaces: () => Promise<readonly SpaceRow[]>;
  /** Defaults to the bundle the build makes. */
  readonly program?: EngineProgram;
  /** Defaults to the strongest that works here, within what `config.jail` asks for. */
  readonly jail?: Jail;
  /** Defaults to the models package; null runs none. */
  readonly models?: ModelsProgram | null;
  readonly limits?: Partial<FleetLimits>;
  /** The newest schema `program` knows. */
  readonly schemaVersion?: number;
  /** Defaults to the kernel's figures. */
  readonly memory?: MemoryReading;
}
