/** The graph over HTTP. It is made from what stands in the space, and kept while the space stays as it is. */
import type { Clock } from '@vivim/contract/clock';
import type { Graph } from '@vivim/contract/graph';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';
import { isKept, subjectsTold } from './told-to-ai.ts';

/** How long an answer holds though nothing was written: importance fades with time, slowly. */
const freshMs = 3_600_000;

export function graphHandlers(deps: { space: UserSpace; clock: Clock }) {
  let kept: { of: string; version: number; atMs: number; graph: Graph } | null = null;
  return {
    getGraph: ({ query: { minVersion: _, ...query }, asker }) => {
      const of = JSON.stringify(query);
      const now = deps.clock();
      return deps.space.read((r) => {
        const version = deps.space.version;
        const same = kept !== null && kept.of === of && kept.version === version && now - kept.atMs < freshMs;
        if (!same || kept === null) kept = { of, version, atMs: now, graph: r.graph.graph(query, now) };
        if (!isKept(r, asker)) return kept.graph;
        return without(kept.graph, (kind, nodes) => new Set(subjectsTold(r, asker, kind, nodes).map(({ id }) => id)));
      });
    },
  } satisfies Handlers<'getGraph'>;
}

type Told = (kind: 'topic' | 'entity', nodes: Graph['nodes']) => ReadonlySet<string>;

/** What an AI may be told of: the others are no nodes, and tie nothing. */
function without(graph: Graph, told: Told): Graph {
  const of = (kind: 'topic' | 'entity') =>
    told(
      kind,
      graph.nodes.filter((node) => node.kind === kind),
    );
  const may = new Set([...of('topic'), ...of('entity')]);
  const places = new Map<number, number>();
  const nodes = graph.nodes.filter(({ id }, place) => may.has(id) && places.set(place, places.size));
  const edges = graph.edges.flatMap(([a, b, weight]): Graph['edges'] => {
    const [from, to] = [places.get(a), places.get(b)];
    return from === undefined || to === undefined ? [] : [[from, to, weight]];
  });
  return { nodes, edges, left: graph.left };
}
