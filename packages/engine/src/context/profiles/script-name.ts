/** A name found in a script that marks none with a capital. A type alone. */
import type { EntityType } from '@vivim/contract/profile';

export interface ScriptName {
  /** As it is called, its title with it. */
  readonly name: string;
  /** Under which the same one is found: without what is no more than polite. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly type: EntityType;
  /** Votes for that sort. */
  readonly weight: number;
}
