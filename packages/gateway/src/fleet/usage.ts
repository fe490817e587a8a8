/**
 * What each person's engine used since it was last asked for: requests, and processor time where the system tells it. Figures only;
 * who shares a process shares its time by who had something under way.
 */
import type { UserId } from '@vivim/contract/ids';

export interface Used {
  readonly userId: UserId;
  readonly requests: number;
  /** Milliseconds of processor time. */
  readonly engineMs: number;
}

export interface UsageMeter {
  request(userId: UserId): void;
  /** @param sharers nobody: the time is nobody's */
  processor(ms: number, sharers: readonly UserId[]): void;
  /** What was used, once. */
  take(): Used[];
}

export function createUsageMeter(): UsageMeter {
  let used = new Map<UserId, Used>();
  const add = (userId: UserId, requests: number, engineMs: number): void => {
    const before = used.get(userId) ?? { userId, requests: 0, engineMs: 0 };
    used.set(userId, { userId, requests: before.requests + requests, engineMs: before.engineMs + engineMs });
  };
  return {
    request: (userId) => add(userId, 1, 0),
    processor(ms, sharers) {
      if (ms > 0) for (const userId of sharers) add(userId, 0, ms / sharers.length);
    },
    take() {
      const taken = [...used.values()].map((one) => ({ ...one, engineMs: Math.round(one.engineMs) }));
      used = new Map();
      return taken;
    },
  };
}
