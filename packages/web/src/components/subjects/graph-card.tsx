/** The node that is looked at, beside the map: its figures, what it comes up with, and the way to its page. */
import { Link } from '@tanstack/react-router';
import type { GraphNode } from '@vivim/contract/graph';
import { day, percent } from '../../format.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import type { Tie } from './graph-model.ts';

const words = strings.subjects;

export const kindOf = ({ type }: GraphNode): string => (type === null ? words.topicKind : strings.profiles.types[type]);

interface Props {
  node: GraphNode;
  ties: readonly Tie[];
  choose: (id: string | null) => void;
}

export function GraphCard({ node, ties, choose }: Props) {
  const { id, name, kind, messages, conversations, lastSeenAt } = node;
  return (
    <section className="graph-card" aria-label={name}>
      <header>
        <h2 dir="auto">{name}</h2>
        <button type="button" className="quiet icon-button" aria-label={words.graph.close} onClick={() => choose(null)}>
          <Icon name="close" />
        </button>
      </header>
      <p className="meta">
        <span className="chip">{kindOf(node)}</span>
        <span>{words.said(messages, conversations)}</span>
        {lastSeenAt !== null && <span>{words.last(day(lastSeenAt))}</span>}
      </p>
      {ties.length > 0 && (
        <>
          <h3>{words.graph.ties}</h3>
          <ul className="graph-ties">
            {ties.slice(0, 12).map((tie) => (
              <li key={tie.node.id}>
                <button type="button" className="quiet" dir="auto" onClick={() => choose(tie.node.id)}>
                  {tie.node.name}
                </button>
                <small>{words.graph.tied(percent(tie.weight))}</small>
              </li>
            ))}
          </ul>
        </>
      )}
      <Link to={kind === 'topic' ? '/topics/$id' : '/entities/$id'} params={{ id }} className="button primary">
        {words.graph.openProfile}
      </Link>
    </section>
  );
}
