/**
 * What the pages of a person show now, as they say it. In memory, for minutes, so many at most. Never written anywhere and never
 * answered with: whether what a page names exists makes no difference here.
 */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import { type Presence, presenceLimits } from '@vivim/contract/presence';

export interface HeldPresence extends Omit<Presence, 'page'> {
  readonly atMs: number;
}

/** Sessions whose pace is watched; the one that spoke longest ago is forgotten first. */
const watchedSessions = 64;

interface Pace {
  left: number;
  atMs: number;
}

export class Presences {
  readonly #clock: Clock;
  /** By session and page, the one that spoke last at the end. */
  readonly #held = new Map<string, HeldPresence>();
  readonly #paces = new Map<string, Pace>();
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws AppError `rate_limited` for a session that says more than a person does */
  say({ page, timeZone, ...shown }: Presence, sessionId: string): void {
    const nowMs = this.#now();
    this.#spend(sessionId, nowMs);
    const key = `${sessionId} ${page}`;
    this.#held.delete(key);
    const said = Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined && value !== ''));
    if (Object.keys(said).length === 0) return;
    this.#held.set(key, { ...said, ...(timeZone === undefined ? {} : { timeZone }), atMs: nowMs });
    const oldest = this.#held.keys().next().value;
    if (this.#held.size > presenceLimits.pages && oldest !== undefined) this.#held.delete(oldest);
  }

  /** Those that still hold, newest first, each with how long ago it was said, in milliseconds. */
  now(): readonly (HeldPresence & { readonly ageMs: number })[] {
    const nowMs = this.#now();
    for (const [key, { atMs }] of this.#held) if (nowMs - atMs >= presenceLimits.lifetime) this.#held.delete(key);
    return [...this.#held.values()].reverse().map((held) => ({ ...held, ageMs: nowMs - held.atMs }));
  }

  #spend(sessionId: string, nowMs: number): void {
    const { left, atMs } = this.#paces.get(sessionId) ?? { left: presenceLimits.burst, atMs: nowMs };
    const refilled = Math.min(presenceLimits.burst, left + (nowMs - atMs) / presenceLimits.refill);
    if (refilled < 1) {
      const seconds = Math.ceil(((1 - refilled) * presenceLimits.refill) / 1000);
      throw new AppError('rate_limited', undefined, { retryAfterSeconds: seconds });
    }
    this.#paces.delete(sessionId);
    this.#paces.set(sessionId, { left: refilled - 1, atMs: nowMs });
    const oldest = this.#paces.keys().next().value;
    if (this.#paces.size > watchedSessions && oldest !== undefined) this.#paces.delete(oldest);
  }

  /** A clock that went back takes what was noted along, so that nothing holds longer, and nothing is refused for it. */
  #now(): number {
    const nowMs = this.#clock();
    const back = this.#lastMs - nowMs;
    if (back > 0) {
      for (const [key, held] of this.#held) this.#held.set(key, { ...held, atMs: held.atMs - back });
      for (const pace of this.#paces.values()) pace.atMs -= back;
    }
    this.#lastMs = nowMs;
    return nowMs;
  }
}
