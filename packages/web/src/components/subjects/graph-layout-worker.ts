/**
 * Lays a graph out, away from the page: ForceAtlas2 in steps, the places after each. Knows numbers and no names.
 * Ends by itself; whoever started it may end it sooner.
 */
import { UndirectedGraph } from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';

export interface LayoutTask {
  /** Where each node begins, x before y. */
  readonly places: Float32Array;
  readonly edges: readonly (readonly [number, number, number])[];
}

/** Places of the nodes, x before y, and whether they are the last. */
export interface LaidOut {
  readonly places: Float32Array;
  readonly last: boolean;
}

/** Steps, and how long they may take together: a large graph is laid out roughly. */
const iterations = { step: 8, most: 400 };
const longestMs = 8_000;
/** Drawing new places costs the page by the node: a large graph moves in few leaps. */
const leapMs = 0.5;

self.onmessage = ({ data }: MessageEvent<LayoutTask>) => {
  const graph = new UndirectedGraph<{ x: number; y: number }, { weight: number }>();
  const nodes = data.places.length / 2;
  for (let place = 0; place < nodes; place++)
    graph.addNode(place, { x: data.places[2 * place] ?? 0, y: data.places[2 * place + 1] ?? 0 });
  for (const [from, to, weight] of data.edges) graph.mergeEdge(from, to, { weight });
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    // Every node is kept near, or those without ties would fly away.
    gravity: 0.6,
    strongGravityMode: false,
    linLogMode: true,
    barnesHutOptimize: nodes > 500,
    edgeWeightInfluence: 1,
  };
  const started = performance.now();
  let told = started;
  for (let done = 0; done < iterations.most; done += iterations.step) {
    forceAtlas2.assign(graph, { iterations: iterations.step, settings, getEdgeWeight: 'weight' });
    const now = performance.now();
    const last = done + iterations.step >= iterations.most || now - started > longestMs;
    if (!last && now - told < leapMs * nodes) continue;
    told = now;
    const places = new Float32Array(nodes * 2);
    graph.forEachNode((node, { x, y }) => {
      places[2 * Number(node)] = x;
      places[2 * Number(node) + 1] = y;
    });
    self.postMessage({ places, last } satisfies LaidOut, { transfer: [places.buffer] });
    if (last) break;
  }
  self.close();
};
