/**
 * Draws a graph by WebGL into an element, laid out by a worker as it is looked at. No React here: the page says what is chosen, and
 * is told what a pointer chooses. What a pointer means is reckoned from the places of the layout: asking the drawing would wait until
 * it is drawn.
 */
import type { Graph, GraphNode } from '@vivim/contract/graph';
import { UndirectedGraph } from 'graphology';
import Sigma from 'sigma';
import type { MouseCoords, TouchCoords } from 'sigma/types';
import { type GraphColors, graphColors } from './graph-colors.ts';
import type { LaidOut, LayoutTask } from './graph-layout-worker.ts';
import { linesOf } from './graph-lines.ts';
import { beginningsOf, nodeAt, radiusOf, scaleOf, type Tie } from './graph-model.ts';
import { type Attended, overlayOf, type Placed } from './graph-overlay.ts';
import { type Direction, nextToward } from './graph-way.ts';

interface Events {
  onChoose: (id: string | null) => void;
}

export interface GraphDrawing {
  /** Draws this in the place of what was drawn. @param ties of each node by its id, the strongest first */
  show(graph: Graph, ties: ReadonlyMap<string, readonly Tie[]>): void;
  /** @param held another graph is on its way: the layout of this one makes room for it, and goes on where none comes after all */
  hold(held: boolean): void;
  /**
   * Puts one in the middle of attention, with what it is tied to; null: none.
   * @param go whether the drawing goes there; it does so by itself where it lies outside, or `cover`, which lies over the drawing, hides it
   */
  attend(id: string | null, go: boolean, cover: DOMRect | undefined): void;
  /** @returns the next one from what is attended to, or the most important of those that are seen; null where none lies there */
  next(direction: Direction): string | null;
  zoom(to: 'in' | 'out' | 'whole'): void;
  pan(x: number, y: number): void;
  end(): void;
}

const colorOf = (colors: GraphColors, { kind, type }: GraphNode): string =>
  kind === 'topic' ? colors.topic : type === 'person' ? colors.person : colors.thing;
const calm = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const glideMs = 250;
/** The camera's ratio at which one node of many and what is around it fill the drawing; few are seen at once anyhow. */
const near = 0.35;
const many = 120;

/** Pixels from the edge of the map from which on what is attended to is brought inward. */
const edge = 16;

/** Pixels beside a node that still mean it: of a mouse, and of a finger. */
const reach = { mouse: 3, touch: 14 };

/** The library's own look at what lies under the pointer, which waits for the drawing: every event it would look for. */
const looks = [
  'mousemove',
  'mousemovebody',
  'click',
  'rightClick',
  'doubleClick',
  'wheel',
  'mousedown',
  'mouseup',
  'mouseleave',
  'mouseenter',
] as const;
const touches = ['touchdown', 'touchup', 'touchmove', 'tap', 'doubletap'] as const;

/** Whether this browser can draw it. */
export const canDraw = (): boolean => document.createElement('canvas').getContext('webgl2') !== null;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is drawn now. */
interface Shown {
  readonly data: Graph;
  readonly ties: ReadonlyMap<string, readonly Tie[]>;
  readonly radii: Float32Array;
  /** Places of the nodes in the list, the largest first: a large dot without a name asks for one. */
  readonly byWeight: readonly number[];
  readonly placeOf: ReadonlyMap<string, number>;
  places: Float32Array;
}

/** Where nodes are drawn, by their ids. */
const drawnAt = ({ data, places }: Shown): ReadonlyMap<string, Point> =>
  new Map(data.nodes.map(({ id }, place) => [id, { x: places[2 * place] ?? 0, y: places[2 * place + 1] ?? 0 }]));

/** @param before what was drawn until now @param area of the map, in square pixels */
function shownOf(
  data: Graph,
  ties: ReadonlyMap<string, readonly Tie[]>,
  before: ReadonlyMap<string, Point>,
  area: number,
): Shown {
  const places = beginningsOf(data, before);
  const most = data.nodes.reduce((sum, { messages }) => Math.max(sum, messages), 0);
  const scale = scaleOf(data.nodes.length, area);
  const messages = (place: number): number => data.nodes[place]?.messages ?? 0;
  return {
    data,
    ties,
    radii: Float32Array.from(data.nodes, (node) => radiusOf(node, most, scale)),
    byWeight: [...data.nodes.keys()].sort((a, b) => messages(b) - messages(a)),
    placeOf: new Map(data.nodes.map(({ id }, place) => [id, place])),
    places,
  };
}

function graphOf({ data, places, radii }: Shown, colors: GraphColors): UndirectedGraph {
  const graph = new UndirectedGraph();
  for (const [place, node] of data.nodes.entries())
    graph.addNode(node.id, {
      x: places[2 * place],
      y: places[2 * place + 1],
      size: radii[place],
      color: colorOf(colors, node),
    });
  return graph;
}

const faintest = 0.25;
/** So many ties are drawn at their full strength; more of them would be one dark sheet, on which no node is seen. */
const fewTies = 800;
const leastOfTies = 0.1;

/** @param framed from a place of the layout to one of the library */
function endsOf({ data, places }: Shown, framed: (at: Point) => Point): Float32Array {
  const at = data.nodes.map((_, place) => framed({ x: places[2 * place] ?? 0, y: places[2 * place + 1] ?? 0 }));
  const ends = new Float32Array(6 * data.edges.length);
  const crowded = Math.max(leastOfTies, Math.min(1, fewTies / Math.max(1, data.edges.length)));
  for (const [line, [from, to, weight]] of data.edges.entries()) {
    const [a, b] = [at[from], at[to]];
    if (a === undefined || b === undefined) continue;
    const strength = crowded * (faintest + (1 - faintest) * weight);
    ends.set([a.x, a.y, strength, b.x, b.y, strength], 6 * line);
  }
  return ends;
}

export function openMap(container: HTMLElement, { onChoose }: Events): GraphDrawing {
  const colors = graphColors(container);
  let shown = shownOf({ nodes: [], edges: [], left: 0 }, new Map(), new Map(), 1);
  let chosen: string | null = null;
  let rested: string | null = null;
  let worker: Worker | null = null;
  const renderer = new Sigma(new UndirectedGraph(), container, {
    settings: {
      itemSizesReference: 'screen',
      // It is drawn before the page has its width, and asked again as it gets it.
      allowInvalidContainer: true,
      // Names lie on a canvas of ours, where none covers another.
      renderLabels: false,
      autoRescaleContent: 'positions',
      // Nobody asks the drawing what lies where: what it draws for that is one pixel.
      pickingDownSizingRatio: 10_000,
      stagePadding: 24,
      minCameraRatio: 0.02,
      maxCameraRatio: 2,
    },
    styles: {
      nodes: {
        size: { attribute: 'size' },
        color: { attribute: 'color' },
      },
    },
  });
  // Nodes are drawn once: the library draws them a second time, for the look under the pointer that is taken from it below.
  const params = renderer.getRenderParams.bind(renderer);
  renderer.getRenderParams = () => ({ ...params(), pickingFrameBuffer: null });
  let moved = true;
  // Once more after the browser took the drawing away and gave it back: then all is new.
  renderer.addCustomLayerProgram('ties', 'edges', (gl) => {
    moved = true;
    return linesOf(gl, colors.strong, () => {
      if (!moved) return null;
      moved = false;
      return endsOf(shown, (at) => renderer.graphToFramedGraph(at));
    });
  });
  const overlay = overlayOf(container, colors);
  const camera = renderer.getCamera();

  const placed = (node: GraphNode): Placed => placedAt(shown.placeOf.get(node.id) ?? 0, node);
  const placedAt = (place: number, node: GraphNode): Placed => {
    const at = { x: shown.places[2 * place] ?? 0, y: shown.places[2 * place + 1] ?? 0 };
    return {
      ...renderer.graphToViewport(at),
      radius: renderer.scaleSize(shown.radii[place] ?? 0),
      color: colorOf(colors, node),
      name: node.name,
    };
  };
  const attended = (id: string | null): Attended | null => {
    const node = id === null ? undefined : shown.data.nodes[shown.placeOf.get(id) ?? -1];
    if (node === undefined) return null;
    return { middle: placed(node), around: (shown.ties.get(node.id) ?? []).map((tie) => placed(tie.node)) };
  };
  function* named(): Iterable<Placed> {
    for (const place of shown.byWeight) {
      const node = shown.data.nodes[place];
      if (node !== undefined) yield placedAt(place, node);
    }
  }
  const light = (): void => overlay.show(named(), attended(chosen), rested === chosen ? null : attended(rested));
  const idAt = (point: Point, beside: number): string | null => {
    const pixel = 1 / renderer.getGraphToViewportRatio();
    const radius = (place: number): number => renderer.scaleSize(shown.radii[place] ?? 0) * pixel;
    const place = nodeAt(renderer.viewportToGraph(point), shown.places, radius, beside * pixel);
    return place === null ? null : (shown.data.nodes[place]?.id ?? null);
  };
  const rest = (id: string | null): void => {
    if (rested === id) return;
    rested = id;
    container.style.cursor = id === null ? '' : 'pointer';
    light();
  };

  const [mouse, touch] = [renderer.getMouseCaptor(), renderer.getTouchCaptor()];
  for (const event of looks) mouse.removeAllListeners(event);
  for (const event of touches) touch.removeAllListeners(event);
  mouse.on('mousemove', (point) => {
    if (!mouse.isMouseDown) rest(idAt(point, reach.mouse));
  });
  mouse.on('mouseleave', () => rest(null));
  mouse.on('click', (point) => onChoose(idAt(point, reach.mouse)));
  // Two clicks soon after each other are a double click wherever they are. One on a node means it and draws nothing nearer.
  const again = (event: Pick<MouseCoords, 'preventSigmaDefault'>, id: string | null): void => {
    if (id === null) return;
    event.preventSigmaDefault();
    onChoose(id);
  };
  mouse.on('doubleClick', (point) => again(point, idAt(point, reach.mouse)));
  const under = ({ touches: [there], previousTouches: [before] }: TouchCoords): string | null => {
    // A finger that is lifted again is among those before.
    const finger = there ?? before;
    return finger === undefined ? null : idAt(finger, reach.touch);
  };
  touch.on('tap', (fingers) => onChoose(under(fingers)));
  touch.on('doubletap', (fingers) => again(fingers, under(fingers)));
  renderer.on('afterRender', light);

  const layOut = ({ data, places: begun }: Shown): void => {
    worker = new Worker(new URL('./graph-layout-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data: { places, last } }: MessageEvent<LaidOut>) => {
      if (last) container.removeAttribute('aria-busy');
      shown.places = places;
      moved = true;
      let place = 0;
      renderer.getGraph().updateEachNodeAttributes(
        (_, attributes) => {
          attributes.x = places[2 * place] ?? 0;
          attributes.y = places[2 * place + 1] ?? 0;
          place += 1;
          return attributes;
        },
        { attributes: ['x', 'y'] },
      );
    };
    worker.postMessage({ places: begun, edges: data.edges } satisfies LayoutTask);
  };

  let waiting: number | null = null;
  const stopLayout = (): void => {
    worker?.terminate();
    worker = null;
    if (waiting !== null) cancelAnimationFrame(waiting);
    waiting = null;
  };
  /** Once it is drawn: where the processor draws, laying out would take it from the first sight. */
  const layOutSoon = (): void => {
    stopLayout();
    container.setAttribute('aria-busy', 'true');
    waiting = requestAnimationFrame(() => {
      waiting = requestAnimationFrame(() => {
        waiting = null;
        layOut(shown);
      });
    });
  };

  const glide = () => ({ duration: calm() ? 0 : glideMs });
  const covered = ({ x, y }: Placed, cover: DOMRect): boolean => {
    const { left, top } = container.getBoundingClientRect();
    const [across, down] = [left + x, top + y];
    return across >= cover.left && across <= cover.right && down >= cover.top && down <= cover.bottom;
  };
  const outside = ({ x, y }: Placed): boolean =>
    x < edge || y < edge || x > container.clientWidth - edge || y > container.clientHeight - edge;
  return {
    next(direction) {
      const { nodes } = shown.data;
      const from = attended(chosen)?.middle;
      if (from === undefined) {
        const seen = shown.byWeight.find((place) => {
          const node = nodes[place];
          return node !== undefined && !outside(placedAt(place, node));
        });
        return nodes[seen ?? -1]?.id ?? null;
      }
      const places = nodes.map((node, place) => placedAt(place, node));
      return nodes[nextToward(from, direction, places) ?? -1]?.id ?? null;
    },
    show(data, ties) {
      shown = shownOf(data, ties, drawnAt(shown), container.clientWidth * container.clientHeight);
      moved = true;
      renderer.setGraph(graphOf(shown, colors));
      layOutSoon();
    },
    hold(held) {
      if (held) stopLayout();
      else if (worker === null && waiting === null && container.hasAttribute('aria-busy')) layOutSoon();
    },
    attend(id, go, cover) {
      chosen = id;
      light();
      const node = attended(id)?.middle;
      if (node === undefined || !(go || outside(node) || (cover !== undefined && covered(node, cover)))) return;
      const ratio = go && shown.data.nodes.length >= many ? Math.min(camera.ratio, near) : camera.ratio;
      void camera.animate({ ...renderer.viewportToFramedGraph(node), ratio }, glide());
    },
    zoom(to) {
      void (to === 'in' ? camera.zoomIn(glide()) : to === 'out' ? camera.zoomOut(glide()) : camera.reset(glide()));
    },
    pan(x, y) {
      camera.setState({ x: camera.x + x * camera.ratio, y: camera.y + y * camera.ratio });
    },
    end() {
      stopLayout();
      overlay.end();
      renderer.kill();
    },
  };
}
