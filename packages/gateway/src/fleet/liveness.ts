/**
 * Is the event loop of an engine alive? While requests are out it is pinged, and one that stays silent is reported: soon
 * when it burns processor time meanwhile, later when it does not. The time in which it could have gone on and others had the
 * processor does not count: on a busy machine that is most of it.
 * Silence is counted in ticks of our own timer, so a gateway that was itself stopped or asleep blames nobody.
 */
import type { Turns } from './cpu-time.ts';

export interface LivenessOptions {
  /** Answers when the engine does; rejects when it cannot be reached. */
  readonly ping: () => Promise<unknown>;
  /** What its event loop did so far; null where it cannot be told. */
  readonly turns: () => Turns | null;
  /** How long it may compute in one go, milliseconds; asked at every tick, because an engine at work on a job gets more. */
  readonly limitMs: () => number;
  readonly onSilent: () => void;
}

const tickMs = 250;
/** After an answer the engine is left alone this long. With the ticks and the limit of a request it makes two seconds. */
const restTicks = 1;
/** Silence without computing may last so many times longer: the process is stopped, or stuck in the kernel. */
const patience = 5;

/** Watch until the returned function is called. */
export function watchLiveness({ ping, turns, limitMs, onSilent }: LivenessOptions): () => void {
  let silentMs = 0;
  let atSilence: Turns | null = null;
  let rest = restTicks;
  let asking = false;
  const ask = () => {
    asking = true;
    ping().then(
      () => {
        asking = false;
        silentMs = 0;
        rest = restTicks;
      },
      // Not reachable: as good as silent, and asked again.
      () => {
        asking = false;
      },
    );
  };
  const isTooLong = (): boolean => {
    const limit = limitMs();
    if (silentMs <= limit) return false;
    const now = turns();
    if (now === null || atSilence === null) return true;
    const ownMs = silentMs - (now.waitedMs - atSilence.waitedMs);
    return now.computedMs - atSilence.computedMs >= limit || ownMs > limit * patience;
  };
  const timer = setInterval(() => {
    if (rest > 0) {
      rest -= 1;
      return;
    }
    if (silentMs === 0) atSilence = turns();
    silentMs += tickMs;
    if (isTooLong()) {
      clearInterval(timer);
      onSilent();
    } else if (!asking) ask();
  }, tickMs);
  timer.unref();
  return () => clearInterval(timer);
}
