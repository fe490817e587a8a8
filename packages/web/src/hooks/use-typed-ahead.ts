/** What is typed while the palette, opened for the first time, is still being fetched: it goes into its field, and no key of the page takes it. */
import { useCallback, useRef } from 'react';

export interface TypedAhead {
  /** From now on keys are kept. @param onEscape what Escape does meanwhile */
  readonly begin: (onEscape: () => void) => void;
  /** What was typed so far. */
  readonly text: () => string;
  /** The field is there and takes the keys itself, or there will be none. */
  readonly end: () => void;
}

export function useTypedAhead(): TypedAhead {
  const kept = useRef('');
  const stop = useRef<(() => void) | null>(null);
  const end = useCallback(() => {
    stop.current?.();
    stop.current = null;
    kept.current = '';
  }, []);
  const begin = useCallback(
    (onEscape: () => void) => {
      end();
      const onKey = (event: KeyboardEvent): void => {
        const { key } = event;
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const isLetter = [...key].length === 1;
        if (!isLetter && !['Backspace', 'Enter', 'Escape'].includes(key)) return;
        event.preventDefault();
        event.stopPropagation();
        if (isLetter) kept.current += key;
        else if (key === 'Backspace') kept.current = kept.current.slice(0, -1);
        else if (key === 'Escape') {
          end();
          onEscape();
        }
      };
      window.addEventListener('keydown', onKey, { capture: true });
      stop.current = () => window.removeEventListener('keydown', onKey, { capture: true });
    },
    [end],
  );
  const text = useCallback(() => kept.current, []);
  return { begin, text, end };
}
