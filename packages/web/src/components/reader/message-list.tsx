/**
 * The messages of the branch that is shown, of which only those near the window stand in the page. Heights are guessed from sizes
 * until they are measured; the message a link leads to stays where it is while those around it come. For paper all of them stand in it.
 */
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import type { OutlineMessage } from '@vivim/contract/outline';
import { type RefObject, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { PathMessage, Reading } from '../../hooks/use-reading.ts';
import type { MessageActs } from './message-menu.tsx';
import { MessageView } from './message-view.tsx';
import type { ReadingPlace } from './reading-place.ts';

export interface MessageListHandle {
  /** Brings a message to the top of the window and gives it the focus. */
  goTo(place: number): void;
  /** Place of the message that has the focus, or else of the first one in the window. */
  current(): number;
}

interface Props {
  reading: Reading;
  path: readonly PathMessage[];
  wanted: string | undefined;
  bookmarked: ReadonlySet<string>;
  notes: ReadonlyMap<string, string>;
  acts: MessageActs;
  handle: RefObject<MessageListHandle | null>;
  /** Told of the place that is read, as it changes. */
  place: ReadingPlace;
  /** All of it stands in the page, one after the other. */
  whole: boolean;
}

/** px, and characters of a line; folded parts make the guess of a tool's message a short one. */
const guess = { head: 84, line: 26, lineLength: 82, most: 2_400, tool: 110, file: 220 };
/** Asked for on either side of what is in the page. */
const margin = 12;
/** A window that is passing by asks for nothing. ms */
const settleMs = 60;
/** What stands at the top of the page on a phone, and room to breathe. px */
const topSpace = 72;

function heightOf({ size, role, hidden, files }: OutlineMessage): number {
  if (hidden || role === 'tool') return guess.tool;
  return guess.head + Math.min(guess.most, Math.ceil(size / guess.lineLength) * guess.line) + files * guess.file;
}

export function MessageList({ reading, path, wanted, bookmarked, notes, acts, handle, place, whole }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const scrolling = useRef(false);
  // What stands above may have grown. While the page scrolls it is not asked: that would have it laid out for each frame.
  useLayoutEffect(() => {
    if (list.current === null || scrolling.current) return;
    setTop(Math.round(list.current.getBoundingClientRect().top + window.scrollY));
  });
  const virtualizer = useWindowVirtualizer({
    count: path.length,
    estimateSize: (index) => {
      const at = path[index];
      return at === undefined ? guess.tool : heightOf(at.message);
    },
    getItemKey: (index) => path[index]?.message.id ?? index,
    overscan: 3,
    gap: 20,
    scrollMargin: top,
    scrollPaddingStart: topSpace,
  });
  scrolling.current = virtualizer.isScrolling && top > 0;
  const shown = virtualizer.getVirtualItems();
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0];

  const { want } = reading;
  useEffect(() => {
    const ids = path.slice(Math.max(0, first - margin), last + 1 + margin).map(({ message }) => message.id);
    const timer = setTimeout(() => want(ids), settleMs);
    return () => clearTimeout(timer);
  }, [path, first, last, want]);

  // The place that is held until its person moves the page themselves.
  const held = useRef<{ readonly place: number; focus: boolean } | null>(null);
  const focusOn = useCallback((id: string | undefined): boolean => {
    const article = id === undefined ? null : document.getElementById(id);
    article?.focus({ preventScroll: true });
    return article !== null;
  }, []);
  const goTo = useCallback(
    (to: number) => {
      held.current = { place: to, focus: true };
      virtualizer.scrollToIndex(to, { align: 'start' });
    },
    [virtualizer],
  );
  useEffect(() => {
    const release = () => {
      held.current = null;
    };
    const events = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;
    for (const event of events) window.addEventListener(event, release, { passive: true });
    return () => {
      for (const event of events) window.removeEventListener(event, release);
    };
  }, []);
  const total = virtualizer.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something above may have grown
  useLayoutEffect(() => {
    const hold = held.current;
    if (hold === null) return;
    virtualizer.scrollToIndex(hold.place, { align: 'start' });
    if (hold.focus && focusOn(path[hold.place]?.message.id)) hold.focus = false;
  }, [total, top, first, last, reading.bodies]);

  const target = wanted === undefined ? -1 : path.findIndex(({ message }) => message.id === wanted);
  const reached = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    if (target < 0 || top === 0 || reached.current === wanted) return;
    reached.current = wanted;
    goTo(target);
  }, [target, top, wanted, goTo]);

  const inWindow = useCallback(
    (): number => virtualizer.getVirtualItemForOffset((virtualizer.scrollOffset ?? 0) + topSpace + 8)?.index ?? 0,
    [virtualizer],
  );
  useImperativeHandle(handle, () => ({
    goTo: (to) => goTo(Math.max(0, Math.min(to, path.length - 1))),
    current: () => {
      const focused = document.activeElement?.closest('article.message');
      const at =
        focused === null || focused === undefined ? -1 : path.findIndex(({ message }) => message.id === focused.id);
      return at < first || at > last ? inWindow() : at;
    },
  }));
  const reads = path.length === 0 ? 0 : inWindow();
  useEffect(() => place.set(reads), [reads, place]);

  const messageAt = (index: number) => {
    const at = path[index];
    if (at === undefined) return null;
    const { id } = at.message;
    return (
      <MessageView
        key={id}
        outline={at.message}
        message={reading.bodies.get(id)}
        before={path[index - 1]?.message.at ?? null}
        siblings={at.siblings}
        wanted={id === wanted}
        bookmarked={bookmarked.has(id)}
        note={notes.get(id) ?? null}
        excluded={reading.excluded.has(id)}
        acts={acts}
      />
    );
  };
  if (whole) return <div className="messages whole">{path.map((_, index) => messageAt(index))}</div>;
  return (
    <div ref={list} className="messages" style={{ blockSize: total }}>
      {shown.map(({ index, key, start }) => (
        <div
          key={key}
          ref={virtualizer.measureElement}
          data-index={index}
          className="message-place"
          style={{ transform: `translateY(${start - top}px)` }}
        >
          {messageAt(index)}
        </div>
      ))}
    </div>
  );
}
