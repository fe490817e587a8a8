/**
 * The names of the map and what is attended to, drawn over it on a canvas of its own: the map under it, which may hold thousands, is
 * not drawn anew for it. Knows places on the screen and no graph; takes no pointer.
 */
import type { GraphColors } from './graph-colors.ts';
import { labelsOf, type Named } from './graph-labels.ts';

/** Pixels from the upper left corner of the map. */
export interface Placed extends Named {
  readonly color: string;
}

export interface Attended {
  readonly middle: Placed;
  /** What it is tied to, the strongest first. */
  readonly around: readonly Placed[];
}

export interface GraphOverlay {
  /**
   * @param named what may be named where nothing is chosen, the most important first
   * @param chosen all but this fades
   * @param rested shown above, nothing fades for it
   */
  show(named: Iterable<Placed>, chosen: Attended | null, rested: Attended | null): void;
  end(): void;
}

const faded = 0.82;
const halo = 4;
/** Letters of a name that are written on the map; the rest of it stands on the card. */
const longest = 32;

const short = ({ name }: Named): string => (name.length > longest ? `${name.slice(0, longest - 1).trimEnd()}…` : name);

export function overlayOf(container: HTMLElement, colors: GraphColors): GraphOverlay {
  const canvas = document.createElement('canvas');
  canvas.className = 'graph-overlay';
  container.append(canvas);
  const context = canvas.getContext('2d');
  const [usual, strong] = [`12px ${colors.font}`, `600 13px ${colors.font}`];
  /** Of names as they are written: measuring takes longer than drawing. */
  const widths = new Map<string, number>();

  const widthOf = (pen: CanvasRenderingContext2D, text: string, font: string): number => {
    const key = `${font} ${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    pen.font = font;
    const { width } = pen.measureText(text);
    widths.set(key, width);
    return width;
  };
  const lines = ({ middle, around }: Attended, pen: CanvasRenderingContext2D): void => {
    pen.strokeStyle = colors.ink;
    pen.globalAlpha = 0.5;
    pen.beginPath();
    for (const { x, y } of around) {
      pen.moveTo(middle.x, middle.y);
      pen.lineTo(x, y);
    }
    pen.stroke();
    pen.globalAlpha = 1;
  };
  const disc = ({ x, y, radius, color }: Placed, pen: CanvasRenderingContext2D): void => {
    pen.fillStyle = color;
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fill();
  };
  const attended = (one: Attended, pen: CanvasRenderingContext2D): void => {
    lines(one, pen);
    for (const node of [...one.around, one.middle]) disc(node, pen);
    pen.strokeStyle = colors.ink;
    pen.beginPath();
    pen.arc(one.middle.x, one.middle.y, one.middle.radius + 1.5, 0, 2 * Math.PI);
    pen.stroke();
  };
  const names = (
    nodes: Iterable<Placed>,
    first: number,
    middles: readonly (Placed | undefined)[],
    pen: CanvasRenderingContext2D,
  ): void => {
    const fontOf = (node: Placed): string => (middles.includes(node) ? strong : usual);
    const room = { width: container.clientWidth, height: container.clientHeight };
    pen.lineWidth = halo;
    pen.strokeStyle = colors.sheet;
    pen.fillStyle = colors.ink;
    for (const { of, x, y } of labelsOf(nodes, first, room, (node) => widthOf(pen, short(node), fontOf(node)))) {
      pen.font = fontOf(of);
      pen.strokeText(short(of), x, y);
      pen.fillText(short(of), x, y);
    }
    pen.lineWidth = 1;
  };

  return {
    show(named, chosen, rested) {
      if (context === null) return;
      const { clientWidth: width, clientHeight: height } = container;
      const { devicePixelRatio: density } = window;
      // Giving it a size empties it, too.
      canvas.width = width * density;
      canvas.height = height * density;
      context.scale(density, density);
      context.textBaseline = 'middle';
      // Names are laid out from their left end, whichever way the page reads.
      context.textAlign = 'left';
      context.lineJoin = 'round';
      if (chosen !== null) {
        context.fillStyle = colors.sheet;
        context.globalAlpha = faded;
        context.fillRect(0, 0, width, height);
        context.globalAlpha = 1;
        attended(chosen, context);
      }
      if (rested !== null) attended(rested, context);
      const middles = [rested?.middle, chosen?.middle];
      const first = [...middles, ...(rested?.around ?? []), ...(chosen?.around ?? [])].filter(
        (one): one is Placed => one !== undefined,
      );
      // What a map of a thousand ties around its middle is told as the rest: as far as there is room.
      names(chosen === null ? inTurn(first, named) : first, middles.filter(Boolean).length, middles, context);
    },
    end: () => canvas.remove(),
  };
}

function* inTurn(first: readonly Placed[], then: Iterable<Placed>): Iterable<Placed> {
  yield* first;
  yield* then;
}
