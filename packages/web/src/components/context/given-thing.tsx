/** One thing that was given, by its name of today; it leads there, where there is a page of it. */
import { Link, linkOptions } from '@tanstack/react-router';
import type { AskedThing } from '@vivim/contract/asked';
import { strings } from '../../strings.ts';

const words = strings.records;
/** UTF-16 units of a memory, in its line and in the address that finds it. */
const shown = 160;

/** Where it is shown; null where nothing is a page of it. */
function pageOf({ id, kind, name, conversationId }: AskedThing) {
  switch (kind) {
    case 'conversation':
      return linkOptions({ to: '/conversations/$id', params: { id } });
    case 'message':
      return linkOptions({ to: '/messages/$id', params: { id } });
    case 'unit':
      return conversationId === null ? null : linkOptions({ to: '/conversations/$id', params: { id: conversationId } });
    case 'topic':
      return linkOptions({ to: '/topics/$id', params: { id } });
    case 'entity':
      return linkOptions({ to: '/entities/$id', params: { id } });
    case 'memory':
      return linkOptions({ to: '/memories', search: { q: (name ?? '').slice(0, shown) } });
    default:
      return null;
  }
}

export function GivenThing({ thing }: { thing: AskedThing }) {
  const { kind, name, gone } = thing;
  const page = pageOf(thing);
  const called = name === null || name === '' ? strings.untitled : name.slice(0, shown);
  return (
    <li>
      {gone ? (
        <span className="note">{words.now.gone}</span>
      ) : page === null ? (
        <span dir="auto">{called}</span>
      ) : (
        <Link {...page} dir="auto">
          {called}
        </Link>
      )}
      <span className="chip">{words.thing[kind]}</span>
    </li>
  );
}
