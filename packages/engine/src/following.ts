/**
 * How far the work has come that follows an import: reading conversations into topics and people, and giving them vectors.
 * Told to whoever listens, at most twice a second, and once more when it is done. Does none of that work.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@vivim/contract/clock';
import type { Following, FollowingWork } from '@vivim/contract/imports';
import { type PaceSample, remainingSeconds, withSample } from '@vivim/contract/pace';
import type { SpaceEvents } from './events.ts';
import type { UserSpace } from './space/user-space.ts';

/** Milliseconds between two events. */
const apartMs = 500;

export class FollowingProgress {
  readonly #space: UserSpace;
  readonly #events: SpaceEvents;
  readonly #clock: Clock;
  readonly #embeds: () => boolean;
  readonly #samples: Record<'profiles' | 'meaning', readonly PaceSample[]> = { profiles: [], meaning: [] };
  #toldMs = Number.NEGATIVE_INFINITY;
  #told: Following | null = null;

  /** @param deps.embeds whether there is something that makes vectors now */
  constructor(deps: { space: UserSpace; events: SpaceEvents; clock: Clock; embeds: () => boolean }) {
    this.#space = deps.space;
    this.#events = deps.events;
    this.#clock = deps.clock;
    this.#embeds = deps.embeds;
  }

  /** As it stands now. */
  now(): Following {
    const { conversations, rollup, embed } = this.#space.read((r) => ({
      conversations: r.conversations.count(),
      rollup: r.outbox.count('rollup'),
      embed: r.outbox.count('embed'),
    }));
    return {
      profiles: this.#work('profiles', conversations, rollup),
      meaning: this.#embeds() ? this.#work('meaning', conversations, embed) : null,
    };
  }

  /** Called between the steps of the background: tells what changed, if it is time. */
  look(): void {
    const nowMs = this.#clock();
    if (nowMs - this.#toldMs < apartMs && !this.#justDone()) return;
    const following = this.now();
    this.#toldMs = nowMs;
    if (isDeepStrictEqual(following, this.#told)) return;
    this.#told = following;
    this.#events.emit({ type: 'following', following });
  }

  /** Nothing waits any more, and whoever listens does not know it yet. */
  #justDone(): boolean {
    if (this.#told === null || isWhole(this.#told)) return false;
    return this.#space.read((r) => r.outbox.count('rollup') + (this.#embeds() ? r.outbox.count('embed') : 0)) === 0;
  }

  #work(kind: 'profiles' | 'meaning', total: number, waiting: number): FollowingWork {
    const done = Math.max(0, total - waiting);
    const whole = done === total;
    this.#samples[kind] = whole ? [] : withSample(this.#samples[kind], this.#clock(), done);
    return { done, total, remainingSeconds: whole ? 0 : remainingSeconds(this.#samples[kind], total) };
  }
}

const isWhole = ({ profiles, meaning }: Following): boolean =>
  profiles.done === profiles.total && (meaning === null || meaning.done === meaning.total);
