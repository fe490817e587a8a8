/** What its person asked, in order, each a way to its place; the one that is read is marked. Only what is near stands in the page. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { PathMessage } from '../../hooks/use-reading.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import type { ReadingPlace } from './reading-place.ts';

interface Props {
  path: readonly PathMessage[];
  /** Where the message is that is read. */
  place: ReadingPlace;
  bookmarked: ReadonlySet<string>;
  goTo: (place: number) => void;
}

interface Line {
  readonly place: number;
  readonly id: string;
  readonly words: string;
}

const lineHeight = 30;

/** What stands in an outline: questions, and whatever has a bookmark. */
export function outlineLines(path: readonly PathMessage[], bookmarked: ReadonlySet<string>): Line[] {
  return path.flatMap(({ message }, place): Line[] => {
    if (message.opening !== null && !message.hidden) return [{ place, id: message.id, words: message.opening }];
    return bookmarked.has(message.id) ? [{ place, id: message.id, words: strings.roles[message.role] }] : [];
  });
}

export function OutlineList({ path, place, bookmarked, goTo }: Props) {
  const scroller = useRef<HTMLElement>(null);
  const lines = useMemo(() => outlineLines(path, bookmarked), [path, bookmarked]);
  const current = useSyncExternalStore(place.subscribe, () => lines.findLastIndex((line) => line.place <= place.get()));
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 10,
  });
  useEffect(() => {
    if (current >= 0) virtualizer.scrollToIndex(current, { align: 'auto' });
  }, [current, virtualizer]);
  if (lines.length === 0) return <p className="note">{strings.reader.outlineNone}</p>;
  return (
    <nav ref={scroller} className="outline" aria-label={strings.reader.outlineLabel}>
      <ol style={{ blockSize: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          if (line === undefined) return null;
          return (
            <li key={line.id} style={{ transform: `translateY(${start}px)` }}>
              <button
                type="button"
                className="quiet"
                aria-current={index === current ? 'location' : undefined}
                onClick={() => goTo(line.place)}
              >
                {bookmarked.has(line.id) && <Icon name="memories" />}
                <span dir="auto">{line.words}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
