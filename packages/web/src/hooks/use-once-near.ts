/** Whether an element has come near the screen yet. One observer serves all elements of a page. */
import { type RefObject, useEffect, useRef, useState } from 'react';

const waiting = new WeakMap<Element, () => void>();
let shared: IntersectionObserver | null = null;

function observer(): IntersectionObserver {
  shared ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) waiting.get(target)?.();
    },
    { rootMargin: '150% 0%' },
  );
  return shared;
}

/** @returns a ref to put on the element, and true from the moment it came near; it never turns false again */
export function useOnceNear<E extends Element>(): [RefObject<E | null>, boolean] {
  const ref = useRef<E | null>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null || near) return;
    waiting.set(element, () => setNear(true));
    observer().observe(element);
    return () => observer().unobserve(element);
  }, [near]);
  return [ref, near];
}
