/** Calls back when an element comes near the screen, for lists that load as they are read. */
import { type RefObject, useEffect, useRef } from 'react';

/** @param onNear called each time the element comes within one screen; null switches it off */
export function useNearEnd<E extends Element>(onNear: (() => void) | null): RefObject<E | null> {
  const ref = useRef<E | null>(null);
  useEffect(() => {
    if (onNear === null || ref.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onNear();
      },
      { rootMargin: '100% 0%' },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [onNear]);
  return ref;
}
