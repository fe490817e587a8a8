/** The drawing of the graph in the page, with its keys and buttons. What it shows stands in the list too. */
import type { Graph } from '@vivim/contract/graph';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { strings } from '../../strings.ts';
import { onThemeChange } from './graph-colors.ts';
import { type GraphDrawing, openMap } from './graph-drawing.ts';
import type { Tie } from './graph-model.ts';
import type { Direction } from './graph-way.ts';

const words = strings.subjects.graph;
const step = 0.15;

/** Of each arrow: which way it goes, and where the map is moved to with Shift. */
const arrows: Readonly<Record<string, readonly [Direction, number, number]>> = {
  ArrowLeft: ['left', -step, 0],
  ArrowRight: ['right', step, 0],
  ArrowUp: ['up', 0, step],
  ArrowDown: ['down', 0, -step],
};

/** Tells one theme from another. */
const inkNow = (): string =>
  `${getComputedStyle(document.body).color} ${window.matchMedia('(forced-colors: active)').matches}`;

interface Props {
  graph: Graph;
  ties: ReadonlyMap<string, readonly Tie[]>;
  /** Another graph is on its way. */
  awaits: boolean;
  /** The node that is looked at. */
  at: string | null;
  /** Whether the drawing goes there. */
  go: boolean;
  choose: (id: string | null) => void;
  /** Goes to the page of the node that is looked at. */
  open: () => void;
}

export function GraphMap({ graph, ties, awaits, at, go, choose, open }: Props) {
  const container = useRef<HTMLDivElement>(null);
  const drawing = useRef<GraphDrawing | null>(null);
  const chosen = useRef(choose);
  chosen.current = choose;
  // Colours are those of the theme it was drawn in.
  const [theme, setTheme] = useState(inkNow);
  useEffect(() => onThemeChange(() => setTheme(inkNow())), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme makes another drawing
  useEffect(() => {
    if (container.current === null) return;
    const made = openMap(container.current, { onChoose: (id) => chosen.current(id) });
    drawing.current = made;
    return () => {
      drawing.current = null;
      made.end();
    };
  }, [theme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a drawing made anew shows nothing yet
  useEffect(() => drawing.current?.show(graph, ties), [graph, ties, theme]);
  useEffect(() => drawing.current?.hold(awaits), [awaits]);
  // After the drawing was made anew, too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the graph makes the drawing
  useEffect(() => {
    const card = container.current?.closest('.graph')?.querySelector('.graph-card');
    drawing.current?.attend(at, go, card?.getBoundingClientRect());
  }, [at, go, graph, theme]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const acts: Readonly<Record<string, () => void>> = {
      '+': () => drawing.current?.zoom('in'),
      '-': () => drawing.current?.zoom('out'),
      '0': () => drawing.current?.zoom('whole'),
      Enter: open,
      Escape: () => choose(null),
    };
    const [direction, x, y] = arrows[event.key] ?? [];
    const act =
      direction === undefined ? acts[event.key] : () => arrow(direction, event.shiftKey ? [x ?? 0, y ?? 0] : null);
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  const arrow = (direction: Direction, moved: readonly [number, number] | null): void => {
    if (moved === null) {
      const next = drawing.current?.next(direction) ?? null;
      if (next !== null) choose(next);
    } else drawing.current?.pan(...moved);
  };
  return (
    <div className="graph-map">
      <div
        ref={container}
        className="graph-canvas"
        role="application"
        aria-label={words.canvas}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and zoomed by keys
        tabIndex={0}
        onKeyDown={onKeyDown}
      />
      <p className="graph-keys" aria-hidden="true">
        {words.canvasKeys}
      </p>
      <div className="graph-zoom">
        <button
          type="button"
          aria-label={words.zoomIn}
          title={words.zoomIn}
          onClick={() => drawing.current?.zoom('in')}
        >
          +
        </button>
        <button
          type="button"
          aria-label={words.zoomOut}
          title={words.zoomOut}
          onClick={() => drawing.current?.zoom('out')}
        >
          −
        </button>
        <button type="button" title={words.whole} onClick={() => drawing.current?.zoom('whole')}>
          {words.whole}
        </button>
      </div>
    </div>
  );
}
