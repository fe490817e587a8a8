/**
 * What is attended to, drawn over the map on a canvas of its own: the map under it, which may hold thousands, is not drawn anew for
 * it. Knows places on the screen and no graph; takes no pointer.
 */
import type { GraphColors } from './graph-colors.ts';

/** Pixels from the upper left corner of the map. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly color: string;
  readonly name: string;
}

export interface Attended {
  readonly middle: Placed;
  /** What it is tied to, the strongest first. */
  readonly around: readonly Placed[];
}

export interface GraphOverlay {
  /** @param chosen all but this fades @param rested shown above, nothing fades for it */
  show(chosen: Attended | null, rested: Attended | null): void;
  end(): void;
}

/** Names beyond these would lie over each other. */
const mostNames = 24;
const faded = 0.82;
const nameGap = 4;
const halo = 4;

export function overlayOf(container: HTMLElement, colors: GraphColors): GraphOverlay {
  const canvas = document.createElement('canvas');
  canvas.className = 'graph-overlay';
  canvas.hidden = true;
  container.append(canvas);
  const context = canvas.getContext('2d');
  const { font } = colors;

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
  const name = (of: Placed, pen: CanvasRenderingContext2D): void => {
    pen.lineWidth = halo;
    pen.strokeStyle = colors.sheet;
    pen.fillStyle = colors.ink;
    pen.strokeText(of.name, of.x + of.radius + nameGap, of.y);
    pen.fillText(of.name, of.x + of.radius + nameGap, of.y);
    pen.lineWidth = 1;
  };
  const attended = (one: Attended, pen: CanvasRenderingContext2D): void => {
    lines(one, pen);
    for (const node of [...one.around, one.middle]) disc(node, pen);
    pen.strokeStyle = colors.ink;
    pen.beginPath();
    pen.arc(one.middle.x, one.middle.y, one.middle.radius + 1.5, 0, 2 * Math.PI);
    pen.stroke();
    for (const node of one.around.slice(0, mostNames).reverse()) name(node, pen);
    pen.font = `600 13px ${font}`;
    name(one.middle, pen);
    pen.font = `12px ${font}`;
  };

  return {
    show(chosen, rested) {
      canvas.hidden = chosen === null && rested === null;
      if (canvas.hidden || context === null) return;
      const { clientWidth: width, clientHeight: height } = container;
      const { devicePixelRatio: density } = window;
      // Giving it a size empties it, too.
      canvas.width = width * density;
      canvas.height = height * density;
      context.scale(density, density);
      context.font = `12px ${font}`;
      context.textBaseline = 'middle';
      context.lineJoin = 'round';
      if (chosen !== null) {
        context.fillStyle = colors.sheet;
        context.globalAlpha = faded;
        context.fillRect(0, 0, width, height);
        context.globalAlpha = 1;
        attended(chosen, context);
      }
      if (rested !== null) attended(rested, context);
    },
    end: () => canvas.remove(),
  };
}
