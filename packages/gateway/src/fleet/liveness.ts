/**
 * Is the event loop of an engine alive? While requests are out it is pinged, and one that stays silent is reported: soon
 * when it burns processor time meanwhile, later when it may just be waiting for its turn on a busy machine.
 * Silence is counted in ticks of our own timer, so a gateway that was itself stopped or asleep blames nobody.
 */

export interface LivenessOptions {
  /** Answers when the engine does; rejects when it cannot be reached. */
  readonly ping: () => Promise<unknown>;
  /** Processor time used so far, milliseconds; null where it cannot be told. */
  readonly cpuMs: () => number | null;
  /** How long it may compute in one go, milliseconds; asked at every tick, because an engine at work on a job gets more. */
  readonly limitMs: () => number;
  readonly onSilent: () => void;
}

const tickMs = 250;
/** After an answer the engine is left alone this long. With the ticks and the limit of a request it makes two seconds. */
const restTicks = 1;
/** Silence without computing may last so many times longer: the process is stopped, stuck in the kernel, or starved. */
const patience = 5;

/** Watch until the returned function is called. */
export function watchLiveness({ ping, cpuMs, limitMs, onSilent }: LivenessOptions): () => void {
  let silentMs = 0;
  let cpuAtSilence: number | null = null;
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
    const cpu = cpuMs();
    if (cpu === null || cpuAtSilence === null) return true;
    return cpu - cpuAtSilence >= limit || silentMs > limit * patience;
  };
  const timer = setInterval(() => {
    if (rest > 0) {
      rest -= 1;
      return;
    }
    if (silentMs === 0) cpuAtSilence = cpuMs();
    silentMs += tickMs;
    if (isTooLong()) {
      clearInterval(timer);
      onSilent();
    } else if (!asking) ask();
  }, tickMs);
  timer.unref();
  return () => clearInterval(timer);
}
