/** What a session goes on from, and what goes on from it. */
import { Link } from '@tanstack/react-router';
import type { Lineage, Relative } from '@vivim/contract/conversation';
import type { ReactNode } from 'react';
import { strings } from '../../strings.ts';

function Line({ words, to }: { words: Record<Relative['kind'], string>; to: Relative }) {
  return (
    <p className="note">
      {words[to.kind]}{' '}
      <Link to="/conversations/$id" params={{ id: to.id }}>
        {to.title ?? strings.untitled}
      </Link>{' '}
      {strings.lineage.shared(to.sharedMessages)}
    </p>
  );
}

export function LineageLines({ lineage: { parent, children } }: { lineage: Lineage }): ReactNode {
  return (
    <>
      {parent !== null && <Line words={strings.lineage.up} to={parent} />}
      {children.map((child) => (
        <Line key={child.id} words={strings.lineage.down} to={child} />
      ))}
    </>
  );
}
