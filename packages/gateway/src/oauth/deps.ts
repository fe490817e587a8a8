/** What the authorization server for applications is handed at start. Holds no logic. */
import type { Clock } from '@vivim/contract/clock';
import type { GuardedFetch } from '../auth/did/guarded-fetch.ts';
import type { Origins } from '../auth/origins.ts';
import type { Master } from '../master/db.ts';

export interface OAuthDeps {
  readonly master: Master;
  readonly clock: Clock;
  readonly origins: Origins;
  /** Fetches what applications say of themselves. */
  readonly fetch: GuardedFetch;
  /** Applications that may register from one network. Zero lifts the limit. */
  readonly registrationsPerHour: number;
  /** Called for errors nobody expected; gets no secret. */
  readonly onFailure: (name: string) => void;
}
