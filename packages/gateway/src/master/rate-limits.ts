/**
 * How often something was tried, counted in master so that every gateway counts together. Keys are hashes: who knocked
 * cannot be read from here. Never decides what is too often; a rule does.
 */
import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

export interface RateRule {
  /** `challenge`, `verify-failed`, … One name stands for one rule. */
  readonly scope: string;
  /** How many pass in one window. Zero: any number. */
  readonly points: number;
  readonly seconds: number;
}

export interface RateLimits {
  /**
   * Counts one more.
   *
   * @param keyHash SHA-256 of an address prefix, a DID or the like
   * @returns null while there are few enough; else milliseconds until the window ends
   */
  count(rule: RateRule, keyHash: Uint8Array): Promise<number | null>;
}

export function openRateLimits(pool: Pool): RateLimits {
  const limiters = new Map<string, RateLimiterPostgres>();
  const limiterOf = ({ scope, points, seconds }: RateRule): RateLimiterPostgres => {
    const name = `${scope}/${points}/${seconds}`;
    const made =
      limiters.get(name) ??
      new RateLimiterPostgres({
        storeClient: pool,
        storeType: 'pool',
        tableName: 'rate_limits',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: scope,
        points,
        duration: seconds,
      });
    limiters.set(name, made);
    return made;
  };
  return {
    async count(rule, keyHash) {
      if (rule.points === 0) return null;
      try {
        await limiterOf(rule).consume(Buffer.from(keyHash).toString('base64url'));
        return null;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return refused.msBeforeNext;
        throw refused;
      }
    },
  };
}
