/** The graph in words, for whoever cannot see the map or would rather read: each node with what it comes up with. */
import { Link } from '@tanstack/react-router';
import type { Graph, GraphNode } from '@vivim/contract/graph';
import { strings } from '../../strings.ts';
import { VirtualList } from '../kit/virtual-list.tsx';
import { kindOf } from './graph-card.tsx';
import type { Tie } from './graph-model.ts';

const words = strings.subjects;
const shown = 5;
const rowHeight = 68;

function NodeLink({ node }: { node: GraphNode }) {
  const to = node.kind === 'topic' ? '/topics/$id' : '/entities/$id';
  return (
    <Link to={to} params={{ id: node.id }} dir="auto">
      {node.name}
    </Link>
  );
}

export function GraphList({ graph, ties }: { graph: Graph; ties: ReadonlyMap<string, readonly Tie[]> }) {
  return (
    <VirtualList
      items={graph.nodes}
      keyOf={({ id }) => id}
      estimate={rowHeight}
      label={words.graph.title}
      className="graph-list"
    >
      {(node) => (
        <article className="graph-row">
          <p>
            <NodeLink node={node} /> <span className="chip">{kindOf(node)}</span>{' '}
            <small>{words.said(node.messages, node.conversations)}</small>
          </p>
          {(ties.get(node.id)?.length ?? 0) > 0 && (
            <p className="note">
              {words.graph.ties}{' '}
              {ties
                .get(node.id)
                ?.slice(0, shown)
                .map((tie, at) => (
                  <span key={tie.node.id}>
                    {at > 0 && ', '}
                    <NodeLink node={tie.node} />
                  </span>
                ))}
            </p>
          )}
        </article>
      )}
    </VirtualList>
  );
}
