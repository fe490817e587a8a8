/** One thing that was given, by its name of today; it leads there, where there is a page of it. */
import { Link } from '@tanstack/react-router';
import type { AskedThing } from '@vivim/contract/asked';
import type { ReactNode } from 'react';
import { strings } from '../../strings.ts';

const words = strings.records;
/** UTF-16 units of a memory, in its line and in the address that finds it. */
const shown = 160;

function Target({ thing, children }: { thing: AskedThing; children: ReactNode }) {
  const { id, kind, name, conversationId } = thing;
  if (kind === 'conversation')
    return (
      <Link to="/conversations/$id" params={{ id }} dir="auto">
        {children}
      </Link>
    );
  if (kind === 'message')
    return (
      <Link to="/messages/$id" params={{ id }} dir="auto">
        {children}
      </Link>
    );
  if (kind === 'unit' && conversationId !== null)
    return (
      <Link to="/conversations/$id" params={{ id: conversationId }} dir="auto">
        {children}
      </Link>
    );
  if (kind === 'topic')
    return (
      <Link to="/topics/$id" params={{ id }} dir="auto">
        {children}
      </Link>
    );
  if (kind === 'entity')
    return (
      <Link to="/entities/$id" params={{ id }} dir="auto">
        {children}
      </Link>
    );
  if (kind === 'memory')
    return (
      <Link to="/memories" search={{ q: (name ?? '').slice(0, shown) }} dir="auto">
        {children}
      </Link>
    );
  return <span dir="auto">{children}</span>;
}

export function GivenThing({ thing }: { thing: AskedThing }) {
  const { kind, name, gone } = thing;
  return (
    <li>
      {gone ? (
        <span className="note">{words.now.gone}</span>
      ) : (
        <Target thing={thing}>{name === null || name === '' ? strings.untitled : name.slice(0, shown)}</Target>
      )}
      <span className="chip">{words.thing[kind]}</span>
    </li>
  );
}
