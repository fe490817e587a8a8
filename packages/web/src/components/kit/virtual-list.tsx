/**
 * A long list of which only what is near the window stands in the page, scrolled by the window itself. Arrow keys go
 * from row to row, Home and End to its ends; the row that has the focus stays in the page wherever one scrolls.
 */
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useNearEnd } from '../../hooks/use-near-end.ts';

export interface VirtualListHandle {
  /** Brings a row into the window, also one that is not in the page. */
  scrollToIndex(index: number, align?: 'start' | 'center' | 'auto'): void;
}

interface Props<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  /** What stands in a row. Its first link or button is what arrow keys go to. */
  children: (item: Item, index: number) => ReactNode;
  /** Height of a row in px, before it is measured. */
  estimate: number;
  /** What the list is called where it is read out. */
  label?: string;
  className?: string;
  /** How many there are in all, where not all of them are here yet. */
  total?: number;
  /** Asked when the end comes near; null where there is no more or more is under way. */
  onEnd?: (() => void) | null;
  handle?: Ref<VirtualListHandle>;
}

const reachable = 'a[href], button:not(:disabled), [tabindex="0"]';

export function VirtualList<Item>(props: Props<Item>) {
  const { items, keyOf, children, estimate, label, className = '', total, onEnd = null, handle } = props;
  const list = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const [top, setTop] = useState(0);
  const wanted = useRef<number | null>(null);
  const end = useNearEnd<HTMLDivElement>(onEnd);
  // Whatever stands above may grow: the list is asked where it begins after every paint of this component.
  useLayoutEffect(() => {
    if (list.current !== null) setTop(Math.round(list.current.getBoundingClientRect().top + window.scrollY));
  });
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => estimate,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    overscan: 6,
    scrollMargin: top,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      if (focused === null || focused >= items.length || shown.includes(focused)) return shown;
      return [...shown, focused].sort((a, b) => a - b);
    },
  });
  useImperativeHandle(handle, () => ({
    scrollToIndex: (index, align = 'auto') => virtualizer.scrollToIndex(index, { align }),
  }));

  const rowAt = (index: number): HTMLElement | null =>
    list.current?.querySelector(`:scope > [data-index="${index}"]`) ?? null;
  // A row that was gone to by key may come into the page only now.
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const target = rowAt(wanted.current)?.querySelector<HTMLElement>(reachable);
    if (!target) return;
    wanted.current = null;
    target.focus({ preventScroll: true });
  });

  const goTo = (index: number): void => {
    wanted.current = index;
    setFocused(index);
    virtualizer.scrollToIndex(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (target.matches('input, textarea, select, [contenteditable], [role^="menu"], [role="tab"]')) return;
    const row = target.closest('[data-index]');
    if (row?.parentElement !== list.current) return;
    const at = Number(row.getAttribute('data-index'));
    const last = items.length - 1;
    const next = { ArrowDown: Math.min(at + 1, last), ArrowUp: Math.max(at - 1, 0), Home: 0, End: last }[key];
    if (next === undefined) return;
    event.preventDefault();
    goTo(next);
  };

  return (
    <>
      <ul
        ref={list}
        className={`virtual-list ${className}`}
        {...(label === undefined ? {} : { 'aria-label': label })}
        style={{ blockSize: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const row = event.target.closest('[data-index]');
          if (row !== null) setFocused(Number(row.getAttribute('data-index')));
        }}
        onBlur={(event) => {
          if (wanted.current === null && !event.currentTarget.contains(event.relatedTarget)) setFocused(null);
        }}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-setsize={total ?? (onEnd === null ? items.length : -1)}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start - top}px)` }}
            >
              {children(item, index)}
            </li>
          );
        })}
      </ul>
      <div ref={end} />
    </>
  );
}
