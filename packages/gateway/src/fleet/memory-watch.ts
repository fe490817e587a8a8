/**
 * Does an engine hold more memory than it may? Looked at four times a second, so that one that takes and takes is ended before its
 * neighbours on the machine feel it. One that is faster than the look meets the kernel's limit (`process-limits.ts`).
 */

export interface MemoryWatchOptions {
  /** Bytes held now; null where it cannot be told. */
  readonly bytes: () => number | null;
  readonly limitBytes: number;
  /** Called once. */
  readonly onOver: () => void;
}

const tickMs = 250;

/** Watch until the returned function is called. */
export function watchMemory({ bytes, limitBytes, onOver }: MemoryWatchOptions): () => void {
  const timer = setInterval(() => {
    if ((bytes() ?? 0) <= limitBytes) return;
    clearInterval(timer);
    onOver();
  }, tickMs);
  timer.unref();
  return () => clearInterval(timer);
}
