/**
 * Printing a conversation whole. While one reads, only what is near the window stands in the page: for paper the rest is asked for
 * first, and all of it is laid out until it is printed. Where a browser prints by a menu of its own there is no time to ask for
 * anything: then what has come is printed, and the paper says how much that is.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { sayProblem } from '../components/kit/toast-queue.ts';
import type { Reading } from './use-reading.ts';
import { richPluginsHere } from './use-rich-plugins.ts';

/** `asked`: laid out, and the page asks to print it; `given`: the browser prints by itself. */
type State = 'reading' | 'gathering' | 'asked' | 'given';

export interface Printing {
  readonly state: State;
  /** All of it stands in the page. */
  readonly whole: boolean;
  /** Messages that have come, of how many. */
  readonly came: number;
  readonly of: number;
  readonly print: () => void;
  /** Back to reading, whatever was going on. */
  readonly stop: () => void;
}

const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Pictures wait until they are scrolled to; on paper nobody scrolls. One that does not come keeps nothing up. */
async function picturesHere(): Promise<void> {
  const pictures = [...document.querySelectorAll<HTMLImageElement>('.messages img')];
  for (const picture of pictures) picture.loading = 'eager';
  await Promise.allSettled(pictures.map((picture) => picture.decode()));
}

const isPrintKey = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'p';

export function usePrinting(reading: Reading): Printing {
  const [state, setState] = useState<State>('reading');
  const whole = state === 'asked' || state === 'given';
  const { path, bodies } = reading;
  const came = path?.filter(({ message }) => bodies.has(message.id)).length ?? 0;
  const of = path?.length ?? 0;
  const latest = useRef({ reading, came, of });
  latest.current = { reading, came, of };
  const gathering = useRef<AbortController | null>(null);

  const stop = useCallback(() => {
    gathering.current?.abort();
    gathering.current = null;
    setState('reading');
  }, []);
  const print = useCallback(async () => {
    const { reading: now, came: here, of: all } = latest.current;
    if (gathering.current !== null || now.path === null) return;
    const ending = new AbortController();
    gathering.current = ending;
    if (here < all) setState('gathering');
    try {
      await now.gather(
        now.path.map(({ message }) => message.id),
        ending.signal,
      );
      if (!ending.signal.aborted) setState('asked');
    } catch (error) {
      if (ending.signal.aborted) return;
      stop();
      sayProblem(error);
    }
  }, [stop]);

  useEffect(() => {
    if (state !== 'asked') return;
    let gone = false;
    const ready = async (): Promise<void> => {
      await Promise.all([richPluginsHere(), picturesHere(), document.fonts.ready]);
      await nextFrame();
      if (!gone) window.print();
    };
    void ready();
    return () => {
      gone = true;
    };
  }, [state]);

  useEffect(() => {
    const before = (): void => flushSync(() => setState((now) => (now === 'asked' ? now : 'given')));
    const onKey = (event: KeyboardEvent): void => {
      const { came: here, of: all } = latest.current;
      if (event.defaultPrevented || !isPrintKey(event) || here === all) return;
      event.preventDefault();
      void print();
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', stop);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', stop);
      window.removeEventListener('keydown', onKey);
      gathering.current?.abort();
    };
  }, [print, stop]);

  // Laid out whole the page is another height: one goes on reading where one was.
  const place = useRef(0);
  const left = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (whole) left.current = place.current;
    else if (left.current !== null) window.scrollTo({ top: left.current, behavior: 'instant' });
  }, [whole]);
  useEffect(() => {
    if (whole) return;
    const keep = (): void => {
      place.current = window.scrollY;
    };
    keep();
    window.addEventListener('scroll', keep, { passive: true });
    return () => window.removeEventListener('scroll', keep);
  }, [whole]);

  return { state, whole, came, of, print: () => void print(), stop };
}
