/**
 * Draws a graph by WebGL into an element, laid out by a worker as it is looked at. No React here: the page says what is chosen, and
 * is told what a pointer rests on and chooses.
 */
import type { Graph, GraphNode } from '@vivim/contract/graph';
import { UndirectedGraph } from 'graphology';
import Sigma from 'sigma';
import type { StylesDeclaration } from 'sigma/types';
import { type GraphColors, graphColors } from './graph-colors.ts';
import type { LayoutTask } from './graph-layout-worker.ts';
import { radiusOf, spiral } from './graph-model.ts';

interface Events {
  onChoose: (id: string | null) => void;
}

export interface GraphDrawing {
  /** Puts one in the middle of attention, with what it is tied to; null: none. */
  attend(id: string | null, go: boolean): void;
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

/** From here on, what is not attended to stays as it is: dimming all of it costs a look at each. */
const large = 1_200;

/** What a node and a tie are is said here whole: the library's own styles are not laid beneath. */
const plainStyles = (colors: GraphColors): StylesDeclaration => ({
  nodes: {
    size: { attribute: 'size' },
    color: { attribute: 'color' },
    label: { attribute: 'label' },
    labelColor: colors.ink,
    labelFont: colors.font,
    // biome-ignore lint/suspicious/noThenProperty: the word of the library
    labelVisibility: { whenState: ['isHighlighted'], then: 'visible', else: 'auto' },
    backdropColor: colors.sheet,
    cursor: 'pointer',
  },
  edges: {
    size: { attribute: 'size' },
    // biome-ignore lint/suspicious/noThenProperty: the word of the library
    color: { whenState: 'isHighlighted', then: colors.ink, else: colors.line },
  },
});

const dimmingStyles = (colors: GraphColors): StylesDeclaration => ({
  nodes: {
    size: { attribute: 'size' },
    color: (attributes, state, all) =>
      all.hasHighlighted && !state.isHighlighted ? colors.faint : String(attributes.color),
    label: (attributes, state, all) => (all.hasHighlighted && !state.isHighlighted ? '' : String(attributes.label)),
    labelColor: colors.ink,
    labelFont: colors.font,
    labelVisibility: (_, state) => (state.isHovered ? 'visible' : 'auto'),
    backdropColor: colors.sheet,
    cursor: 'pointer',
  },
  edges: {
    size: { attribute: 'size' },
    color: (_, state) => (state.isHighlighted ? colors.strong : colors.line),
    opacity: (_, state, all) => (all.hasHighlighted && !state.isHighlighted ? 0.15 : 0.9),
  },
});

/** Whether this browser can draw it. */
export const canDraw = (): boolean => document.createElement('canvas').getContext('webgl2') !== null;

export function drawGraph(container: HTMLElement, data: Graph, { onChoose }: Events): GraphDrawing {
  const colors = graphColors(container);
  const graph = new UndirectedGraph();
  const most = data.nodes.reduce((sum, { messages }) => Math.max(sum, messages), 0);
  for (const [place, node] of data.nodes.entries()) {
    const size = radiusOf(node, most);
    graph.addNode(node.id, { ...spiral(place), label: node.name, size, color: colorOf(colors, node) });
  }
  for (const [from, to, weight] of data.edges) {
    const [a, b] = [data.nodes[from], data.nodes[to]];
    if (a !== undefined && b !== undefined) graph.mergeEdge(a.id, b.id, { size: 0.5 + 2 * weight });
  }
  let chosen: string | null = null;
  let rested: string | null = null;
  const renderer = new Sigma(graph, container, {
    settings: {
      itemSizesReference: 'screen',
      autoRescaleContent: 'labels',
      // It is drawn before the page has its width, and asked again as it gets it.
      allowInvalidContainer: true,
      labelDensity: 0.7,
      // Of few even the small ones are told by name, as far as there is room.
      labelRenderedSizeThreshold: data.nodes.length < many ? 0 : 7,
      hideEdgesOnMove: data.nodes.length > large,
      hideLabelsOnMove: data.nodes.length > large,
      stagePadding: 24,
      minCameraRatio: 0.02,
      maxCameraRatio: 2,
    },
    styles: data.nodes.length > large ? plainStyles(colors) : dimmingStyles(colors),
  });

  let lit: { nodes: string[]; edges: string[] } = { nodes: [], edges: [] };
  const light = (): void => {
    const id = rested ?? chosen;
    renderer.setNodesState(lit.nodes, { isHighlighted: false }).setEdgesState(lit.edges, { isHighlighted: false });
    lit =
      id === null || !graph.hasNode(id)
        ? { nodes: [], edges: [] }
        : { nodes: [id, ...graph.neighbors(id)], edges: graph.edges(id) };
    renderer.setNodesState(lit.nodes, { isHighlighted: true }).setEdgesState(lit.edges, { isHighlighted: true });
  };
  const rest = (id: string | null) => {
    rested = id;
    light();
  };
  renderer.on('enterNode', ({ node }) => rest(node));
  renderer.on('leaveNode', () => rest(null));
  renderer.on('clickNode', ({ node }) => onChoose(node));
  renderer.on('clickStage', () => onChoose(null));

  const worker = new Worker(new URL('./graph-layout-worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data: places }: MessageEvent<Float32Array>) => {
    let place = 0;
    graph.updateEachNodeAttributes(
      (_, attributes) => {
        const at = { ...attributes, x: places[2 * place] ?? 0, y: places[2 * place + 1] ?? 0 };
        place += 1;
        return at;
      },
      { attributes: ['x', 'y'] },
    );
  };
  worker.postMessage({ nodes: data.nodes.length, edges: data.edges } satisfies LayoutTask);

  const camera = renderer.getCamera();
  const glide = () => ({ duration: calm() ? 0 : glideMs });
  return {
    attend(id, go) {
      chosen = id;
      light();
      const at = id === null ? undefined : renderer.getNodeDisplayData(id);
      if (go && at !== undefined)
        void camera.animate(
          { x: at.x, y: at.y, ratio: data.nodes.length < many ? camera.ratio : Math.min(camera.ratio, near) },
          glide(),
        );
    },
    zoom(to) {
      void (to === 'in' ? camera.zoomIn(glide()) : to === 'out' ? camera.zoomOut(glide()) : camera.reset(glide()));
    },
    pan(x, y) {
      camera.setState({ x: camera.x + x * camera.ratio, y: camera.y + y * camera.ratio });
    },
    end() {
      worker.terminate();
      renderer.kill();
    },
  };
}
