/** Where a line comes from, as a way there: its message, its memory, or the recipe its persona stands in. */
import { Link } from '@tanstack/react-router';
import type { BundleCitation } from '@vivim/contract/context';
import type { ReactNode } from 'react';
import { strings } from '../../strings.ts';
import { MessageLink } from '../reader/message-link.tsx';

/** Where the words come from that come from no conversation; null for those that do. */
export function citedBeside(citation: BundleCitation): string | null {
  if (citation.conversation !== null) return null;
  return 'memory' in citation ? citation.memory.label : strings.context.personaOf(citation.persona.recipe);
}

/** @param children shown in place of what it is called */
export function LineSource({ citation, children }: { citation: BundleCitation; children?: ReactNode }) {
  if (citation.conversation !== null)
    return (
      <MessageLink conversationId={citation.conversation.id} messageId={citation.message.id}>
        {children ?? citation.conversation.title ?? strings.untitled}
      </MessageLink>
    );
  const label = children ?? citedBeside(citation);
  if ('persona' in citation) return <Link to="/context/recipes">{label}</Link>;
  return (
    <Link to="/memories" search={{}}>
      {label}
    </Link>
  );
}
