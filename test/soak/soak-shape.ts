/** What a soak is: a test that goes on for as long as somebody wants to look, by hand. */
import type { MasterTarget } from '@vivim/gateway/master/db';

export interface Soak {
  /**
   * Reads what it is to do.
   *
   * @returns what runs it on an embedded PostgreSQL and says whether everything held; null when the arguments make no sense
   */
  prepare(args: readonly string[]): ((embedded: MasterTarget) => Promise<boolean>) | null;
}
