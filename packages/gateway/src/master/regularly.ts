/** A pass that is done again and again, one at a time. One that fails is made up for by the next. */

export interface Regular {
  /** Once more, after the one under way; settles when it is through. Never rejects. */
  again(): Promise<void>;
  /** No more by itself; settles after the one under way. */
  stop(): Promise<void>;
}

export function regularly(pass: () => Promise<void>, everyMs: number): Regular {
  let last = Promise.resolve();
  const again = () => {
    last = last.then(pass).catch(() => {});
    return last;
  };
  const timer = setInterval(again, everyMs);
  timer.unref();
  return {
    again,
    stop() {
      clearInterval(timer);
      return last;
    },
  };
}
